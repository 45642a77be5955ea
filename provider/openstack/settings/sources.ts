import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { z } from "zod";

/** What came of reading a file; `undefined` when there is none. */
export type FileContent = { readonly text: string } | { readonly problem: string } | undefined;

/** Everything outside that settings are read from. */
export interface SettingsSources {
  /**
   * The value of a configuration key, secrets in clear. The keys are `provider:<argument>` for the arguments of
   * an explicit provider, `openstack:<name>` and `manila:<name>` for the stack's configuration.
   */
  readonly configuration: (key: string) => string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => FileContent;
  /** Where relative paths start, and the first place to look for clouds.yaml. */
  readonly workingDirectory: string;
  /** The user's home directory. */
  readonly home: string;
  /** Decides where users and systems keep their configuration. */
  readonly platform: NodeJS.Platform;
}

/** The sources of this very process. */
export function processSources(configuration: SettingsSources["configuration"]): SettingsSources {
  return {
    configuration,
    environment: process.env,
    readFile: readTextFile,
    workingDirectory: process.cwd(),
    home: homedir(),
    platform: process.platform,
  };
}

const systemError = z.object({ code: z.string() });

function readTextFile(path: string): FileContent {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    const { code } = systemError.parse(error);
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : { problem: `cannot be read (${code})` };
  }
}
