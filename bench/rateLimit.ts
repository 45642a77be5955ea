import { type Measurement, type Operation, time } from "./measurement";

/** How many groups the limited cloud is tried with, and how wide. */
export const limited = { groups: 100, parallel: 128 } as const;

/** Calls a second that the limited cloud answers. */
export const rateLimit = 20;

/** What is tried there: the operations that need calls. */
export const limitedOperations: readonly Operation[] = ["create", "refresh", "rename all", "destroy"];

/** Those that can't do with less than a call for each group. */
const oneCallEach: readonly Operation[] = ["create", "rename all", "destroy"];

/**
 * How long an operation takes at best under the limit: as long as without one, and no less than one group takes after
 * the calls for all others. The limited cloud answers a second's calls at once. Undefined if either was not measured.
 */
export function leastSeconds(measurements: readonly Measurement[], operation: Operation): number | undefined {
  const { groups, parallel } = limited;
  const without = time(measurements, { contender: "ours", operation, groups, parallel });
  const one = time(measurements, { contender: "ours", operation, groups: 1, parallel });
  if (without === undefined || one === undefined) {
    return undefined;
  }
  const waiting = oneCallEach.includes(operation) ? groups - 1 - rateLimit : 0;
  return Math.max(without, one + waiting / rateLimit);
}
