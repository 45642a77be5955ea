import { countCalls } from "../../bench/calls";
import type { Measurement } from "../../bench/measurement";

/** A measurement of ours that keeps all promises, but for what is given. */
export function measured(
  given: Partial<Omit<Measurement, "calls">> & { calls?: Partial<Measurement["calls"]> },
): Measurement {
  const { calls, groups = 100, ...rest } = given;
  return {
    contender: "ours",
    operation: "create",
    groups,
    parallel: "default",
    seconds: 10,
    stateBytes: groups * 1_000,
    peakMemoryBytes: 100_000_000,
    ...rest,
    calls: { ...countCalls([]), ...(rest.operation ? {} : { POST: groups, token: 1 }), ...calls },
  };
}
