import { setTimeout as sleep } from "node:timers/promises";

/** Time as the code that waits sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own, which a change of the date does not move. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};
