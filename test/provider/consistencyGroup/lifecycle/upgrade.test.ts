import assert from "node:assert/strict";
import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle";
import { CONSISTENT, GROUP, PLAIN } from "../fakeManila";
import { newShareGroupsWorld, recordedState } from "./world";
import type { World } from "./world";

const NONE = { changes: [], replaces: [] };

/** A cloud with share groups, in which a group is that was made as a consistency group. */
function upgradedWorld(): World {
  const world = newShareGroupsWorld();
  world.manila.add({
    share_group_type_id: null,
    availability_zone: "nova",
    consistent_snapshot_support: null,
  });
  return world;
}

describe("ConsistencyGroup whose cloud has been upgraded to share groups", () => {
  const ofShareGroups = fc.record(
    {
      shareGroupType: fc.constantFrom("gold", "plain", "no such type", CONSISTENT, PLAIN),
      availabilityZone: fc.constantFrom("nova", "north"),
    },
    { requiredKeys: [] },
  );

  it("has no difference for want of a type or a zone, whatever the program says of them", async () => {
    await fc.assert(
      fc.asyncProperty(ofShareGroups, async (said) => {
        const { lifecycle, regions } = upgradedWorld();
        assert.deepEqual(await lifecycle.diff(GROUP, recordedState(), { name: "database", ...said }), NONE);
        assert.deepEqual(regions, [], "nor is anybody asked");
      }),
    );
  });

  it("is the same after a refresh, with what the cloud tells of it now", async () => {
    const { lifecycle } = upgradedWorld();
    const inputs = { name: "database" };
    const before = recordedState({ __defaults: ["shareTypes", "region"] });
    const read = await lifecycle.read(GROUP, before);
    assert.ok(read !== undefined);
    assert.deepEqual(read.inputs, inputs);
    assert.equal(read.state.availabilityZone, "nova");
    assert.deepEqual(await lifecycle.diff(GROUP, read.state, inputs), NONE);
    const again = await lifecycle.read(GROUP, read.state);
    assert.deepEqual(again, read);
  });

  it("is renamed and deleted under its id, by way of share groups", async () => {
    const { lifecycle, manila } = upgradedWorld();
    const state: Properties = await lifecycle.update(GROUP, recordedState(), { name: "shop" });
    assert.deepEqual([state.name, state.status], ["shop", "available"]);
    await lifecycle.delete(GROUP, state);
    assert.deepEqual(
      manila.calls.filter((call) => !call.startsWith("GET")),
      [`PUT /share-groups/${GROUP}`, `DELETE /share-groups/${GROUP}`],
    );
  });
});
