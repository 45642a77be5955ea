import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { Command } from "./command";
import { UsageError } from "./command";
import { comment } from "./review/comment";
import { parsePreview } from "./review/preview";

const STANDARD_INPUT = "-";

/** `pulumi-manila review`: what a preview means for groups, snapshots and shares, as a comment for code review. */
export const review: Command = {
  summary: "turn a preview into a comment for code review",
  usage: `Usage: pulumi preview --refresh --show-sames --json | pulumi-manila review [FILE]

Reads what "pulumi preview --json" has printed, from FILE or from standard input, and prints in Markdown what it
means for consistency groups, their snapshots and their shares. The first line is a comment that is the same for
each review of a stack: by it a pipeline finds the comment to update.

  --refresh     shows what was changed on the cloud by hand
  --show-sames  shows what stays, so that the review can tell what keeps a group from being deleted
`,
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [file = STANDARD_INPUT, ...others] = positionals;
    if (others.length > 0) {
      throw new UsageError("A review is of one preview: give one file, or none for standard input.");
    }
    return comment(parsePreview(await readPreview(file)));
  },
};

async function readPreview(file: string): Promise<string> {
  if (file !== STANDARD_INPUT) {
    return await readFile(file, "utf8");
  }
  if (process.stdin.isTTY) {
    throw new UsageError("Give a file, or a preview on standard input.");
  }
  return await text(process.stdin);
}
