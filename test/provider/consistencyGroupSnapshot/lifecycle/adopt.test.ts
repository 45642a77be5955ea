import assert from "node:assert/strict";
import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle";
import { GROUP, PROJECT, SNAPSHOT } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { incomplete, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

/** A world with a snapshot in it that somebody has taken by hand. */
function worldWithSnapshot(given: Partial<WireSnapshot> = {}): World {
  const world = newWorld();
  world.manila.addSnapshot(given);
  return world;
}

/** What has changed something on the cloud. */
function changes({ manila }: World): string[] {
  return manila.calls.filter((call) => !call.startsWith("GET "));
}

const INPUTS: Properties = { consistencyGroupId: GROUP, name: "nightly", importId: CGSNAPSHOT };

describe("ConsistencyGroupSnapshot adoption", () => {
  it("takes over the snapshot with its members, and takes none", async () => {
    const world = worldWithSnapshot();
    const { id, state } = await world.lifecycle.create(INPUTS);
    assert.equal(id, CGSNAPSHOT);
    assert.deepEqual(state, recordedState({ __defaults: ["region"] }));
    assert.deepEqual(changes(world), []);
  });

  it("brings the texts to what the program says, and finds no difference afterwards", async () => {
    const text = fc.option(fc.string({ maxLength: 20 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (name, description, actualName, actual) => {
        const world = worldWithSnapshot({ name: actualName ?? null, description: actual ?? null });
        const inputs = { ...INPUTS, name, description };
        const { state } = await world.lifecycle.create(inputs);
        for (const importId of [CGSNAPSHOT, undefined]) {
          const diff = await world.lifecycle.diff(CGSNAPSHOT, state, { ...inputs, importId });
          assert.deepEqual(diff, { changes: [], replaces: [] });
        }
        assert.ok(!changes(world).includes("POST /cgsnapshots"));
      }),
    );
  });

  it("does the same with a snapshot of a share group", async () => {
    const world = worldWithSnapshot({ name: "by hand" });
    Object.assign(world.manila, { generation: "shareGroups", microversion: "2.99" });
    const { state } = await world.lifecycle.create(INPUTS);
    const member = (share: string): object => ({
      id: `member-of-${share}`,
      shareId: share,
      size: 2,
      shareProtocol: "NFS",
    });
    const members = [member("data"), member("logs")];
    assert.deepEqual(state, recordedState({ members, __defaults: ["region"] }), "no types are told there");
    assert.deepEqual(changes(world), [`PUT /share-group-snapshots/${CGSNAPSHOT}`]);
  });

  it("says that there is no such snapshot", async () => {
    const { message } = await refusal(newWorld().lifecycle.create(INPUTS));
    assert.match(
      message,
      new RegExp(
        `^There is no consistency group snapshot ${CGSNAPSHOT} in project ${PROJECT} .* the input importId`,
      ),
    );
  });

  it("is refused for a snapshot of another group, and names both", async () => {
    const world = worldWithSnapshot({ consistency_group_id: SNAPSHOT, name: "mine" });
    const { message } = await refusal(world.lifecycle.create(INPUTS));
    assert.match(message, new RegExp(`has consistencyGroupId "${SNAPSHOT}", not "${GROUP}"`));
    assert.deepEqual(changes(world), []);
  });

  it("is refused to a second resource, and outlives a replacement by itself", async () => {
    const { lifecycle, manila } = worldWithSnapshot();
    const { state } = await lifecycle.create(INPUTS);
    await lifecycle.delete(CGSNAPSHOT, state);
    assert.equal(manila.stored.size, 1);
    assert.match((await refusal(lifecycle.create(INPUTS))).message, /can't be taken over twice/);
  });

  it("keeps the id of one in error, and never has it replaced for that", async () => {
    const { lifecycle } = worldWithSnapshot({ status: "error" });
    const { id, state } = await incomplete(lifecycle.create(INPUTS));
    assert.deepEqual([id, state.status, state.__creating], [CGSNAPSHOT, "error", undefined]);
    assert.deepEqual((await lifecycle.diff(CGSNAPSHOT, state, INPUTS)).replaces, []);
  });

  it("replaces the snapshot when the id is another one's", async () => {
    const diff = await newWorld().lifecycle.diff(CGSNAPSHOT, recordedState(), {
      ...INPUTS,
      importId: SNAPSHOT,
    });
    assert.deepEqual(diff, { changes: ["importId"], replaces: ["importId"] });
  });
});
