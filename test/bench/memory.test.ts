import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { MemoryWatch } from "../../bench/memory";

const MEGABYTE = 1_000_000;

describe("The memory of a process", () => {
  it("is the most that it has had, even if it has given it back", async function () {
    if (process.platform !== "linux") {
      this.skip();
    }
    const name = randomUUID();
    const script = `Buffer.alloc(200e6, 1); setTimeout(() => undefined, 300); // ${name}`;
    const watch = new MemoryWatch(name);
    await once(spawn(process.execPath, ["-e", script]), "exit");
    const peak = watch.stop() ?? 0;
    assert.ok(peak > 200 * MEGABYTE && peak < 400 * MEGABYTE, `${peak} bytes`);
  });

  it("is not known of a process that is not there", () => {
    assert.equal(new MemoryWatch(randomUUID()).stop(), undefined);
  });
});
