/** Run as a process: installs Pulumi's official release. Arguments: the folder to install into, the version. */
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { z } from "zod";
import { messageOf } from "./errors";

const installer = "https://get.pulumi.com";
const reachLimitMs = 5_000;

async function install([root, version]: [string, string]): Promise<void> {
  // Pulumi's own download waits for two minutes where packets are dropped.
  await fetch(installer, { method: "HEAD", signal: AbortSignal.timeout(reachLimitMs) });
  await PulumiCommand.install({ root, version: new SemVer(version) });
}

install(z.tuple([z.string(), z.string()]).parse(process.argv.slice(2))).catch((error: unknown) => {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : "";
  console.error(`${messageOf(error)}${cause} (${installer})`);
  process.exitCode = 1;
});
