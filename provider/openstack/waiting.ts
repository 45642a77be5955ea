import type { Clock } from "./clock";
import { isPassing, isServerFailure } from "./errors";

const SHORTEST_PAUSE = 300;
const LONGEST_PAUSE = 10_000;
/** What part of the time that a wait has taken its next pause is: whoever waits for long is hardly late. */
const PART = 1 / 8;

export interface Wait<Seen> {
  /** What is known when the wait begins; if it is the end already, nothing is asked. */
  seen: Seen;
  /** Looks once more after a pause, in milliseconds. */
  look: (pause: number) => Promise<Seen>;
  /** True when the wait is over; it may throw where it can only end badly. */
  done: (seen: Seen) => boolean;
  /** The error for a wait that has run out. */
  timedOut: () => Error;
  /** When to give up, in the clock's milliseconds. */
  deadline: number;
  clock: Clock;
}

/** Looks again and again, soon at first and then less often, until the wait is over or its deadline is reached. */
export async function waitUntil<Seen>({
  seen,
  look,
  done,
  timedOut,
  deadline,
  clock,
}: Wait<Seen>): Promise<Seen> {
  const began = clock.now();
  for (let pause = SHORTEST_PAUSE; !done(seen); pause = nextPause(clock.now() - began)) {
    const left = deadline - clock.now();
    if (left <= 0) {
      throw timedOut();
    }
    try {
      seen = await look(Math.min(pause, left));
    } catch (error) {
      // An API that restarts, fails or limits its callers says nothing of what is waited for.
      if (!(isPassing(error) || isServerFailure(error)) || clock.now() >= deadline) {
        throw error;
      }
    }
  }
  return seen;
}

function nextPause(elapsed: number): number {
  return Math.min(Math.max(SHORTEST_PAUSE, elapsed * PART), LONGEST_PAUSE);
}
