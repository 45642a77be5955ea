import assert from "node:assert/strict";
import { isNotFound } from "../../../../provider/openstack/errors";
import { CONSISTENT, PLAIN, SNAPSHOT } from "../fakeManila";
import { addSource, newShareGroupsWorld, newWorld, refusal } from "./world";
import type { World } from "./world";

/** What was asked to be made. */
function creations({ manila }: World): unknown[] {
  return manila.sent.filter(({ method }) => method === "POST").map(({ body }) => body);
}

describe("ConsistencyGroup create from a snapshot on share groups", () => {
  const INPUTS = { sourceCgsnapshotId: SNAPSHOT };

  /** A world where the snapshot's group has a type, and the cloud's default is another one. */
  function worldWithSource(typeOfSource: string | null): World {
    const world = newShareGroupsWorld({ source_share_group_snapshot_id: SNAPSHOT });
    addSource(world, typeOfSource);
    world.manila.groupTypes.forEach((type) => (type.is_default = type.id !== typeOfSource));
    return world;
  }

  it("asks for the type of the snapshot's group, since Manila would take its default", async () => {
    const world = worldWithSource(CONSISTENT);
    const { state } = await world.lifecycle.create(INPUTS);
    assert.deepEqual(creations(world), [
      { share_group: { source_share_group_snapshot_id: SNAPSHOT, share_group_type_id: CONSISTENT } },
    ]);
    assert.equal(state.sourceCgsnapshotId, SNAPSHOT);
    assert.deepEqual(state.__defaults, ["shareTypes", "shareGroupType", "availabilityZone", "region"]);
  });

  it("asks for the type that the program names, and looks at neither snapshot nor group", async () => {
    const world = worldWithSource(PLAIN);
    await world.lifecycle.create({ ...INPUTS, shareGroupType: "gold" });
    assert.deepEqual(creations(world), [
      { share_group: { source_share_group_snapshot_id: SNAPSHOT, share_group_type_id: CONSISTENT } },
    ]);
    assert.equal(world.manila.calls.filter((call) => call.includes(SNAPSHOT)).length, 0);
  });

  it("asks for none where the snapshot's group was made as a consistency group", async () => {
    const world = worldWithSource(null);
    await world.lifecycle.create(INPUTS);
    assert.deepEqual(creations(world), [{ share_group: { source_share_group_snapshot_id: SNAPSHOT } }]);
  });

  it("is refused before anything is made if that type has no consistent snapshots", async () => {
    const world = worldWithSource(PLAIN);
    const { message } = await refusal(world.lifecycle.create(INPUTS));
    assert.match(message, /share group type "plain" .* Types that have it: "gold"/);
    assert.deepEqual(creations(world), []);
    await world.lifecycle.create({ ...INPUTS, requireConsistentSnapshots: false });
  });

  it("is refused in Manila's words if there is no such snapshot", async () => {
    const world = newShareGroupsWorld();
    await assert.rejects(world.lifecycle.create(INPUTS), isNotFound);
    assert.deepEqual(creations(world), []);
  });

  it("looks at neither on consistency groups, which have no types", async () => {
    const { lifecycle, manila } = newWorld();
    manila.onCreate = (group) => (group.status = "available");
    await lifecycle.create(INPUTS);
    assert.equal(manila.calls[0], "POST /consistency-groups");
  });
});
