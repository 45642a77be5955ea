import { polls, total } from "./calls";
import {
  distinct,
  type Measurement,
  median,
  type Operation,
  ratio,
  select,
  type Selection,
} from "./measurement";
import { leastSeconds, limited, limitedOperations, rateLimit } from "./rateLimit";
import type { Results } from "./results";

/** What is promised, and the worst that was measured of it. */
export interface Bar {
  promise: string;
  atMost: number;
  worst: number;
  /** Where that was, such as `100 groups, --parallel 128`; empty where there is but one case. */
  where: string;
  /** Of a count, which is the same on every machine: missing it is an error. Of a time it is not. */
  exact: boolean;
}

interface Count {
  promise: string;
  atMost: number;
  operation?: Operation;
  /** With how many groups; default any number. */
  groups?: (groups: number) => boolean;
  value: (one: Measurement) => number;
}

const THOUSAND = (groups: number) => groups === 1_000;
const SECONDS_A_PAGE_SERVES = 5;

const counts: readonly Count[] = [
  { promise: "commands that fail", atMost: 0, value: ({ failure }) => (failure === undefined ? 0 : 1) },
  { promise: "preview: calls", atMost: 0, operation: "preview", value: ({ calls }) => total(calls) },
  {
    promise: "`up`, nothing to do: calls",
    atMost: 0,
    operation: "nothing to do",
    value: ({ calls }) => total(calls),
  },
  {
    promise: "`up`, create: POSTs more or less than one a group",
    atMost: 0,
    operation: "create",
    value: ({ calls, groups }) => Math.abs(calls.POST - groups),
  },
  { promise: "`up`, create: tokens", atMost: 1, operation: "create", value: ({ calls }) => calls.token },
  {
    promise: "`up`, create: polling calls a second",
    atMost: 2,
    operation: "create",
    value: pollsPerSecond,
  },
  {
    promise: "refresh, 1,000 groups: single GETs",
    atMost: 0,
    operation: "refresh",
    groups: THOUSAND,
    value: ({ calls }) => calls.GET,
  },
  {
    promise: "refresh, 1,000 groups: list calls for each 5 s, beside one",
    atMost: 1,
    operation: "refresh",
    groups: THOUSAND,
    value: ({ calls, seconds }) => (calls.list - 1) / (seconds / SECONDS_A_PAGE_SERVES),
  },
  {
    promise: "bytes of state a group",
    atMost: 2_200,
    operation: "create",
    // Below that, the state's own parts weigh more than a group.
    groups: (groups) => groups >= 100,
    value: ({ stateBytes, groups }) => stateBytes / groups,
  },
];

interface Time {
  promise: string;
  atMost: number;
  operation: Operation;
  groups?: number;
}

const times: readonly Time[] = [
  { promise: "preview: time × the floor's", atMost: 1.05, operation: "preview" },
  { promise: "`up`, nothing to do: time × the floor's", atMost: 1.05, operation: "nothing to do" },
  { promise: "`up`, create 100 groups: time × the floor's", atMost: 1.25, operation: "create", groups: 100 },
  { promise: "refresh, 1,000 groups: time × the floor's", atMost: 1.15, operation: "refresh", groups: 1_000 },
];

const POLLS_GROWTH = 1.5;
const MEMORY_BEYOND_FLOOR = 60;
const LIMITED_RATIO = 1.1;
const START_UP_RATIO = 1.1;

export function isMet({ worst, atMost }: Bar): boolean {
  return worst <= atMost;
}

/** All promises of which something was measured. */
export function bars(results: Results): Bar[] {
  const { measurements } = results;
  return [
    ...counts.flatMap((count) => countBar(count, measurements)),
    ...pollsGrowth(measurements),
    ...times.flatMap((time) => timeBar(time, measurements)),
    ...memory(measurements),
    ...underLimit(measurements),
    ...startUp(results),
  ];
}

function countBar({ promise, atMost, operation, groups, value }: Count, all: readonly Measurement[]): Bar[] {
  const cases = select(all, { contender: "ours", ...(operation && { operation }) })
    .filter((one) => groups?.(one.groups) ?? true)
    .map((one) => ({ value: value(one), where: place(one) }));
  return worstOf({ promise, atMost, exact: true }, cases);
}

function timeBar({ promise, atMost, operation, groups }: Time, all: readonly Measurement[]): Bar[] {
  const cases = widths(select(all, { operation, ...(groups && { groups }) })).map((width) => ({
    value: ratio(all, { contender: "ours", operation, ...width }),
    where: place(width),
  }));
  return worstOf({ promise, atMost, exact: false }, cases);
}

function pollsGrowth(all: readonly Measurement[]): Bar[] {
  const rate = (groups: number) =>
    median(
      select(all, { contender: "ours", operation: "create", groups, parallel: 128 }).map(pollsPerSecond),
    );
  const [hundred, thousand] = [rate(100), rate(1_000)];
  const value = hundred && thousand && thousand / hundred;
  const promise = "`up`, create: polling calls a second for 1,000 groups × those for 100";
  return worstOf({ promise, atMost: POLLS_GROWTH, exact: true }, [{ value, where: "--parallel 128" }]);
}

function memory(all: readonly Measurement[]): Bar[] {
  const cases = widths(select(all, { groups: 1_000 })).map((width) => {
    const [ours, floor] = [peakMegabytes(all, "ours", width), peakMegabytes(all, "floor", width)];
    return { value: ours && floor && ours - floor, where: place(width) };
  });
  const promise = "plugin, 1,000 groups: MB of memory more than the floor's";
  return worstOf({ promise, atMost: MEMORY_BEYOND_FLOOR, exact: false }, cases);
}

function underLimit(all: readonly Measurement[]): Bar[] {
  const failures = select(all, { contender: "ours", rateLimit }).map(({ failure, operation }) => ({
    value: failure === undefined ? 0 : 1,
    where: operation,
  }));
  const times = limitedOperations.map((operation) => {
    const seconds = median(
      select(all, { contender: "ours", operation, rateLimit, ...limited }).map((one) => one.seconds),
    );
    const least = leastSeconds(all, operation);
    return { value: seconds && least && seconds / least, where: operation };
  });
  return [
    ...worstOf({ promise: "20 calls a second: commands that fail", atMost: 0, exact: true }, failures),
    ...worstOf(
      {
        promise: "20 calls a second: time × what the limit allows",
        atMost: LIMITED_RATIO,
        exact: false,
      },
      times,
    ),
  ];
}

function startUp({ startUp: measured }: Results): Bar[] {
  const [withPackage, without] = [
    median(measured?.withPackage ?? []),
    median(measured?.withoutPackage ?? []),
  ];
  const value = withPackage && without && withPackage / without;
  const promise = "empty program: time with the package × without";
  return worstOf({ promise, atMost: START_UP_RATIO, exact: false }, [{ value, where: "" }]);
}

/** The bar with its worst case; none if no case was measured. */
function worstOf(
  bar: Pick<Bar, "promise" | "atMost" | "exact">,
  cases: { value: number | undefined; where: string }[],
): Bar[] {
  const measured = cases.flatMap(({ value, where }) =>
    value === undefined ? [] : [{ worst: value, where }],
  );
  const [worst] = measured.sort((one, other) => other.worst - one.worst);
  return worst === undefined ? [] : [{ ...bar, ...worst }];
}

/** How many groups, and how many resources at a time. */
export type Width = Pick<Measurement, "groups" | "parallel">;

/** How many groups and how wide, each that was measured. */
export function widths(measurements: readonly Measurement[]): Width[] {
  return distinct(measurements, "groups").flatMap((groups) =>
    distinct(select(measurements, { groups }), "parallel").map((parallel) => ({ groups, parallel })),
  );
}

/** Those widths with which a stack's whole life was run, which begins with a preview. */
export function lives(measurements: readonly Measurement[]): Width[] {
  return widths(select(measurements, { operation: "preview" }));
}

/** The most memory that the plugin process has had in any operation. */
export function peakMegabytes(
  measurements: readonly Measurement[],
  contender: Measurement["contender"],
  selection: Selection,
): number | undefined {
  const peaks = select(measurements, { contender, ...selection }).flatMap(
    ({ peakMemoryBytes: peak }) => peak ?? [],
  );
  return peaks.length === 0 ? undefined : Math.max(...peaks) / 1e6;
}

function pollsPerSecond({ calls, seconds }: Measurement): number {
  return polls(calls) / seconds;
}

/** Such as `1 group` or `100 groups, --parallel 128`. */
export function place({ groups, parallel }: Width): string {
  const many = groups === 1 ? "1 group" : `${groups.toLocaleString("en")} groups`;
  return parallel === "default" ? many : `${many}, --parallel ${parallel}`;
}
