import type { Calls } from "./calls";

/** The providers that are compared: one that does nothing, one as others write them, and this package's. */
export const providers = ["floor", "plain", "ours"] as const;

/** Those, and one that does nothing but tells the engine as much of a group as this package's: what that alone costs. */
export type Provider = (typeof providers)[number] | "fullFloor";

/** The providers that are compared, and a script that does without. */
export const contenders = [...providers, "openstacksdk"] as const;

export type Contender = (typeof contenders)[number] | Provider;

/** In the order of a stack's life. */
export const operations = ["preview", "create", "nothing to do", "refresh", "rename all", "destroy"] as const;

export type Operation = (typeof operations)[number];

/** How many resources the engine works on at a time: its default, or a number. */
export type Parallel = "default" | number;

/** One command, run once. */
export interface Measurement {
  contender: Contender;
  operation: Operation;
  groups: number;
  parallel: Parallel;
  /** Calls a second that the cloud answers; undefined is any number. */
  rateLimit?: number;
  seconds: number;
  calls: Calls;
  /** The most memory of the process that runs the provider; undefined where it can't be known. */
  peakMemoryBytes?: number;
  /** Of the whole state after the command. */
  stateBytes: number;
  /** What the command printed if it failed. */
  failure?: string;
}

/** Which measurements are meant: those that have all that is given. */
export type Selection = Partial<Pick<Measurement, "contender" | "operation" | "groups" | "parallel">> & {
  rateLimit?: number;
};

/** The measurements of a selection; without a `rateLimit`, only those of a cloud that has none. */
export function select(measurements: readonly Measurement[], selection: Selection): Measurement[] {
  const wanted: [string, unknown][] = Object.entries({ rateLimit: undefined, ...selection });
  return measurements.filter((measurement) => {
    const has = new Map<string, unknown>(Object.entries(measurement));
    return wanted.every(([property, value]) => has.get(property) === value);
  });
}

/** The middle one, or the mean of the two in the middle; undefined of nothing. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((one, other) => one - other);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The median time of a selection in seconds. */
export function time(measurements: readonly Measurement[], selection: Selection): number | undefined {
  return median(select(measurements, selection).map(({ seconds }) => seconds));
}

/** The median time as a multiple of the floor's in the same run. */
export function ratio(
  measurements: readonly Measurement[],
  selection: Selection & { contender: Contender },
): number | undefined {
  const seconds = time(measurements, selection);
  const floor = time(measurements, { ...selection, contender: "floor" });
  return seconds === undefined || floor === undefined ? undefined : seconds / floor;
}

/** The different values of a property, in the order in which they come. */
export function distinct<Property extends keyof Measurement>(
  measurements: readonly Measurement[],
  property: Property,
): Measurement[Property][] {
  return [...new Set(measurements.map((measurement) => measurement[property]))];
}
