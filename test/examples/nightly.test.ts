import assert from "node:assert/strict";
import { z } from "zod";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { Stack } from "../engine/stack";

describe("The example of nightly snapshots", function () {
  this.timeout("10m");
  let emulator: Emulator;
  let stack: Stack;

  before(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
    stack = await Stack.ofExample("nightly", emulator.environment());
    await stack.succeed("config", "set", "keep", "2");
  });

  after(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** Runs it as on a night; gives the nights that it keeps, by its own account and by that of the cloud. */
  async function run(night: string): Promise<string[]> {
    await stack.succeed("config", "set", "night", night);
    await stack.up();
    const nights = z
      .array(z.string())
      .parse(JSON.parse(await stack.succeed("stack", "output", "nights", "--json")));
    const snapshots = await new ConsistencyGroupSnapshotApi(await cloudOf(emulator).manila()).list();
    assert.deepEqual(snapshots.map(({ name = "" }) => name.replace("nightly-dev-", "")).sort(), nights);
    return nights;
  }

  it("keeps the last ones, takes none for a night that was missed, and each only once", async () => {
    assert.deepEqual(await run("2026-11-22"), ["2026-11-22"]);
    assert.deepEqual(await run("2026-11-24"), ["2026-11-22", "2026-11-24"]);
    emulator.requests.reset();
    assert.deepEqual(await run("2026-11-25"), ["2026-11-24", "2026-11-25"]);
    const written = emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"))
      .map(({ method }) => method);
    assert.deepEqual(written, ["POST", "DELETE"]);
    emulator.requests.reset();
    await run("2026-11-25");
    assert.ok(
      emulator.requests.list().every(({ method, path }) => method === "GET" || !path.startsWith("/v2/")),
    );
  });
});
