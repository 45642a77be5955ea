import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type Run, run } from "./run";

/** What the search for an engine needs from the machine; tests put their own in its place. */
export interface Host {
  /** As in `process.platform` and `process.arch`. */
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Environment variables: PATH is searched, and commands inherit them. */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder of the cached engines, one folder each; created when first needed. */
  readonly cacheFolder: string;
  /** Runs a command to its end. */
  readonly run: Run;
  /** Tells the user one line of what is going on. */
  readonly say: (line: string) => void;
}

/** This machine: its environment, the user's cache folder, progress on stderr. */
export function thisMachine(): Host {
  return {
    platform: process.platform,
    architecture: process.arch,
    environment: process.env,
    cacheFolder: join(userCache(process.platform, process.env, homedir()), "pulumi-manila", "engine"),
    run,
    say: (line) => {
      console.error(line);
    },
  };
}

/** The folder where the platform keeps a user's caches. */
export function userCache(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  if (platform === "win32") {
    return LOCALAPPDATA ?? join(home, "AppData", "Local");
  }
  if (platform === "darwin") {
    return join(home, "Library", "Caches");
  }
  // The XDG base directory specification has relative paths ignored.
  return XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(home, ".cache");
}
