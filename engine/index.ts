import { dirname } from "node:path";
import { build } from "./build";
import { cachedEngine } from "./cache";
import { download } from "./download";
import { type Engine, engineIn, findProgram, foldersOnPath, type Way } from "./engine";
import { EngineNotFoundError, type Failure, messageOf } from "./errors";
import { type Host, thisMachine } from "./host";

export type { Engine, EngineSource } from "./engine";
export { engineEnvironment } from "./environment";
export { EngineNotFoundError } from "./errors";

/** The ways to an engine, in the order in which they are tried. */
const ways: readonly Way[] = [
  { name: "pulumi on PATH", find: engineOnPath },
  { name: "the cache", find: cachedEngine },
  { name: "the official download", find: download },
  { name: "a build from Go modules", find: build },
];

/**
 * Finds a Pulumi engine: the `pulumi` on PATH if it is recent enough, else one in the cache, else the official
 * download, else a build from Go modules. The last two take minutes, happen once and end up in the cache. Says on
 * stderr what it does. Fails with an `EngineNotFoundError`.
 */
export async function findEngine(host: Host = thisMachine()): Promise<Engine> {
  const failures: Failure[] = [];
  for (const { name, find } of ways) {
    try {
      return await find(host);
    } catch (error) {
      host.say(`${name}: ${messageOf(error)}`);
      failures.push({ tried: name, error });
    }
  }
  throw new EngineNotFoundError(failures);
}

async function engineOnPath(host: Host): Promise<Engine> {
  const pulumi = await findProgram(host, "pulumi", foldersOnPath(host.environment));
  if (pulumi === undefined) {
    throw new Error("there is no pulumi in any folder of PATH");
  }
  return engineIn(host, dirname(pulumi), "path");
}
