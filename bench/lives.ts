import { EmulatedCloud } from "./cloud";
import type { EmulatorSettings } from "./cloud";
import type { Installation } from "./installation";
import { operations } from "./measurement";
import type { Measurement, Operation, Parallel, Provider } from "./measurement";
import { program } from "./program";
import { Project } from "./project";

const update = ["up", "--yes", "--skip-preview"];

const commands: Record<Operation, readonly string[]> = {
  preview: ["preview"],
  create: update,
  "nothing to do": update,
  refresh: ["refresh", "--yes", "--skip-preview"],
  "rename all": update,
  destroy: ["destroy", "--yes", "--skip-preview"],
};

/** What changes nothing can be run as often as it takes to see it through the noise. */
const REPEATS: Partial<Record<Operation, number>> = { preview: 3, "nothing to do": 3, refresh: 3 };

/** A stack's life, from its creation to its end, some times over. */
export interface Life {
  groups: number;
  parallel: Parallel;
  runs: number;
  contenders: readonly Provider[];
  /** Default: all of them. */
  operations?: readonly Operation[];
}

/** Runs the contenders side by side: each operation with one after the other, so that noise hits them alike. */
export async function live(
  installation: Installation,
  cloud: EmulatorSettings,
  life: Life,
  report: (measurement: Measurement) => void,
): Promise<Measurement[]> {
  const stacks = await Promise.all(
    life.contenders.map((contender) => newStack(installation, cloud, contender)),
  );
  const measurements: Measurement[] = [];
  try {
    for (let run = 0; run < life.runs; run += 1) {
      for (const operation of (life.operations ?? operations).flatMap(repeated)) {
        for (const stack of stacks) {
          const measurement = await measure(stack, cloud, life, operation);
          report(measurement);
          measurements.push(measurement);
        }
      }
    }
  } finally {
    await Promise.all(stacks.map((stack) => stack.emulator.stop()));
  }
  return measurements;
}

function repeated(operation: Operation): Operation[] {
  return Array.from({ length: REPEATS[operation] ?? 1 }, () => operation);
}

interface Stack {
  contender: Provider;
  project: Project;
  emulator: EmulatedCloud;
}

async function newStack(
  installation: Installation,
  cloud: EmulatorSettings,
  contender: Provider,
): Promise<Stack> {
  const project = await Project.create(installation, await program(contender));
  return { contender, project, emulator: await EmulatedCloud.start(cloud) };
}

async function measure(
  { contender, project, emulator }: Stack,
  { delayMilliseconds, requestsPerSecond: rateLimit }: EmulatorSettings,
  { groups, parallel }: Life,
  operation: Operation,
): Promise<Measurement> {
  const wide = parallel === "default" ? [] : ["--parallel", String(parallel)];
  const outcome = await project.measure([...commands[operation], ...wide], {
    ...emulator.environment,
    BENCH_GROUPS: String(groups),
    BENCH_PREFIX: operation === "rename all" ? "renamed" : "group",
    BENCH_PROVISIONING: String(delayMilliseconds),
    BENCH_FLOOR: contender === "fullFloor" ? "full" : "bare",
  });
  const [calls, stateBytes] = await Promise.all([emulator.takeCalls(), project.stateBytes()]);
  return { contender, operation, groups, parallel, rateLimit, ...outcome, calls, stateBytes };
}
