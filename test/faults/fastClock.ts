import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../provider/openstack/clock";

/** How many times as fast as a wall clock it goes. */
const SPEED = 100;

/** A clock on which the provider's pauses take a hundredth of their time; many may sleep by it at once. */
export const fastClock: Clock = {
  now: () => performance.now() * SPEED,
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds / SPEED, undefined, { signal }).catch((error: unknown) => {
      if (!signal?.aborted) {
        throw error;
      }
    });
  },
};
