import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { startEmulator, type Emulator } from "../../../emulator";
import { ManilaClient } from "./client";

const COUNT = 1001;

describe("Lists of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let names: string[];

  before(async () => {
    emulator = await startEmulator();
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
    names = Array.from({ length: COUNT }, (_, index) => `group-${String(index).padStart(4, "0")}`);
    for (const name of names) {
      await member.createGroup({ name });
    }
  }).timeout(20_000);
  after(() => emulator.stop());

  it("hold at most a thousand, and the rest is had by offset", async () => {
    const first = await member.listNames();
    const rest = await member.listNames(`?offset=${first.length}`);
    assert.deepEqual([first.length, rest.length], [1000, 1]);
    assert.deepEqual([...first, ...rest].sort(), names);
  });

  it("take a limit of 0 or beyond a thousand for a thousand", async () => {
    assert.equal((await member.listNames("?limit=0")).length, 1000);
    assert.equal((await member.listNames("?limit=5000")).length, 1000);
  });

  it("have a next link whose marker leads back to the first page", async () => {
    const first = await member.send("GET", "/consistency-groups?limit=2");
    const marker = /marker=([0-9a-f-]+)/.exec(first.text)?.[1] ?? "";
    assert.notEqual(marker, "");
    assert.deepEqual(await member.listNames(`?limit=2&marker=${marker}`), await member.listNames("?limit=2"));
  });

  it("refuse a limit or an offset that is no number from 0 on", async () => {
    for (const query of ["?limit=x", "?offset=1.5", "?limit=-1", "?offset=-1"]) {
      assert.equal(await member.status("GET", `/consistency-groups${query}`), 400, query);
    }
  });
});
