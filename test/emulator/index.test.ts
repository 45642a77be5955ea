import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, it } from "mocha";
import { startEmulator } from "../../emulator";
import { send } from "./http";

describe("The emulator", () => {
  it("listens on the loopback address, at a port of its own", async () => {
    const [one, other] = await Promise.all([startEmulator(), startEmulator()]);
    assert.match(one.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(one.url, other.url);
    await Promise.all([one.stop(), other.stop()]);
  });

  it("has users and groups of its own: what a test changes there is not seen in the next one", async () => {
    const one = await startEmulator();
    for (const user of one.seed.users) {
      user.password = "rotated";
    }
    await one.stop();
    const next = await startEmulator();
    assert.equal(next.environment().OS_PASSWORD, "emulator");
    await next.stop();
  });

  it("stops at once, though a connection is kept alive and a request is under way", async () => {
    const emulator = await startEmulator({ latencyMilliseconds: 60_000 });
    const agent = new Agent({ keepAlive: true });
    const outgoing = request(emulator.url, { agent });
    const failed: Promise<unknown[]> = once(outgoing, "error");
    outgoing.end();
    while (emulator.requests.highWaterMark === 0) {
      await nextTurn();
    }
    await emulator.stop();
    const [error] = await failed;
    assert.ok(error instanceof Error);
    agent.destroy();
  });

  it("sends the unversioned address of Manila on to the one with a slash", async () => {
    const emulator = await startEmulator();
    const { status, headers } = await send(`${emulator.url}/v2`, "GET");
    assert.deepEqual([status, headers.location], [302, `${emulator.url}/v2/`]);
    await emulator.stop();
  });
});
