import { type Measurement, type Operation, time } from "./measurement";

/** How many groups the limited cloud is tried with, and how wide. */
export const limited = { groups: 100, parallel: 128 } as const;

/** Calls a second that the limited cloud answers. */
export const rateLimit = 20;

/** What is tried there: the operations that need calls. */
export const limitedOperations: readonly Operation[] = ["create", "refresh", "rename all", "destroy"];

/**
 * How many calls each group takes at least. Only by its own reply is a group known to be gone, and not of another
 * project: that is a call after the one that deletes it.
 */
const callsEach: Partial<Record<Operation, number>> = { create: 1, "rename all": 1, destroy: 2 };

/**
 * How long an operation takes at best under the limit: as long as without one, no less than one group takes after the
 * first call for each of the others, and no less than a refresh of one, which waits for nothing, and all calls. The
 * limited cloud answers a second's calls at once. Undefined if one of them was not measured.
 */
export function leastSeconds(measurements: readonly Measurement[], operation: Operation): number | undefined {
  const { groups, parallel } = limited;
  const without = time(measurements, { contender: "ours", operation, groups, parallel });
  const one = time(measurements, { contender: "ours", operation, groups: 1, parallel });
  const idle = time(measurements, { contender: "ours", operation: "refresh", groups: 1, parallel });
  if (without === undefined || one === undefined || idle === undefined) {
    return undefined;
  }
  const each = callsEach[operation] ?? 0;
  const first = Math.min(each, 1) * (groups - 1);
  return Math.max(without, one + after(first), idle + after(each * groups - 1));
}

/** How many seconds later a call is answered than the first one if so many come before it. */
function after(calls: number): number {
  return Math.max(0, calls - rateLimit) / rateLimit;
}
