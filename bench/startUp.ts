import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Installation } from "./installation";
import { Project } from "./project";

const execute = promisify(execFile);

/** How long it takes to begin, in seconds, some times over. */
export interface StartUp {
  /** `pulumi preview` of a program that imports Pulumi alone. */
  withoutPackage: number[];
  /** The same, of a program that imports this package as well. */
  withPackage: number[];
  /** `require("pulumi-manila/provider")` in a process with nothing else. */
  requireProvider: number[];
}

const timeOfRequire =
  'const start = performance.now(); require("pulumi-manila/provider"); console.log(performance.now() - start);';

/** Alternates between the two programs, so that noise hits both alike. */
export async function measureStartUp(installation: Installation, runs: number): Promise<StartUp> {
  const pulumi = 'require("@pulumi/pulumi");\n';
  const without = await Project.create(installation, pulumi);
  const withPackage = await Project.create(installation, `${pulumi}require("pulumi-manila");\n`);
  const measured: StartUp = { withoutPackage: [], withPackage: [], requireProvider: [] };
  for (let run = 0; run < runs; run += 1) {
    measured.withoutPackage.push(await preview(without));
    measured.withPackage.push(await preview(withPackage));
    const { stdout } = await execute(process.execPath, ["-e", timeOfRequire], { cwd: installation.folder });
    measured.requireProvider.push(Number(stdout) / 1_000);
  }
  return measured;
}

async function preview(project: Project): Promise<number> {
  const { seconds, failure } = await project.measure(["preview"], {});
  if (failure !== undefined) {
    throw new Error(failure);
  }
  return seconds;
}
