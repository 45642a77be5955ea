import { execFile } from "node:child_process";
import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { version as pulumiVersion } from "@pulumi/pulumi/version";
import { findEngine } from "../engine";
import type { Engine } from "../engine";

const ROOT = resolve(__dirname, "..");

const execute = promisify(execFile);

/** What a user has: an engine, and a folder into which the packed package is installed. */
export interface Installation {
  readonly engine: Engine;
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
}

/** Packs and installs the package, in a new folder. */
export async function install(): Promise<Installation> {
  const engine = await findEngine();
  // Its real path, as it is seen in the command lines of processes that run there.
  const folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-manila-")));
  try {
    return { engine, folder, tarball: await installPackage(folder) };
  } catch (error) {
    await uninstall({ folder });
    throw error;
  }
}

export async function uninstall({ folder }: Pick<Installation, "folder">): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function installPackage(folder: string): Promise<string> {
  await execute("npm", ["pack", "--pack-destination", folder], { cwd: ROOT });
  const [tarball = ""] = await readdir(folder);
  const dependencies = { "@pulumi/pulumi": pulumiVersion, "pulumi-manila": `file:${tarball}` };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await execute("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder });
  return join(folder, tarball);
}
