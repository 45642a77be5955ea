import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(__dirname, "../..");

const execute = promisify(execFile);

describe("npm run bench", function () {
  this.timeout("5m");

  it("measures ours beside the floor, and all that it counts is as promised", async () => {
    const part = "--groups 2 --parallel default --only floor,ours --runs 1 --quick".split(" ");
    const bench = ["-r", "ts-node/register/transpile-only", join("bench", "bench.ts"), ...part];
    const { stdout } = await execute(process.execPath, bench, { cwd: ROOT });
    assert.match(stdout, /\| create \| [\d.]+ s \| - \| [\d.]+ × \| - \| 1 token, 2 POST, /);
    assert.match(stdout, /\| commands that fail \| 0 \| 0 \| 2 groups \| met \|/);
    if (process.platform === "linux") {
      assert.match(stdout, /## Memory of the plugin\n[^]*\| 2 groups \| \d+ MB \| - \| \d+ MB \|/);
    }
  });
});
