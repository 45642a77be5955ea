import { mkdir, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "./errors";

const pollMs = 500;
const heartbeatMs = 2_000;

/** A lock folder that has not been touched for this many milliseconds was left by a killed process. */
export const abandonedAfterMs = 30_000;

/**
 * Does `work` while no other process of this user does it: the folder `path` is the lock, and goes with all that
 * `work` has put there when the work is over. The holder touches it every 2 s; one that was killed loses it after
 * `abandonedAfterMs`. That clock can be wrong (a suspended process, a shared disk), so the lock saves double work
 * and nothing more: `work` has to be right even where two do it at once. `onWait` is called once if another
 * process holds the lock.
 */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await acquire(path, onWait);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // When the lock is lost there is nothing left to touch, and `work` is right without it.
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { recursive: true, force: true });
  }
}

async function acquire(path: string, onWait: () => void): Promise<void> {
  let waiting = false;
  while (!(await create(path))) {
    if (await isAbandoned(path)) {
      await rm(path, { recursive: true, force: true });
      continue;
    }
    if (!waiting) {
      onWait();
    }
    waiting = true;
    await sleep(pollMs);
  }
}

async function create(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) {
      return false;
    }
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    // A time in the future comes from a clock that was wrong; it must not hold the lock until then.
    return Math.abs(Date.now() - mtimeMs) > abandonedAfterMs;
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return false;
    }
    throw error;
  }
}
