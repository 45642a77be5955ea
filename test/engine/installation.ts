import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { after } from "mocha";
import { version as pulumiVersion } from "@pulumi/pulumi/version";
import { findEngine } from "../../engine";
import type { Engine } from "../../engine";

const ROOT = resolve(__dirname, "../..");

const execute = promisify(execFile);

/** What a user has: an engine, and a folder into which the packed package is installed. */
export interface Installation {
  readonly engine: Engine;
  readonly folder: string;
}

let installation: Promise<Installation> | undefined;

/** Made for the first test that needs it, removed after the last test of all. */
export function installed(): Promise<Installation> {
  return (installation ??= install());
}

after("remove the installed package", async function () {
  this.timeout("1m");
  if (installation !== undefined) {
    await rm((await installation).folder, { recursive: true, force: true });
  }
});

async function install(): Promise<Installation> {
  const engine = await findEngine();
  const folder = await mkdtemp(join(tmpdir(), "pulumi-manila-"));
  await execute("npm", ["pack", "--pack-destination", folder], { cwd: ROOT });
  const [tarball] = await readdir(folder);
  const dependencies = { "@pulumi/pulumi": pulumiVersion, "pulumi-manila": `file:${tarball ?? ""}` };
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await execute("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder });
  return { engine, folder };
}
