import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Pulumi } from "../demo/pulumi";
import { engineEnvironment } from "../engine";
import { messageOf } from "../engine/errors";
import type { Installation } from "./installation";
import { MemoryWatch } from "./memory";

/** How a command went. */
export interface Outcome {
  seconds: number;
  peakMemoryBytes?: number;
  /** What the command printed if it failed. */
  failure?: string;
}

/** A Pulumi project with one stack, in a folder of the installation. */
export class Project {
  private constructor(
    private readonly installation: Installation,
    private readonly folder: string,
  ) {}

  /** `program` is the body of a Node module. */
  static async create(installation: Installation, program: string): Promise<Project> {
    const folder = await mkdtemp(join(installation.folder, "project-"));
    await mkdir(join(folder, "state"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
    await writeFile(join(folder, "package.json"), JSON.stringify({ main: "index.js" }));
    await writeFile(join(folder, "index.js"), program);
    const project = new Project(installation, folder);
    await project.pulumi({}).quietly("stack", "init", "dev");
    return project;
  }

  /** Runs a `pulumi` command, with these variables and no others of the user's. */
  async measure(command: readonly string[], variables: Record<string, string>): Promise<Outcome> {
    const pulumi = this.pulumi(variables);
    const plugin = join(this.installation.folder, "node_modules/@pulumi/pulumi/cmd/dynamic-provider");
    const watch = new MemoryWatch(plugin);
    const start = performance.now();
    const failure = await failureOf(pulumi.quietly(...command));
    const seconds = (performance.now() - start) / 1_000;
    return { seconds, peakMemoryBytes: watch.stop(), failure };
  }

  /** How large the state is, as the engine stores it. */
  async stateBytes(): Promise<number> {
    const file = join(this.folder, "state", ".pulumi", "stacks", "bench", "dev.json");
    return (await readFile(file)).length;
  }

  private pulumi(variables: Record<string, string>): Pulumi {
    // A home of its own hides the clouds.yaml of whoever runs this.
    const base = { PATH: process.env.PATH, HOME: this.folder, ...variables };
    return new Pulumi(this.folder, engineEnvironment(this.installation.engine, this.folder, base));
  }
}

/** What is told by the error of work that fails; undefined if it succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
