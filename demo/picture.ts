import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engineEnvironment, findEngine } from "../engine";
import { startEmulatedCloud } from "./cloud";
import type { DemoCloud } from "./cloud";
import { Pulumi } from "./pulumi";
import { copyOfQuickstart, withoutOpenStack } from "./quickstart";
import { terminalPicture } from "./terminal";

/*
 * docs/preview.svg: what a terminal shows of the previews of two changes of the quickstart, one in place and one that
 * replaces, on the real engine and the emulator.
 */

const FILE = resolve(__dirname, "../docs/preview.svg");

const PREVIEW = ["preview", "--diff"];

async function main(): Promise<void> {
  const engine = await findEngine();
  const cloud = await startEmulatedCloud();
  const folder = await mkdtemp(join(tmpdir(), "pulumi-manila-picture-"));
  try {
    const environment = { ...withoutOpenStack(process.env), ...cloud.environment() };
    const pulumi = new Pulumi(await copyOfQuickstart(folder), engineEnvironment(engine, folder, environment));
    await writeFile(
      FILE,
      terminalPicture("Previews of a new name and of other share types", await shown(pulumi, cloud)),
    );
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What somebody sees who makes the changes one after the other. */
async function shown(pulumi: Pulumi, cloud: DemoCloud): Promise<string> {
  await pulumi.quietly("stack", "init", "demo");
  await pulumi.quietly("up", "--yes", "--skip-preview");
  const changes = [
    ["config", "set", "databaseName", "shop-database"],
    ["config", "set", "--path", "shareTypes[0]", cloud.otherShareType],
  ];
  let printed = "";
  for (const change of changes) {
    await pulumi.quietly(...change);
    printed += `${printed === "" ? "" : "\n"}${prompt(change)}${prompt(PREVIEW)}${changesOnly(await pulumi.inColour(...PREVIEW))}\n`;
  }
  return printed;
}

function prompt(command: string[]): string {
  return `\u001B[38;5;7m$\u001B[0m \u001B[1mpulumi ${command.map(quoted).join(" ")}\u001B[0m\n`;
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w-]+$/.test(word) ? word : `'${word}'`;
}

/** Without the lines that are alike in every preview, and the address and owner of a group. */
function changesOnly(printed: string): string {
  return printed
    .split("\n")
    .filter(
      (line) => line.trim() !== "" && !/Previewing|pulumi:pulumi:Stack|\[urn=|View (Live|in)/.test(line),
    )
    .join("\n");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
