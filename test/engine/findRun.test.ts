import assert from "node:assert/strict";
import { run } from "../../engine/run";

const options = { environment: process.env, limitMs: 60_000 };

/** Runs JavaScript in a process of its own. */
function javascript(
  code: string,
  limitMs = options.limitMs,
  onLine?: (line: string) => void,
): Promise<string> {
  return run(process.execPath, ["-e", code], { ...options, limitMs, ...(onLine && { onLine }) });
}

describe("run", () => {
  it("returns what the command prints, and hands over its stderr by line", async () => {
    const lines: string[] = [];
    const output = await javascript("console.log('out'); console.error('one\\ntwo')", 60_000, (line) =>
      lines.push(line),
    );
    assert.equal(output, "out\n");
    assert.deepEqual(lines, ["one", "two"]);
  });

  it("names the command, its status and the end of its stderr when it fails", async () => {
    const code = "for (let i = 1; i <= 30; i++) console.error('line ' + i); process.exitCode = 3";
    await assert.rejects(javascript(code), (error) => {
      assert.ok(error instanceof Error);
      assert.ok(error.message.startsWith(`${process.execPath} exited with status 3: line 11\n`));
      assert.ok(error.message.endsWith("\nline 30"));
      return true;
    });
  });

  it("says that a command is not there", async () => {
    await assert.rejects(
      run("no-such-command", [], options),
      /no-such-command could not be started: .*ENOENT/,
    );
  });

  it("kills a command that takes too long, with what it has started", async () => {
    // The grandchild keeps stdout open, so without its death this would not end.
    const code =
      "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'], { stdio: 'inherit' })";
    await assert.rejects(javascript(code, 1_000), /took more than 1 s and was stopped/);
  });
});
