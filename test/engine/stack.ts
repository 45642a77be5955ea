import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { engineEnvironment, findEngine } from "../../engine";
import { installed } from "./installation";

const ROOT = resolve(__dirname, "../..");

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  delete: z.boolean().optional(),
  initErrors: z.array(z.string()).optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

const deployment = z.object({ deployment: z.object({ resources: z.array(resource).default([]) }) });

const preview = z.object({
  steps: z.array(
    z.object({ op: z.string(), urn: z.string(), replaceReasons: z.array(z.string()).nullish() }),
  ),
});

/** A resource as the stack's state has it. */
export type Resource = z.infer<typeof resource>;

/** A Pulumi stack with a program of its own, on the real engine and the installed package, driven by `pulumi` commands. */
export class Stack {
  private constructor(
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `settings` are the `OS_*` variables; no other ones reach the engine. */
  static async create(program: string, settings: Record<string, string>): Promise<Stack> {
    const { engine, folder: installation } = await installed();
    const folder = await mkdtemp(join(installation, "stack-"));
    await mkdir(join(folder, "state"));
    // A home of its own hides the clouds.yaml of whoever runs the tests.
    const base = { PATH: process.env.PATH, HOME: folder, ...settings };
    const stack = new Stack(folder, engineEnvironment(engine, folder, base));
    await writeFile(join(folder, "Pulumi.yaml"), "name: test\nruntime: nodejs\n");
    await writeFile(join(folder, "package.json"), JSON.stringify({ main: "index.js" }));
    await stack.write(program);
    await stack.succeed("stack", "init", "dev");
    return stack;
  }

  /** A stack of an example, on the package as it is in this checkout. */
  static async ofExample(name: string, settings: Record<string, string>): Promise<Stack> {
    const engine = await findEngine();
    const folder = await mkdtemp(join(tmpdir(), `pulumi-manila-${name}-`));
    await cp(join(ROOT, "examples", name), folder, { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    await mkdir(join(folder, "state"));
    const base = { PATH: process.env.PATH, HOME: folder, ...settings };
    const stack = new Stack(folder, engineEnvironment(engine, folder, base));
    await stack.succeed("stack", "init", "dev");
    return stack;
  }

  /** Puts another program in place: the body of a Node module in which `manila` and `pulumi` are at hand. */
  async write(program: string): Promise<void> {
    const head = 'const manila = require("pulumi-manila");\nconst pulumi = require("@pulumi/pulumi");\n';
    await writeFile(join(this.folder, "index.js"), head + program);
  }

  /** Runs a `pulumi` command that must succeed; gives what it printed. */
  async succeed(...command: string[]): Promise<string> {
    const { status, output } = await this.run(command);
    assert.equal(status, 0, `pulumi ${command.join(" ")}:\n${output}`);
    return output;
  }

  /** Runs a `pulumi` command that must fail; gives what it printed. */
  async fail(...command: string[]): Promise<string> {
    const { status, output } = await this.run(command);
    assert.notEqual(status, 0, `pulumi ${command.join(" ")} should have failed:\n${output}`);
    return output;
  }

  async up(): Promise<string> {
    return await this.succeed("up", "--yes", "--skip-preview");
  }

  async refresh(): Promise<string> {
    return await this.succeed("refresh", "--yes", "--skip-preview");
  }

  async destroy(): Promise<string> {
    return await this.succeed("destroy", "--yes", "--skip-preview");
  }

  /** What a preview announces for the groups: each one's operation, those that stay the same left out. */
  async preview(): Promise<string[]> {
    const { steps } = preview.parse(JSON.parse(await this.succeed("preview", "--json")));
    return steps
      .filter(({ op, urn }) => op !== "same" && urn.includes("ConsistencyGroup"))
      .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);
  }

  /** The consistency groups in the state. */
  async groups(): Promise<Resource[]> {
    return (await this.resources()).filter(({ type }) => type.endsWith(":ConsistencyGroup"));
  }

  /** The one consistency group in the state. */
  async group(): Promise<Resource> {
    const [group, ...others] = await this.groups();
    assert.ok(group !== undefined && others.length === 0, "there is not exactly one group in the state");
    return group;
  }

  /** The one resource in the state that has this name in the program. */
  async resource(name: string): Promise<Resource> {
    const [found, ...others] = (await this.resources()).filter(({ urn }) => urn.endsWith(`::${name}`));
    assert.ok(found !== undefined && others.length === 0, `there is not exactly one ${name} in the state`);
    return found;
  }

  /** The ids of the groups, snapshots and shares in the state. */
  async ids(): Promise<string[]> {
    const made = (await this.resources()).filter(({ type }) => type.includes(":dynamic/manila:"));
    return made.flatMap(({ id }) => id ?? []);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Starts a `pulumi` command. */
  start(...command: string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn("pulumi", [...command, "--non-interactive"], {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs lines of a shell as a user would, in the project's folder; gives what they printed. */
  async shell(lines: string): Promise<string> {
    const { status, output } = await outcome(
      spawn("bash", ["-euo", "pipefail", "-c", lines], {
        cwd: this.folder,
        env: this.environment,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    assert.equal(status, 0, `${lines}\n${output}`);
    return output;
  }

  private async resources(): Promise<Resource[]> {
    return deployment.parse(JSON.parse(await this.succeed("stack", "export"))).deployment.resources;
  }

  private async run(command: string[]): Promise<Outcome> {
    return await outcome(this.start(...command));
  }
}

interface Outcome {
  status: number | null;
  output: string;
}

async function outcome(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Outcome> {
  const ended = once(child, "close");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { status: child.exitCode, output: stdout + stderr };
}
