import { type Bar, bars, isMet, lives, peakMegabytes, place, type Width, widths } from "./bars";
import { type Calls, describeCalls, total } from "./calls";
import {
  type Contender,
  type Measurement,
  median,
  operations,
  providers,
  ratio,
  select,
  time,
} from "./measurement";
import { leastSeconds, limited, limitedOperations, rateLimit } from "./rateLimit";
import type { Results } from "./results";

const ABSENT = "-";

interface Table {
  heading: string;
  /** What stands above the table. */
  text: string;
  /** The first row has the names of the columns. */
  rows: string[][];
}

/** The report of a run. */
export function markdown(results: Results): string {
  const { measurements } = results;
  const tables = [
    promises(bars(results)),
    ...lives(measurements).map((width) => life(measurements, width)),
    memory(measurements),
    state(measurements),
    profile(measurements),
    underLimit(measurements),
    script(measurements),
    startUp(results),
  ];
  const filled = tables.filter(({ rows }) => rows.length > 1).map(render);
  return `${[introduction(results.setting), ...filled].join("\n\n")}\n`;
}

function introduction(setting: string): string {
  return [
    "# Measurements",
    "",
    "Written by `npm run bench`, all of it in one run. Every command is run by the real engine, side by side for",
    "",
    "- **the floor**: a dynamic provider that does nothing, and sleeps in create and delete for as long as the cloud takes",
    "  to make or remove a group. That is the engine's own time.",
    "- **plain**: a dynamic provider written as Pulumi's examples are, captured by value, with one GET for each read, and a",
    "  poll of its own for each group, at 1 s, 2 s, 4 s, 8 s and then every 10 s, as Terraform does.",
    "- **ours**: this package, packed and installed as a user would.",
    "",
    "Times are medians; × is the multiple of the floor's. Calls are those of the run that made the most.",
    "",
    setting,
  ].join("\n");
}

function promises(kept: readonly Bar[]): Table {
  const rows = kept.map((bar) => [
    bar.promise,
    number(bar.atMost),
    number(bar.worst),
    bar.where || ABSENT,
    isMet(bar) ? "met" : "**missed**",
  ]);
  const text =
    "The worst case of each. Counts are exact: the run fails if one is missed. Where a time or the memory misses its promise,\n" +
    "[the profile](profile.md) tells why.";
  return { heading: "Promises", text, rows: [["", "at most", "measured", "where", ""], ...rows] };
}

function life(all: readonly Measurement[], width: Width): Table {
  const rows = operations.map((operation) => {
    const at = { ...width, operation };
    return [
      operation,
      seconds(time(all, { ...at, contender: "floor" })),
      timesFloor(all, { ...at, contender: "plain" }),
      timesFloor(all, { ...at, contender: "ours" }),
      calls(select(all, { ...at, contender: "plain" })),
      calls(select(all, { ...at, contender: "ours" })),
    ];
  });
  const head = ["", "floor", "plain", "ours", "calls, plain", "calls, ours"];
  return { heading: place(width), text: "", rows: [head, ...rows] };
}

function memory(all: readonly Measurement[]): Table {
  const rows = lives(all).map((width) => [
    place(width),
    ...providers.map((contender) => suffixed(peakMegabytes(all, contender, width), "MB")),
  ]);
  const text = "The most of the process that runs the provider, in any of the operations.";
  return { heading: "Memory of the plugin", text, rows: [["", ...providers], ...rows] };
}

function state(all: readonly Measurement[]): Table {
  const made = providers.flatMap((contender) => select(all, { contender, operation: "create" }));
  const rows = widths(made).map((width) => {
    const of = (contender: Contender) => select(made, { ...width, contender });
    const sizes = providers.map((contender) => bytesPerGroup(of(contender)));
    const times = providers.map((contender) => seconds(median(of(contender).map((one) => one.seconds))));
    return [place(width), ...sizes, ...times];
  });
  const text =
    "Bytes of state a group after the `up` that creates, the engine's own part included, and the time of that `up`: the\n" +
    "engine writes the whole state after each step, so the provider that plain has captured costs time as well.";
  const head = [...providers, ...providers.map((contender) => `\`up\`, ${contender}`)];
  return { heading: "State", text, rows: [["", ...head], ...rows] };
}

function profile(all: readonly Measurement[]): Table {
  const rows = widths(select(all, { contender: "fullFloor" })).flatMap((width) =>
    operations.map((operation) => [
      `${operation}, ${place(width)}`,
      seconds(time(all, { ...width, operation, contender: "floor" })),
      timesFloor(all, { ...width, operation, contender: "fullFloor" }),
      timesFloor(all, { ...width, operation, contender: "ours" }),
    ]),
  );
  const text =
    "Between the floor and ours stands a floor that does nothing either, but tells the engine as much of each group as\n" +
    "ours does, which the engine compares, and writes into the state after each step. What ours takes beyond that is the\n" +
    "package to be loaded; token, versions and list, which can only be asked for one after another; the requests, with\n" +
    "the emulator's part in them, which shares the processor; and how late a look comes after a group is ready or gone.";
  const head = ["", "floor", "floor that tells as much as ours", "ours"];
  return { heading: "Where the time goes", text, rows: [head, ...rows] };
}

function underLimit(all: readonly Measurement[]): Table {
  const measured = limitedOperations.filter((operation) => select(all, { operation, rateLimit }).length > 0);
  const rows = measured.map((operation) => [
    operation,
    seconds(leastSeconds(all, operation)),
    ...(["plain", "ours"] as const).flatMap((contender) => {
      const runs = select(all, { contender, operation, rateLimit });
      return [outcome(runs), calls(runs)];
    }),
  ]);
  const text =
    `${place(limited)}. The cloud answers ${rateLimit} calls at once, and then ${rateLimit} a second. What the limit allows is the time\n` +
    `that ours takes without one, or the time of one group and ${1 / rateLimit} s for each call that must wait before it, whichever is\n` +
    "longer; to remove a group takes two calls, as only its own reply tells that it is gone. Where a command has failed,\n" +
    "the next one meets what it has left.";
  const head = ["", "the limit allows", "plain", "calls, plain", "ours", "calls, ours"];
  return { heading: `A cloud that answers ${rateLimit} calls a second`, text, rows: [head, ...rows] };
}

function script(all: readonly Measurement[]): Table {
  const runs = select(all, { contender: "openstacksdk" });
  const rows = runs.map((run) => [
    `${run.operation}, ${place(run)}`,
    outcome([run]),
    describeCalls(run.calls),
    ...(["default", 128] as const).map((parallel) =>
      seconds(time(all, { contender: "ours", operation: run.operation, groups: run.groups, parallel })),
    ),
  ]);
  const text =
    "A script with openstacksdk that makes as many share groups one after another, then waits for each, and removes them\n" +
    "likewise (openstacksdk has no consistency groups); beside it the `up` and the `destroy` of ours.";
  const head = ["", "openstacksdk", "calls, openstacksdk", "ours", "ours, --parallel 128"];
  return { heading: "Without Pulumi", text, rows: [head, ...rows] };
}

function startUp({ startUp: measured }: Results): Table {
  const rows =
    measured === undefined
      ? []
      : [
          ["preview of an empty program", seconds(median(measured.withoutPackage))],
          ["the same, with the package imported", seconds(median(measured.withPackage))],
          ['`require("pulumi-manila/provider")`', seconds(median(measured.requireProvider))],
        ];
  return { heading: "Start-up", text: "", rows: [["", "time"], ...rows] };
}

function render({ heading, text, rows: [head = [], ...rows] }: Table): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const table = [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
  return [`## ${heading}`, text, table].filter((part) => part !== "").join("\n\n");
}

function timesFloor(all: readonly Measurement[], selection: Parameters<typeof ratio>[1]): string {
  const failed = select(all, selection).some(({ failure }) => failure !== undefined);
  return failed ? "**failed**" : suffixed(ratio(all, selection), "×");
}

function outcome(runs: readonly Measurement[]): string {
  const taken = seconds(median(runs.map((run) => run.seconds)));
  return runs.some(({ failure }) => failure !== undefined) ? `**failed** after ${taken}` : taken;
}

function calls(runs: readonly Measurement[]): string {
  const most = runs.reduce<Calls | undefined>(
    (found, run) => (found === undefined || total(run.calls) > total(found) ? run.calls : found),
    undefined,
  );
  return most === undefined ? ABSENT : describeCalls(most);
}

function bytesPerGroup(runs: readonly Measurement[]): string {
  const bytes = median(runs.map((run) => run.stateBytes / run.groups));
  return bytes === undefined ? ABSENT : Math.round(bytes).toLocaleString("en");
}

function seconds(taken: number | undefined): string {
  return suffixed(taken, "s");
}

function suffixed(value: number | undefined, unit: string): string {
  return value === undefined ? ABSENT : `${number(value)} ${unit}`;
}

/** With as many digits as can matter. */
function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 20 ? 2 : 0 });
}
