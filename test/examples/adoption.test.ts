import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { byHand } from "../engine/operator";
import { Stack } from "../engine/stack";

describe("The example of adopted groups", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  before(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
    stack = await Stack.ofExample("adoption", emulator.environment());
  });

  after(async () => {
    await emulator.stop();
    await stack.remove();
  });

  it("takes over the groups that it is given, changes nothing, and leaves them when the stack goes", async () => {
    const groups = await byHand(emulator);
    await groups.create({ name: "database", description: "Tables and logs" });
    await groups.create({ name: "uploads" });
    await groups.create({ name: "somebody else's" });
    const before = await groups.detail();
    emulator.requests.reset();
    for (const [index, name] of ["database", "uploads"].entries()) {
      await stack.succeed("config", "set", "--path", `groups[${index}]`, name);
    }
    await stack.up();
    const adopted = (await stack.groups()).map(({ id }) => id);
    const wanted = before.filter(({ name }) => name !== "somebody else's").map(({ id }) => id);
    assert.deepEqual(adopted.sort(), wanted.sort());
    await stack.destroy();
    assert.deepEqual(await groups.detail(), before);
    const written = emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"));
    assert.deepEqual(written, []);
  });
});
