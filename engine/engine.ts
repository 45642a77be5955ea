import { access, constants, realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { gte, parse } from "semver";
import type { Host } from "./host";
import { minimumVersion } from "./pins";

/** Where an engine came from: installed by the user, already in the cache, or just downloaded or built into it. */
export type EngineSource = "path" | "cache" | "download" | "build";

/** A Pulumi engine that runs TypeScript programs with dynamic providers. */
export interface Engine {
  /** Version of its `pulumi`, such as `3.250.0`. */
  readonly version: string;
  /** Folder of its `pulumi` command. */
  readonly directory: string;
  readonly source: EngineSource;
}

/** One way to an engine. */
export interface Way {
  /** What it is, for the user, such as `pulumi on PATH`. */
  readonly name: string;
  /** Returns an engine that has been seen to run; fails with the reason why there is none this way. */
  readonly find: (host: Host) => Promise<Engine>;
}

/** What an engine needs beside `pulumi`, in the same folder or on PATH: TypeScript programs, dynamic providers. */
const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

const versionLimitMs = 60_000;

/** The engine whose `pulumi` is in `directory`; fails when it is not complete, does not run or is too old. */
export async function engineIn(host: Host, directory: string, source: EngineSource): Promise<Engine> {
  const pulumi = await findProgram(host, "pulumi", [directory]);
  if (pulumi === undefined) {
    throw new Error(`there is no pulumi in ${directory}`);
  }
  // Package managers link the command alone; Pulumi looks beside the file that the link leads to.
  const folders = [directory, dirname(await realpath(pulumi)), ...foldersOnPath(host.environment)];
  for (const name of companions) {
    if ((await findProgram(host, name, folders)) === undefined) {
      throw new Error(`${pulumi} has no ${name} beside it or on PATH`);
    }
  }
  return { version: await versionOf(host, pulumi), directory, source };
}

/** The folders of PATH, in order. */
export function foldersOnPath(environment: NodeJS.ProcessEnv): string[] {
  return (environment[pathVariable(environment)] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** The name of the variable PATH, which Windows spells `Path`. */
export function pathVariable(environment: NodeJS.ProcessEnv): string {
  return Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}

/** The path of the first program of this name in `folders`, or undefined. */
export async function findProgram(
  host: Host,
  name: string,
  folders: readonly string[],
): Promise<string | undefined> {
  const endings = host.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const path of folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))) {
    if (await isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(host: Host, pulumi: string): Promise<string> {
  const output = await host.run(pulumi, ["version"], {
    environment: {
      ...host.environment,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // Even this command writes a log file, which would land in the user's ~/.pulumi.
      PULUMI_HOME: join(host.cacheFolder, "home"),
    },
    limitMs: versionLimitMs,
  });
  const version = parse(output.trim());
  if (version === null) {
    throw new Error(`"${pulumi} version" answers "${output.trim()}", which is no version`);
  }
  if (!gte(version, minimumVersion)) {
    throw new Error(`${pulumi} is version ${version.version}, older than ${minimumVersion}`);
  }
  return version.version;
}
