import { setTimeout as sleep } from "node:timers/promises";

/** Time as the code that waits sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Comes back earlier if the signal is given. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own, which a change of the date does not move. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch (error) {
      if (!signal?.aborted) {
        throw error;
      }
    }
  },
};
