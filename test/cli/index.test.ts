import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { version } from "../../package.json";

const RECORDING = join(__dirname, "recordings", "replaced.json");

interface Outcome {
  status: number | null;
  output: string;
  errors: string;
}

async function run(args: string[], input = ""): Promise<Outcome> {
  const cli = join(__dirname, "../../cli/index.ts");
  const child = spawn(process.execPath, ["--require", "ts-node/register/transpile-only", cli, ...args]);
  child.stdin.end(input);
  const ended = once(child, "close");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { status: child.exitCode, output, errors };
}

describe("pulumi-manila", () => {
  it("tells its commands and how to use each", async () => {
    for (const args of [[], ["--help"], ["-h"]]) {
      const { status, output } = await run(args);
      assert.equal(status, 0);
      assert.match(
        output,
        /^Usage: pulumi-manila COMMAND[^]*program +print the program[^]*review +turn a preview/,
      );
    }
    const { status, output } = await run(["review", "--help"]);
    assert.equal(status, 0);
    assert.match(output, /pulumi preview --refresh --show-sames --json \| pulumi-manila review/);
  });

  it("tells its version", async () => {
    assert.deepEqual(await run(["--version"]), { status: 0, output: `${version}\n`, errors: "" });
  });

  it("ends with 2 and a hint when it is called the wrong way", async () => {
    const wrong = [
      ...[["preview"], ["--verbose"], ["review", "--verbose"], ["review", "one.json", "two.json"]],
      ...[["program"], ["program", "database"], ["program", "--all", "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8"]],
    ];
    const outcomes = await Promise.all(wrong.map((args) => run(args)));
    outcomes.forEach(({ status, output, errors }, index) => {
      assert.equal(status, 2, wrong[index]?.join(" "));
      assert.equal(output, "");
      assert.match(errors, /^pulumi-manila: .+\n"pulumi-manila --help" tells how to use it\.\n$/);
    });
  });

  it("takes a state from standard input to recover what is lost, and refuses anything else", async () => {
    const { status, output, errors } = await run(["recover"], "error: no stack");
    assert.deepEqual([status, output], [1, ""]);
    assert.match(errors, /^pulumi-manila: This is not what "pulumi stack export" prints: it is no JSON\.\n$/);
    const state = { deployment: { manifest: { time: "2026-11-24T17:30:00Z" } } };
    assert.equal((await run(["recover", "--since", "noon"], JSON.stringify(state))).status, 2);
  });

  it("ends with 1 and the reason when it can't do what it was asked to", async () => {
    const missing = await run(["review", "missing.json"]);
    assert.equal(missing.status, 1);
    assert.match(missing.errors, /^pulumi-manila: ENOENT: no such file or directory, open 'missing.json'\n$/);
    const empty = await run(["review"]);
    assert.equal(empty.status, 1);
    assert.match(empty.errors, /The preview is empty: the command that makes it has failed/);
  });

  it("reads a preview from a file or from standard input, and prints the comment alone", async () => {
    const fromFile = await run(["review", RECORDING]);
    assert.equal(fromFile.status, 0);
    assert.match(fromFile.output, /^<!-- pulumi-manila review test\/dev -->\n/);
    assert.equal(fromFile.errors, "");
    const fromInput = await run(["review"], await readFile(RECORDING, "utf8"));
    assert.deepEqual(fromInput, fromFile);
  });
}).timeout(120_000);
