import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { startLimit } from "./cloud";

const ROOT = resolve(__dirname, "../..");

const execute = promisify(execFile);

describe("npm run demo -- --real", function () {
  this.timeout(startLimit);

  it("takes the quickstart through its life on a real Keystone and Manila, and checks each step", async () => {
    const demo = ["-r", "ts-node/register/transpile-only", join("demo", "demo.ts"), "--real"];
    const { stdout } = await execute(process.execPath, demo, { cwd: ROOT });
    assert.match(stdout, /All of it did what it says/);
  });
});
