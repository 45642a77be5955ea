import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { startEmulator, type Emulator } from "../../emulator";
import { ManilaClient } from "./manila/client";

describe("The rate limit of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-23T12:00:00Z");
    emulator = await startEmulator({ clock: () => now, requestsPerSecond: 2 });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const list = async () => {
    const { status, headers } = await member.send("GET", "/consistency-groups");
    return [status, headers["retry-after"]];
  };

  it("answers as many requests as flow in, and says of others when to come again", async () => {
    assert.deepEqual(
      [await list(), await list()],
      [
        [200, undefined],
        [200, undefined],
      ],
    );
    assert.deepEqual(await list(), [429, "1"]);
    now += 500;
    assert.deepEqual(await list(), [200, undefined]);
    assert.deepEqual(await list(), [429, "1"]);
  });

  it("saves up no more than a second's worth", async () => {
    now += 60_000;
    const statuses = [];
    for (let index = 0; index < 4; index += 1) {
      statuses.push((await list())[0]);
    }
    assert.deepEqual(statuses, [200, 200, 429, 429]);
  });

  it("does not concern Keystone", async () => {
    for (let index = 0; index < 4; index += 1) {
      await ManilaClient.connect(emulator, { user: "member", project: "demo" });
    }
    assert.equal(emulator.requests.count("POST /identity/v3/auth/tokens"), 5);
  });
});
