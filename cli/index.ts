#!/usr/bin/env node
import { parseArgs } from "node:util";
import { packageVersion } from "../provider/openstack/packageVersion";
import type { Command } from "./command";
import { UsageError } from "./command";
import { program } from "./program";
import { recover } from "./recover";
import { review } from "./review";

/** A subcommand each, in a file of its own. */
const commands = new Map<string, Command>([
  ["program", program],
  ["recover", recover],
  ["review", review],
]);

const EXIT_FAILED = 1;
const EXIT_WRONG_USAGE = 2;

function usage(): string {
  const list = [...commands].map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}\n`);
  return `Usage: pulumi-manila COMMAND [options]

Commands:
${list.join("")}
Options:
  -h, --help     print this text; after a command, how to use it
  -v, --version  print the version of the package

Exit codes: 0 done, 1 failed, 2 called the wrong way.
`;
}

async function main([first = "--help", ...rest]: string[]): Promise<string> {
  const command = commands.get(first);
  if (command !== undefined) {
    return rest.includes("--help") || rest.includes("-h") ? command.usage : await command.run(rest);
  }
  if (!first.startsWith("-")) {
    throw new UsageError(`There is no command "${first}".`);
  }
  const flag = (short: string) => ({ type: "boolean", short }) as const;
  const { values } = parseArgs({
    args: [first, ...rest],
    options: { help: flag("h"), version: flag("v") },
  });
  return values.version ? `${packageVersion()}\n` : usage();
}

function isWrongUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
  );
}

main(process.argv.slice(2)).then(
  (output) => process.stdout.write(output),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const hint = isWrongUsage(error) ? '\n"pulumi-manila --help" tells how to use it.' : "";
    process.stderr.write(`pulumi-manila: ${message}${hint}\n`);
    process.exitCode = isWrongUsage(error) ? EXIT_WRONG_USAGE : EXIT_FAILED;
  },
);
