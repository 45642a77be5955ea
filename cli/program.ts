import { parseArgs } from "node:util";
import type { Command } from "./command";
import { UsageError } from "./command";
import { programOf } from "./program/existing";

/** `pulumi-manila program`: the program text by which a stack takes over groups that are there already. */
export const program: Command = {
  summary: "print the program text that takes over existing groups",
  usage: `Usage: pulumi-manila program ID...
       pulumi-manila program --all

Prints TypeScript that declares the consistency groups with these ids, or all of the project, as they are now. Each has
an importId, so that "pulumi up" takes it over and makes nothing. Once it is in the stack, importId can be taken out.

  --all          all groups of the project
  --with-shares  the shares in the groups, too
  --type-ids     share types and share group types by their ids, not by their names

The cloud comes from the OS_* variables and clouds.yaml, as OpenStack's own clients have it.
`,
  async run(args) {
    const { values, positionals: ids } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        all: { type: "boolean", default: false },
        "with-shares": { type: "boolean", default: false },
        "type-ids": { type: "boolean", default: false },
      },
    });
    if (values.all === ids.length > 0) {
      throw new UsageError("Give the ids of groups, or --all for all of the project.");
    }
    return await programOf(values.all ? "all" : ids, {
      withShares: values["with-shares"],
      typesById: values["type-ids"],
    });
  },
};
