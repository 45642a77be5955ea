import { parseArgs } from "node:util";
import { connect, isMissing } from "../provider/client";
import type { Client, ConsistencyGroup } from "../provider/client";
import { isId } from "../provider/names";
import type { Command } from "./command";
import { UsageError } from "./command";
import { programText } from "./program/text";
import { typeNames } from "./program/typeNames";

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
    const manila = await connect();
    const groups = values.all ? await allGroups(manila) : await groupsOf(manila, ids);
    const declared = groups.map(async (group) => ({
      group,
      shares: values["with-shares"] ? await manila.shares.detail({ consistencyGroupId: group.id }) : [],
    }));
    return programText(await Promise.all(declared), values["type-ids"] ? new Map() : await typeNames(manila));
  },
};

async function groupsOf(manila: Client, ids: string[]): Promise<ConsistencyGroup[]> {
  const strange = ids.find((id) => !isId(id));
  if (strange !== undefined) {
    throw new UsageError(`"${strange}" is not the id of a group.`);
  }
  const distinct = [...new Set(ids.map((id) => id.toLowerCase()))];
  return await Promise.all(distinct.map((id) => existing(manila, id)));
}

async function existing(manila: Client, id: string): Promise<ConsistencyGroup> {
  try {
    return await manila.consistencyGroups.get(id);
  } catch (error) {
    throw isMissing(error, id)
      ? new Error(`There is no consistency group ${id} in project ${manila.projectId}.`, { cause: error })
      : error;
  }
}

/** In the order of their names, so that the same groups make the same text. */
async function allGroups({ consistencyGroups, projectId }: Client): Promise<ConsistencyGroup[]> {
  const groups = await consistencyGroups.detail();
  if (groups.length === 0) {
    throw new Error(`There is no consistency group in project ${projectId}.`);
  }
  const order = ({ name = "", id }: ConsistencyGroup): string => `${name}\n${id}`;
  return groups.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
