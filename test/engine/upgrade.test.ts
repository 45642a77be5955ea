import assert from "node:assert/strict";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import { declaring, idsOf, shareIn, SUCCESSOR } from "./olderStack";
import { Stack } from "./stack";

describe("A stack whose cloud is upgraded from consistency groups to share groups", function () {
  this.timeout("10m");
  let emulator: Emulator;
  let stack: Stack;
  /** The ids by the names in the program. */
  let before: Awaited<ReturnType<typeof idsOf>>;

  beforeEach("make the stack, and upgrade its cloud", async () => {
    emulator = await startEmulator({ delayMilliseconds: 100 });
    stack = await Stack.create(declaring(), emulator.environment());
    await stack.up();
    before = await idsOf(stack);
    emulator.upgrade();
    emulator.requests.reset();
  });

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** What has changed something on the cloud, in order: the method and the path's end. */
  function changes(): string[] {
    return emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"))
      .map(({ method, path }) => `${method} ${path.split("/").slice(3).join("/")}`);
  }

  it("has no change in the next preview, before and after a refresh, and in an up", async () => {
    const expectingNone = ["--expect-no-changes"];
    await stack.succeed("preview", ...expectingNone);
    assert.equal(emulator.requests.count(), 0);
    await stack.succeed("refresh", "--yes", "--skip-preview", ...expectingNone);
    await stack.succeed("preview", ...expectingNone);
    await stack.succeed("up", "--yes", "--skip-preview", ...expectingNone);
    assert.deepEqual(await idsOf(stack), before);
    assert.deepEqual(changes(), []);
  });

  it("is changed in place by way of share groups, and destroyed", async () => {
    const { database, tables, nightly, restored, copy } = before;
    await stack.write(
      declaring({
        group: { name: "shop" },
        snapshot: { description: "Old" },
        share: { name: "rows", size: 2 },
      }),
    );
    await stack.up();
    assert.deepEqual(await idsOf(stack), before);
    assert.deepEqual(changes().sort(), [
      `POST shares/${tables}/action`,
      `PUT share-group-snapshots/${nightly}`,
      `PUT share-groups/${database}`,
      `PUT shares/${tables}`,
    ]);
    const group = await stack.resource("database");
    assert.deepEqual([group.outputs.name, group.outputs.status], ["shop", "available"]);
    assert.equal((await stack.resource("tables")).outputs.size, 2);
    emulator.requests.reset();
    await stack.destroy();
    assert.deepEqual(changes(), [
      `DELETE shares/${copy}?share_group_id=${restored}`,
      `DELETE share-groups/${restored}`,
      `DELETE share-group-snapshots/${nightly}`,
      `DELETE shares/${tables}?share_group_id=${database}`,
      `DELETE share-groups/${database}`,
    ]);
    const groups = new ConsistencyGroupApi(await cloudOf(emulator).manila());
    assert.deepEqual(await groups.list(), []);
  });

  it("loses nothing to a pinned microversion of consistency groups, until an up without it", async () => {
    const refresh = ["refresh", "--yes", "--skip-preview"];
    const refusal = /The pinned microversion 2\.22 .* pin one from 2\.31 to 2\.99, or none/;
    await stack.succeed("config", "set", "manila:microversion", "2.22");
    await stack.up();
    assert.match(await stack.fail(...refresh), refusal);
    await stack.succeed("config", "rm", "manila:microversion");
    // Pulumi takes the configuration of the last up for it.
    assert.match(await stack.fail(...refresh), refusal);
    await stack.up();
    await stack.succeed(...refresh, "--expect-no-changes");
    assert.deepEqual(await idsOf(stack), before);
  });

  it("shows what is changed by hand since, and repairs it", async () => {
    const groups = new ConsistencyGroupApi(await cloudOf(emulator).manila());
    await groups.update(before.database, { name: "mine" });
    await stack.refresh();
    assert.match(await stack.succeed("preview", "--diff"), /~ name\s*: "mine" => "database"/);
    await stack.up();
    assert.equal((await groups.get(before.database)).name, "database");
    assert.deepEqual(await idsOf(stack), before);
  });

  it("has another group made by a program that asks for one, with what only share groups have", async () => {
    await stack.write(
      `${declaring()}
      new manila.ConsistencyGroup("added", { shareGroupType: "default", availabilityZone: "nova" });`,
    );
    assert.deepEqual(await stack.preview(), ["create added"]);
    await stack.up();
    const { outputs } = await stack.resource("added");
    assert.deepEqual([outputs.availabilityZone, outputs.consistentSnapshotSupport], ["nova", "pool"]);
    assert.deepEqual(await idsOf(stack), before);
  });

  it("gets new shares not into an old group, but into one that is made from it", async () => {
    await stack.write(declaring() + shareIn("database"));
    assert.match(
      await stack.fail("up", "--yes", "--skip-preview"),
      new RegExp(`"database" \\(${before.database}\\): the group was made before its cloud was upgraded`),
    );
    await stack.write(declaring() + SUCCESSOR + shareIn("successor"));
    await stack.up();
    const { outputs } = await stack.resource("successor");
    assert.equal(outputs.availabilityZone, "nova");
    assert.deepEqual(await idsOf(stack), before);
  });
});
