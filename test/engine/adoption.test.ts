import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { byHand, groupIds } from "./operator";
import { Stack } from "./stack";

const GROUPS = "/v2/{project_id}/consistency-groups";
const MANY = 50;

describe("Consistency groups that were made by hand, on the real engine", function () {
  this.timeout("10m");
  let emulator: Emulator;
  let ids: string[];
  let stack: Stack;

  before(async () => {
    emulator = await startEmulator();
    const groups = await byHand(emulator);
    const numbers = Array.from({ length: MANY }, (_, number) => number);
    const made = await Promise.all(
      numbers.map((number) => groups.create({ name: `group-${number}`, description: `Number ${number}` })),
    );
    ids = made.map(({ id }) => id);
    stack = await Stack.create("", emulator.environment());
  });

  after(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** A program with all of them; of the first two, with options of their own. */
  function declaring({ imported = true, first = {}, second = {} }): string {
    const groups = ids.map((importId, number) => ({
      args: { description: `Number ${number}`, ...(imported && { importId }) },
      options: [first, second][number] ?? {},
    }));
    return `for (const [number, { args, options }] of ${JSON.stringify(groups)}.entries()) {
      new manila.ConsistencyGroup("group-" + number, args, options);
    }`;
  }

  const OPTIONS = { first: { protect: true }, second: { retainOnDelete: true } };

  it(`are taken over, ${MANY} in one up, which makes and changes none, and the next preview is empty`, async () => {
    emulator.requests.reset();
    await stack.write(declaring(OPTIONS));
    await stack.up();
    const recorded = (await stack.groups()).map(({ id }) => id);
    assert.deepEqual(recorded.sort(), [...ids].sort());
    assert.deepEqual((await groupIds(emulator)).sort(), [...ids].sort());
    const written = emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"));
    assert.deepEqual(written, []);
    console.log(`        ${emulator.requests.count()} requests for ${MANY} groups`);
    assert.deepEqual(await stack.preview(), []);
  });

  it("are the same without importId, and as they are on the cloud", async () => {
    await stack.write(declaring({ ...OPTIONS, imported: false }));
    emulator.requests.reset();
    assert.deepEqual(await stack.preview(), []);
    await stack.up();
    assert.equal(emulator.requests.count(), 0);
    await stack.refresh();
    assert.deepEqual(await stack.preview(), []);
  });

  it("are protected as everything is, and retained as everything is", async () => {
    const [protectedId, retainedId] = ids;
    const output = await stack.fail("destroy", "--yes", "--skip-preview");
    assert.match(output, /group-0[^]*cannot be deleted\s+because it is protected/);
    assert.deepEqual((await groupIds(emulator)).sort(), [protectedId, retainedId].sort());
    await stack.succeed("state", "unprotect", "--all", "--yes");
    await stack.destroy();
    assert.deepEqual(await groupIds(emulator), [retainedId]);
    assert.deepEqual(await stack.groups(), []);
  });

  it("are refused where the program says what they are not, with both values", async () => {
    const [, retained = ""] = ids;
    const ssd = "22222222-2222-4222-8222-222222222222";
    await stack.write(
      `new manila.ConsistencyGroup("other", { importId: "${retained}", shareTypes: ["ssd"] });`,
    );
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const values = `shareTypes \\["11111111-.*"\\], not \\["${ssd}"\\]`;
    assert.match(output, new RegExp(`"group-1" \\(${retained}\\) is there already, and has ${values}`));
    assert.deepEqual(await stack.groups(), []);
    assert.equal(emulator.requests.count(`POST ${GROUPS}`), 0);
  });
});
