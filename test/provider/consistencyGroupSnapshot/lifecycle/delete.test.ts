import assert from "node:assert/strict";
import { ApiError } from "../../../../provider/openstack/errors";
import { fault, GENERIC_404, GROUP } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { failure, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const DELETE = `DELETE /cgsnapshots/${CGSNAPSHOT}`;

/** A world with a snapshot in it whose deletion takes a minute. */
function worldWithSnapshot(given: Partial<WireSnapshot> = {}): World {
  const world = newWorld();
  const { manila, clock } = world;
  manila.addSnapshot(given);
  manila.onSnapshotDelete = (snapshot) => {
    snapshot.status = "deleting";
    clock.at(clock.now() + 60_000, () => manila.stored.delete(snapshot.id));
  };
  return world;
}

async function remove({ lifecycle }: World, state = recordedState()): Promise<void> {
  await lifecycle.delete(CGSNAPSHOT, state);
}

describe("ConsistencyGroupSnapshot delete", () => {
  it("comes back once the snapshot is gone", async () => {
    const world = worldWithSnapshot();
    await remove(world, recordedState({ region: "RegionTwo" }));
    assert.equal(world.manila.stored.size, 0);
    assert.ok(world.clock.now() >= 60_000 && world.clock.now() < 71_000);
    assert.deepEqual(world.regions, ["RegionTwo"]);
  });

  it("removes one that has failed", async () => {
    const world = worldWithSnapshot({ status: "error" });
    await remove(world, recordedState({ status: "error", members: undefined, __creating: true }));
    assert.equal(world.manila.stored.size, 0);
  });

  it("is done when the snapshot is missing already", async () => {
    const world = newWorld();
    await remove(world);
    assert.deepEqual(world.manila.calls, [DELETE]);
  });

  it("does not take the generic 404, nor another project's, for a missing snapshot", async () => {
    const world = worldWithSnapshot();
    world.manila.before = () => GENERIC_404;
    await failure(remove(world), ApiError);
    const elsewhere = newWorld();
    elsewhere.manila.projectId = "a17";
    assert.match((await refusal(remove(elsewhere))).message, /lead to project a17/);
  });

  it("waits for the end of a creation, and deletes then", async () => {
    const world = worldWithSnapshot({ status: "creating" });
    const snapshot = world.manila.stored.get(CGSNAPSHOT);
    world.clock.at(20_000, () => snapshot && (snapshot.status = "available"));
    await remove(world);
    assert.equal(world.manila.stored.size, 0);
    assert.equal(world.manila.calls.filter((call) => call === DELETE).length, 2);
  });
});

describe("ConsistencyGroupSnapshot delete that fails", () => {
  it("tells the status that is in the way, and who can help", async () => {
    const error = await refusal(remove(worldWithSnapshot({ status: "error_deleting" })));
    assert.match(
      error.message,
      /^Consistency group snapshot "nightly" \(.*\) can't be deleted in status "error_deleting"\. An administrator/,
    );
    assert.match(error.message, /409 conflictingRequest: Invalid CGSnapshot/);
  });

  it("passes on a conflict whose reason it can't see", async () => {
    const world = worldWithSnapshot();
    const conflict = fault(409, "conflictingRequest", "Because of the weather");
    world.manila.before = ({ method }) => (method === "DELETE" ? conflict : undefined);
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /Because of the weather/);
  });

  it("tells that the back end has failed", async () => {
    const world = worldWithSnapshot();
    world.manila.onSnapshotDelete = (snapshot) => (snapshot.status = "error");
    const error = await refusal(remove(world));
    assert.match(
      error.message,
      /could not be deleted: the back end failed, and its status is now "error"\. It/,
    );
  });

  it("gives up after its own time", async () => {
    const world = worldWithSnapshot();
    const error = await refusal(remove(world, recordedState({ timeouts: { delete: "30s", create: "1h" } })));
    assert.equal(world.clock.now(), 30_000);
    assert.match(error.message, /is still "deleting" after 30s\. It stays in the state/);
  });

  it("tells of a group that was removed by force, without which Manila deletes no snapshot", async () => {
    const world = worldWithSnapshot();
    const missing = `ConsistencyGroupNotFound: ConsistencyGroup ${GROUP} could not be found.`;
    world.manila.before = () => fault(404, "itemNotFound", missing);
    const error = await refusal(remove(world));
    assert.match(error.message, new RegExp(`its consistency group ${GROUP} has been removed by force`));
    assert.match(error.message, /force_delete; "pulumi refresh" then takes it out of the state\.$/);
  });
});
