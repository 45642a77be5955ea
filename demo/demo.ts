import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engineEnvironment, findEngine } from "../engine";
import { startEmulatedCloud, startRealCloud } from "./cloud";
import type { DemoCloud } from "./cloud";
import { Pulumi } from "./pulumi";
import { copyOfQuickstart, withoutOpenStack } from "./quickstart";
import { steps } from "./steps";
import type { Step } from "./steps";

/*
 * The life of the quickstart's stack, from its creation to its end, on the real engine. The cloud is the emulator
 * or, with --real, a real Keystone and Manila. Every step checks that it did what its heading says.
 */

interface Result {
  heading: string;
  milliseconds: number;
  reads: number;
  writes: number;
}

async function demo({ real }: { real: boolean }): Promise<void> {
  const engine = await findEngine();
  console.log(`Pulumi ${engine.version}, from ${engine.directory}`);
  const cloud = await (real ? startRealCloud() : startEmulatedCloud());
  const folder = await mkdtemp(join(tmpdir(), "pulumi-manila-demo-"));
  try {
    const environment = { ...withoutOpenStack(process.env), ...cloud.environment() };
    const pulumi = new Pulumi(await copyOfQuickstart(folder), engineEnvironment(engine, folder, environment));
    await pulumi.quietly("stack", "init", "demo");
    const results: Result[] = [];
    for (const [index, step] of steps.entries()) {
      console.log(`\n${bold(`${index + 1}. ${step.heading}`)}`);
      results.push(await perform(step, pulumi, cloud));
    }
    summarize(results);
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function perform(step: Step, pulumi: Pulumi, cloud: DemoCloud): Promise<Result> {
  const started = performance.now();
  const printed = await step.run(pulumi, cloud);
  const methods = cloud.methods();
  const writes = methods.filter((method) => method !== "GET");
  assert.match(printed, step.counted, `step "${step.heading}" did something else`);
  assert.deepEqual(writes, step.writes, `step "${step.heading}" made other requests`);
  const milliseconds = performance.now() - started;
  return {
    heading: step.heading,
    milliseconds,
    reads: methods.length - writes.length,
    writes: writes.length,
  };
}

function summarize(results: Result[]): void {
  console.log(`\n${bold("All of it did what it says")}\n`);
  console.log("   seconds  reads  writes");
  for (const { heading, milliseconds, reads, writes } of results) {
    const columns = [
      (milliseconds / 1_000).toFixed(1).padStart(10),
      String(reads).padStart(7),
      String(writes).padStart(8),
    ];
    console.log(`${columns.join("")}  ${heading}`);
  }
}

function bold(text: string): string {
  return process.stdout.isTTY ? `\u001B[1m${text}\u001B[22m` : text;
}

// The running command gets the signal as well and ends, so the demo does too, by way of its own cleaning up.
process.once("SIGINT", () => (process.exitCode = 130));

const { values } = parseArgs({ options: { real: { type: "boolean", default: false } } });

demo(values).catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode ??= 1;
});
