import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "mocha";
import { login, send } from "./http";

function start(...args: string[]) {
  const cli = join(__dirname, "../../emulator/cli.ts");
  return spawn(process.execPath, ["--require", "ts-node/register/transpile-only", cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function exitCode(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once("exit", resolve));
}

describe("The emulator's command", () => {
  it("prints how to log in, and stops when it is told to", async () => {
    const child = start("--port", "0", "--delay", "50ms");
    const exited = exitCode(child);
    let printed = "";
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (printed.includes("OS_IDENTITY_API_VERSION")) {
        break;
      }
    }
    const variable = (name: string) => new RegExp(`^export ${name}=(.*)$`, "m").exec(printed)?.[1] ?? "";
    const token = await login(variable("OS_AUTH_URL").replace(/\/v3$/, ""), {
      user: variable("OS_USERNAME"),
      password: variable("OS_PASSWORD"),
      project: variable("OS_PROJECT_NAME"),
    });
    assert.notEqual(token, "");
    child.kill("SIGTERM");
    assert.equal(await exited, 0);
  }).timeout(20_000);

  it("serves share groups where it is told to", async () => {
    const child = start("--port", "0", "--share-groups");
    const exited = exitCode(child);
    let printed = "";
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (url !== undefined) {
        assert.match((await send(url, "GET")).text, /"version":"2\.99"/);
        break;
      }
    }
    child.kill("SIGTERM");
    assert.equal(await exited, 0);
  }).timeout(20_000);

  it("says what is wrong with an option", async () => {
    const child = start("--delay", "2");
    const [code, errors] = await Promise.all([exitCode(child), text(child.stderr)]);
    assert.equal(code, 1);
    assert.match(errors, /"2" is no duration[^]*at delay/);
  }).timeout(20_000);
});
