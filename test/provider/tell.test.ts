import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const TELL = join(__dirname, "..", "..", "provider", "tell");

describe("tell", () => {
  const script = `process.stdin.resume().once("end", () => require(${JSON.stringify(TELL)}).tell("waiting"))`;
  const start = () => spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script]);

  it("writes a line to stderr, which the engine shows", async () => {
    const child = start();
    let written = "";
    child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString()));
    child.stdin.end();
    await once(child, "close");
    assert.equal(written, "pulumi-manila: waiting\n");
  });

  // Pulumi's plugin tells of what nobody catches on stderr, and so again of that, for ever.
  it("is no failure where nobody listens any more, such as an engine that was killed", async () => {
    const child = start();
    child.stderr.destroy();
    await once(child.stderr, "close");
    child.stdin.end();
    await once(child, "close");
    assert.equal(child.exitCode, 0);
  });
});
