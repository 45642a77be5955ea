import { readdirSync, readFileSync } from "node:fs";
import { hasCode } from "../engine/errors";

const LOOK_EVERY_MILLISECONDS = 100;

/** Watches the process whose command line has `script`, which ends with the operation. */
export class MemoryWatch {
  private pid: string | undefined;
  private peak: number | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly script: string) {
    this.timer = setInterval(() => {
      this.look();
    }, LOOK_EVERY_MILLISECONDS);
  }

  /** Ends the watch; gives the most memory the process has had, in bytes. Undefined where there is no /proc. */
  stop(): number | undefined {
    clearInterval(this.timer);
    return this.peak;
  }

  private look(): void {
    this.pid ??= processes().find((pid) => read(pid, "cmdline").includes(this.script));
    if (this.pid !== undefined) {
      this.peak = peakOf(read(this.pid, "status")) ?? this.peak;
    }
  }
}

function processes(): string[] {
  return process.platform === "linux" ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
}

/** Empty for a process that has just ended. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT", "ESRCH", "EACCES")) {
      return "";
    }
    throw error;
  }
}

function peakOf(status: string): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
