import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(__dirname, "../..");

const execute = promisify(execFile);

describe("npm run demo", function () {
  this.timeout("10m");

  it("takes the quickstart through its life, checks each step, and leaves nothing behind", async () => {
    const before = await leftovers();
    const demo = ["-r", "ts-node/register/transpile-only", join("demo", "demo.ts")];
    const { stdout } = await execute(process.execPath, demo, { cwd: ROOT });
    assert.match(stdout, /All of it did what it says/);
    assert.deepEqual(await leftovers(), before);
  });
});

async function leftovers(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith("pulumi-manila-demo-")).sort();
}
