import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { hasCode } from "./errors";

/** How a command is run. */
export interface RunOptions {
  /** Working directory; default: that of this process. */
  readonly directory?: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which the command, with all that it started, is killed. */
  readonly limitMs: number;
  /** Gets each line of the command's stderr as it comes. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a command to its end and returns its stdout. Fails with an Error that names the command and holds the last
 * lines of its stderr when it cannot be started, exits with another status than 0, or runs out of time.
 */
export type Run = (
  command: string,
  commandArguments: readonly string[],
  options: RunOptions,
) => Promise<string>;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const linesInErrors = 20;

export const run: Run = async (command, commandArguments, options) => {
  const child = spawn(command, commandArguments, {
    cwd: options.directory,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    // Its own process group, so that killing it reaches what it has started.
    detached: process.platform !== "win32",
  });
  const lastLines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    options.onLine?.(line);
    lastLines.push(line);
    if (lastLines.length > linesInErrors) {
      lastLines.shift();
    }
  });
  const time = AbortSignal.timeout(options.limitMs);
  const release = killOn(time, child);
  try {
    const [stdout, failure] = await Promise.all([text(child.stdout), failureOf(child)]);
    if (failure === undefined) {
      return stdout;
    }
    const reason = time.aborted ? `took more than ${options.limitMs / 1000} s and was stopped` : failure;
    const details = lastLines.length === 0 ? "" : `: ${lastLines.join("\n")}`;
    throw new Error(`${command} ${reason}${details}`);
  } finally {
    release();
  }
};

function failureOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(`could not be started: ${error.message}`);
    });
    child.once("close", (status, signal) => {
      if (status === 0) {
        resolve(undefined);
      } else {
        resolve(signal === null ? `exited with status ${status ?? "unknown"}` : `was ended by ${signal}`);
      }
    });
  });
}

/** Kills the command when its time is up or this process is interrupted; returns what ends this watch. */
function killOn(time: AbortSignal, child: ChildProcess): () => void {
  const onTime = () => {
    killTree(child);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    killTree(child);
    // This listener is gone by now, so the signal has its usual effect.
    process.kill(process.pid, signal);
  };
  time.addEventListener("abort", onTime);
  for (const signal of signals) {
    process.once(signal, onSignal);
  }
  return () => {
    time.removeEventListener("abort", onTime);
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // ESRCH: all of them have just ended by themselves.
    if (!hasCode(error, "ESRCH")) {
      throw error;
    }
  }
}
