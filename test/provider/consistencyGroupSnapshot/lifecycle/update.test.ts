import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { GROUP } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { failure, incomplete, newWorld, recordedState } from "./world";
import type { World } from "./world";

const PUT = `PUT /cgsnapshots/${CGSNAPSHOT}`;

function worldWithSnapshot(given: Partial<WireSnapshot> = {}): World {
  const world = newWorld();
  world.manila.addSnapshot(given);
  return world;
}

async function update(world: World, inputs: Properties, state: Properties = {}): Promise<Properties> {
  const all = { consistencyGroupId: GROUP, name: "nightly", ...inputs };
  return await world.lifecycle.update(CGSNAPSHOT, recordedState(state), all);
}

describe("ConsistencyGroupSnapshot update", () => {
  it("sends what has changed, in one request, and keeps the members", async () => {
    const world = worldWithSnapshot();
    const state = await update(world, { name: "another", description: "old" });
    assert.deepEqual(world.manila.calls, [PUT]);
    assert.deepEqual(world.manila.sent[0]?.body, { cgsnapshot: { name: "another", description: "old" } });
    const texts = { name: "another", description: "old" };
    assert.deepEqual(state, recordedState({ ...texts, __defaults: ["region"] }));
  });

  it("clears with null what is left out", async () => {
    const world = worldWithSnapshot();
    const state = await update(world, { name: undefined }, { description: "old" });
    assert.deepEqual(world.manila.sent[0]?.body, { cgsnapshot: { name: null, description: null } });
    assert.equal("name" in state || "description" in state, false);
  });

  it("makes no call when only settings of ours change", async () => {
    const world = worldWithSnapshot();
    const state = await update(world, { timeouts: { delete: "1h" } });
    assert.deepEqual(state, recordedState({ timeouts: { delete: "1h" } }));
    assert.deepEqual(world.regions, []);
  });

  it("is refused when the snapshot is gone", async () => {
    const error = await failure(update(newWorld(), { name: "another" }), ApiError);
    assert.match(error.message, /^Can't update consistency group snapshot .* 404 itemNotFound/);
  });
});

describe("ConsistencyGroupSnapshot update of a snapshot that is not available", () => {
  const creating = { status: "creating", members: undefined, __creating: true };

  it("waits for one that is still being created, and then has its members", async () => {
    const world = worldWithSnapshot({ status: "creating" });
    const snapshot = world.manila.stored.get(CGSNAPSHOT);
    world.clock.at(60_000, () => snapshot && (snapshot.status = "available"));
    const state = await update(world, { description: "late" }, creating);
    assert.deepEqual(state, recordedState({ description: "late", __defaults: ["region"] }));
  });

  it("has the members of one that has become available by the time it is renamed", async () => {
    const state = await update(worldWithSnapshot(), { name: "another" }, creating);
    assert.deepEqual(state, recordedState({ name: "another", __defaults: ["region"] }));
  });

  it("tells of one in error that it is replaced if it was never available", async () => {
    const error = await incomplete(update(worldWithSnapshot({ status: "error" }), {}, creating));
    assert.match(error.message, /the next "pulumi up" replaces it\.$/);
    assert.deepEqual([error.state.status, error.state.__creating], ["error", true]);
  });

  it("tells of one in error that was available what an administrator must do, and keeps the members", async () => {
    const error = await incomplete(update(worldWithSnapshot({ status: "error" }), {}, { status: "error" }));
    assert.match(error.message, /Once an administrator has repaired it and reset its status/);
    assert.deepEqual(error.state, recordedState({ status: "error", __defaults: ["region"] }));
  });
});
