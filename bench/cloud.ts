import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { EmulatorSettings as Settings } from "../emulator";
import type { Calls } from "./calls";

/** How the emulator behaves. */
export type EmulatorSettings = Pick<
  Settings,
  "generation" | "delayMilliseconds" | "latencyMilliseconds" | "requestsPerSecond"
>;

export const emulatorSettings: z.ZodType<EmulatorSettings> = z.object({
  generation: z.enum(["consistencyGroups", "shareGroups"]).optional(),
  delayMilliseconds: z.number().optional(),
  latencyMilliseconds: z.number().optional(),
  requestsPerSecond: z.number().optional(),
});

const started = z.object({ environment: z.record(z.string(), z.string()) });

const count = z.number();

const counted = z.object({
  calls: z.object({
    token: count,
    POST: count,
    PUT: count,
    DELETE: count,
    GET: count,
    list: count,
    discovery: count,
    refused: count,
  }),
});

/** An emulator in a process of its own, so that its work is not that of the run. */
export class EmulatedCloud {
  private constructor(
    private readonly child: ChildProcess,
    /** The `OS_*` variables that lead there. */
    readonly environment: Record<string, string>,
  ) {}

  static async start(settings: EmulatorSettings): Promise<EmulatedCloud> {
    const child = fork(join(__dirname, "emulatorProcess.ts"), [JSON.stringify(settings)], {
      execArgv: ["--require", "ts-node/register/transpile-only"],
    });
    return new EmulatedCloud(child, started.parse(await answerOf(child)).environment);
  }

  /** The calls since the last time, or since the start. */
  async takeCalls(): Promise<Calls> {
    const answer = answerOf(this.child);
    this.child.send("take");
    return counted.parse(await answer).calls;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, "exit");
    this.child.disconnect();
    await exited;
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const exit = () => {
    ended.abort(new Error("The emulator has ended by itself."));
  };
  child.once("exit", exit);
  try {
    const received: unknown[] = await once(child, "message", { signal: ended.signal });
    return received[0];
  } finally {
    child.off("exit", exit);
  }
}
