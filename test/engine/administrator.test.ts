import assert from "node:assert/strict";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { byHand, groupIds } from "./operator";
import { Stack } from "./stack";

/** A program with a group and a snapshot, whose statuses are reset; the group's again with another trigger. */
function declaring(trigger: string): string {
  return `
    const database = new manila.ConsistencyGroup("database", { forceDelete: true });
    const nightly = new manila.ConsistencyGroupSnapshot("nightly", {
      consistencyGroupId: database.id, forceDelete: true,
    });
    new manila.ConsistencyGroupStatusReset("group-reset", {
      consistencyGroupId: database.id, status: "error_deleting", triggers: ["${trigger}"],
    }, { dependsOn: [nightly] });
    new manila.ConsistencyGroupSnapshotStatusReset("snapshot-reset", {
      consistencyGroupSnapshotId: nightly.id, status: "error_deleting",
    });`;
}

describe("An administrator's stack on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  before(async () => {
    emulator = await startEmulator();
    stack = await Stack.create(declaring("first"), emulator.environment("admin"));
  });

  after(async () => {
    await emulator.stop();
    await stack.remove();
  });

  async function idOf(name: string): Promise<string> {
    return (await stack.resource(name)).id ?? "";
  }

  async function statuses(): Promise<string[]> {
    const group = await (await byHand(emulator)).get(await idOf("database"));
    const snapshots = new ConsistencyGroupSnapshotApi(await cloudOf(emulator).manila());
    const snapshot = await snapshots.get(await idOf("nightly"));
    return [group.status, snapshot.status];
  }

  /** The ends of the paths to which actions were sent since the last look. */
  function actions(): string[] {
    const sent = emulator.requests.list().filter(({ path }) => path.endsWith("/action"));
    emulator.requests.reset();
    return sent.map(({ path }) => path.split("/").slice(3).join("/")).sort();
  }

  it("resets the status of a group and of a snapshot, once", async () => {
    await stack.up();
    assert.deepEqual(await statuses(), ["error_deleting", "error_deleting"]);
    const [group, snapshot] = [await idOf("database"), await idOf("nightly")];
    assert.deepEqual(actions(), [`cgsnapshots/${snapshot}/action`, `consistency-groups/${group}/action`]);
    assert.deepEqual(await stack.preview(), []);
    await stack.up();
    assert.equal(emulator.requests.count(), 0);
  });

  it("resets it again when a trigger changes, whatever it is by then", async () => {
    const group = await idOf("database");
    await stack.write(declaring("second"));
    assert.deepEqual(await stack.preview(), ["replace group-reset"]);
    await stack.up();
    assert.deepEqual(actions(), [`consistency-groups/${group}/action`]);
  });

  it("tells a plain user which policy a reset takes", async () => {
    const group = await idOf("database");
    const plain = await Stack.create(
      `new manila.ConsistencyGroupStatusReset("reset", { consistencyGroupId: "${group}", status: "available" });`,
      emulator.environment("member"),
    );
    const output = await plain.fail("up", "--yes", "--skip-preview");
    await plain.remove();
    assert.match(
      output,
      new RegExp(`Can't reset the status of consistency group ${group} to available: .* 403`),
    );
    assert.match(
      output,
      /The cloud's policy "consistency_group:reset_status" does not allow it to this user/,
    );
    assert.deepEqual(await statuses(), ["error_deleting", "error_deleting"]);
  });

  it("deletes by force what is stuck, with a warning each, and resets nothing on the way", async () => {
    const [group, snapshot] = [await idOf("database"), await idOf("nightly")];
    emulator.requests.reset();
    const output = await stack.destroy();
    for (const [what, id] of [
      ['group "database"', group],
      ['group snapshot "nightly"', snapshot],
    ]) {
      assert.match(
        output,
        new RegExp(`warning: Consistency ${what ?? ""} \\(${id ?? ""}\\) was deleted by force`),
      );
    }
    assert.deepEqual(actions(), [`cgsnapshots/${snapshot}/action`, `consistency-groups/${group}/action`]);
    assert.deepEqual(await groupIds(emulator), []);
  });
});
