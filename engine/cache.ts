import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Engine, type EngineSource, engineIn } from "./engine";
import type { Host } from "./host";
import { withLock } from "./lock";
import { engineKey } from "./pins";

/** The engine that the cache holds for today's pins and this platform; fails when there is none. */
export async function cachedEngine(host: Host): Promise<Engine> {
  return engineIn(host, join(entryOf(host), "bin"), "cache");
}

/**
 * Puts an engine into the cache: `fill` makes it in the folder given to it, with its programs in `bin`, and once it
 * is seen to run it is renamed to its place, so that nobody ever sees half of one. When another process is at it
 * already, waits for that one's engine instead, and if it was killed, makes its own.
 */
export async function addToCache(
  host: Host,
  source: EngineSource,
  fill: (folder: string) => Promise<void>,
): Promise<Engine> {
  const entry = entryOf(host);
  const lock = `${entry}.lock`;
  const onWait = () => {
    host.say(`Another process is preparing the engine (${lock}); waiting for it.`);
  };
  await mkdir(host.cacheFolder, { recursive: true });
  return withLock(lock, onWait, async () => (await existing(host)) ?? (await make(host, source, lock, fill)));
}

async function make(
  host: Host,
  source: EngineSource,
  lock: string,
  fill: (folder: string) => Promise<void>,
): Promise<Engine> {
  const entry = entryOf(host);
  // What is there did not run.
  await rm(entry, { recursive: true, force: true });
  try {
    const folder = await mkdtemp(join(lock, "new-"));
    await fill(folder);
    const { version } = await engineIn(host, join(folder, "bin"), source);
    await rename(folder, entry);
    return { version, directory: join(entry, "bin"), source };
  } catch (error) {
    // While this process was suspended, another may have taken the lock and made the engine.
    const other = await existing(host);
    if (other !== undefined) {
      return other;
    }
    throw error;
  }
}

async function existing(host: Host): Promise<Engine | undefined> {
  return cachedEngine(host).catch(() => undefined);
}

function entryOf(host: Host): string {
  return join(host.cacheFolder, engineKey(host.platform, host.architecture));
}
