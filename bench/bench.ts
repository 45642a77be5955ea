import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { version as pulumiVersion } from "@pulumi/pulumi/version";
import { messageOf } from "../engine/errors";
import { bars, isMet, place } from "./bars";
import { describeCalls } from "./calls";
import type { EmulatorSettings } from "./cloud";
import { install, type Installation, uninstall } from "./installation";
import { type Life, live } from "./lives";
import { markdown } from "./markdown";
import { type Measurement, type Provider, select } from "./measurement";
import { type Options, readOptions, USAGE } from "./options";
import { picture } from "./picture";
import { installFloor } from "./program";
import { limited, limitedOperations, rateLimit } from "./rateLimit";
import type { Results } from "./results";
import { installOpenstacksdk, runScript } from "./script";
import { measureStartUp } from "./startUp";

const DOCS = resolve(__dirname, "..", "docs");

/** How long the emulated cloud takes to make or remove a group, and for each call. */
const CLOUD = { delayMilliseconds: 2_000, latencyMilliseconds: 50 } as const;

/** With how many groups it is shown what it costs to capture a provider by value. */
const CAPTURED = { groups: 500, parallel: 128 } as const;

/** With how many groups it is shown what of the time is the engine's work on what ours tells it. */
const PROFILED = { groups: 1_000, parallel: 128 } as const;

const START_UP_RUNS = 7;

const interruption = new AbortController();

async function bench(options: Options): Promise<void> {
  const installation = await install();
  try {
    await installFloor(installation);
    const results = await measure(installation, options);
    const text = markdown(results);
    console.log(`\n${text}`);
    if (!options.quick) {
      await writeFile(join(DOCS, "bench.md"), text);
      await writeFile(join(DOCS, "bench.svg"), picture(results.measurements));
    }
    const missed = bars(results).filter((bar) => bar.exact && !isMet(bar));
    if (missed.length > 0) {
      throw new Error(`Missed: ${missed.map(({ promise }) => promise).join("; ")}`);
    }
  } finally {
    await uninstall(installation);
  }
}

async function measure(installation: Installation, options: Options): Promise<Results> {
  const setting = settingOf(installation);
  const lives = await wholeLives(installation, options);
  if (options.quick) {
    return { setting, measurements: lives };
  }
  const measurements = [
    ...lives,
    ...(await capturing(installation, options)),
    ...(await underLimit(installation, options, lives)),
    ...(await script(installation, options)),
  ];
  const startUp = await measureStartUp(installation, START_UP_RUNS);
  return { setting, measurements, startUp };
}

async function wholeLives(installation: Installation, options: Options): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const groups of options.groups) {
    for (const parallel of options.parallel) {
      const isProfiled =
        groups === PROFILED.groups && parallel === PROFILED.parallel && options.providers.includes("ours");
      const contenders: Provider[] = [...options.providers, ...(isProfiled ? (["fullFloor"] as const) : [])];
      const life = { groups, parallel, runs: options.runs(groups), contenders };
      measurements.push(...(await live(installation, CLOUD, life, report)));
    }
  }
  return measurements;
}

async function capturing(installation: Installation, { providers }: Options): Promise<Measurement[]> {
  const life: Life = { ...CAPTURED, runs: 1, contenders: providers, operations: ["create"] };
  return await live(installation, CLOUD, life, report);
}

/** The limited cloud, and what its measurements are compared with, as far as that is not known. */
async function underLimit(
  installation: Installation,
  { providers }: Options,
  known: readonly Measurement[],
): Promise<Measurement[]> {
  const life = { ...limited, runs: 1, operations: limitedOperations };
  const unlimited: Measurement[] = [];
  for (const groups of [1, limited.groups]) {
    if (select(known, { contender: "ours", groups, parallel: limited.parallel }).length === 0) {
      unlimited.push(...(await live(installation, CLOUD, { ...life, groups, contenders: ["ours"] }, report)));
    }
  }
  const contenders = providers.filter((contender) => contender !== "floor");
  const cloud = { ...CLOUD, requestsPerSecond: rateLimit };
  return [...unlimited, ...(await live(installation, cloud, { ...life, contenders }, report))];
}

async function script(installation: Installation, options: Options): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const python = options.openstacksdk ? await pythonOf(installation) : undefined;
  // openstacksdk knows no consistency groups.
  const cloud: EmulatorSettings = { ...CLOUD, generation: "shareGroups" };
  if (python !== undefined) {
    for (const groups of options.groups) {
      measurements.push(...(await runScript(python, cloud, groups, report)));
    }
  }
  return measurements;
}

/** The Python that has openstacksdk; undefined where there can be none. */
async function pythonOf(installation: Installation): Promise<string | undefined> {
  try {
    return await installOpenstacksdk(installation);
  } catch (error) {
    console.error(`Left out: openstacksdk, which could not be installed. ${messageOf(error)}`);
    return undefined;
  }
}

/** Tells of a command that has ended. After Ctrl-C, which ended it too, that is the end, by way of all cleaning up. */
function report(measurement: Measurement): void {
  interruption.signal.throwIfAborted();
  const { contender, operation, seconds, rateLimit: limit, failure } = measurement;
  const where = [contender, place(measurement), ...(limit === undefined ? [] : [`${limit} calls a second`])];
  const time = new Date().toISOString().slice(11, 19);
  const outcome = failure === undefined ? describeCalls(measurement.calls) : "failed";
  console.error(`${time}  ${seconds.toFixed(2)} s  ${where.join(", ")}, ${operation}: ${outcome}`);
  if (failure !== undefined && contender === "ours") {
    console.error(firstErrors(failure));
  }
}

/** Of hundreds of groups that fail, the first few tell why. */
function firstErrors(printed: string): string {
  const errors = printed.split("\n").filter((line) => line.startsWith("    error: "));
  return errors.length === 0 ? printed : errors.slice(0, 3).join("\n");
}

function settingOf({ engine }: Installation): string {
  const processor = cpus()[0]?.model ?? "unknown";
  return (
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores (${processor}), Node ${process.versions.node}, ` +
    `Pulumi ${engine.version} with SDK ${pulumiVersion}.\nThe emulator takes ${CLOUD.latencyMilliseconds} ms for a call and ` +
    `${CLOUD.delayMilliseconds / 1_000} s to make or remove a group.`
  );
}

async function main(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    console.log(USAGE);
    return;
  }
  await bench(options);
}

process.once("SIGINT", () => {
  interruption.abort(new Error("Interrupted."));
});

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\n${messageOf(error)}`);
  process.exitCode = 1;
});
