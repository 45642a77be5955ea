import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EmulatedCloud } from "./cloud";
import type { EmulatorSettings } from "./cloud";
import type { Installation } from "./installation";
import type { Measurement, Operation } from "./measurement";
import { failureOf } from "./project";

const execute = promisify(execFile);

const SCRIPT = join(__dirname, "programs", "openstacksdk.py");

/** Installs openstacksdk into a folder of the installation, and gives the Python that has it. */
export async function installOpenstacksdk({ folder }: Installation): Promise<string> {
  const environment = join(folder, "python");
  await execute("python3", ["-m", "venv", environment]);
  const python = join(environment, "bin", "python");
  await execute(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "openstacksdk"]);
  return python;
}

/** Has the script make so many groups, and remove them. */
export async function runScript(
  python: string,
  cloud: EmulatorSettings,
  groups: number,
  report: (measurement: Measurement) => void,
): Promise<Measurement[]> {
  const emulator = await EmulatedCloud.start(cloud);
  const measurements: Measurement[] = [];
  try {
    for (const operation of ["create", "destroy"] as const) {
      const measurement = await measure(python, emulator, groups, operation);
      report(measurement);
      measurements.push(measurement);
    }
  } finally {
    await emulator.stop();
  }
  return measurements;
}

async function measure(
  python: string,
  emulator: EmulatedCloud,
  groups: number,
  operation: Operation,
): Promise<Measurement> {
  // A home of its own hides the clouds.yaml of whoever runs this.
  const env = { PATH: process.env.PATH, HOME: dirname(python), ...emulator.environment };
  const start = performance.now();
  const failure = await failureOf(execute(python, [SCRIPT, operation, String(groups)], { env }));
  const seconds = (performance.now() - start) / 1_000;
  const calls = await emulator.takeCalls();
  const width = { groups, parallel: "default" } as const;
  return { contender: "openstacksdk", operation, ...width, seconds, calls, stateBytes: 0, failure };
}
