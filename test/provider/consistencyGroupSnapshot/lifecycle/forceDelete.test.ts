import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { fault, GROUP } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { failure, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const FORCED = recordedState({ forceDelete: true });

/** An administrator's world with a snapshot in it. */
function worldWithSnapshot(given: Partial<WireSnapshot> = {}): World {
  const world = newWorld();
  world.manila.administrator = true;
  world.manila.addSnapshot(given);
  return world;
}

async function remove({ lifecycle }: World, state: Properties = FORCED): Promise<void> {
  await lifecycle.delete(CGSNAPSHOT, state);
}

/** The bodies of the actions that were sent. */
function actions({ manila }: World): unknown[] {
  return manila.sent.filter(({ path }) => path.endsWith("/action")).map(({ body }) => body);
}

/** What must be true after a deletion by force, and what the user was told of its reason. */
function forced(world: World, reason: RegExp): void {
  assert.equal(world.manila.stored.size, 0);
  assert.deepEqual(actions(world), [{ force_delete: null }]);
  const [warning = "", ...others] = world.lines.filter((line) => !line.startsWith("waiting for "));
  assert.deepEqual(others, []);
  assert.match(warning, /^warning: Consistency group snapshot "nightly" \(.*\) was deleted by force: /);
  assert.match(warning, reason);
}

describe("ConsistencyGroupSnapshot delete with forceDelete", () => {
  it("deletes as ever where that works", async () => {
    const world = worldWithSnapshot();
    await remove(world);
    assert.deepEqual([world.manila.stored.size, actions(world), world.lines], [0, [], []]);
  });

  it("forces it where the status forbids a deletion", async () => {
    const world = worldWithSnapshot({ status: "error_deleting" });
    await remove(world);
    forced(world, /can't be deleted in status "error_deleting"/);
  });

  it("forces it where the back end fails to delete", async () => {
    const world = worldWithSnapshot();
    world.manila.onSnapshotDelete = (snapshot) => (snapshot.status = "error");
    await remove(world);
    forced(world, /could not be deleted: the back end failed/);
  });

  it("forces it where it is stuck, once the time is up", async () => {
    const world = worldWithSnapshot({ status: "creating" });
    await remove(world, { ...FORCED, timeouts: { delete: "1m" } });
    forced(world, /is still "creating" after 1m/);
  });

  it("forces it where the group was removed by force, without which Manila deletes no snapshot", async () => {
    const world = worldWithSnapshot();
    const missing = `ConsistencyGroupNotFound: ConsistencyGroup ${GROUP} could not be found.`;
    world.manila.before = ({ method }) =>
      method === "DELETE" ? fault(404, "itemNotFound", missing) : undefined;
    await remove(world);
    forced(world, new RegExp(`its consistency group ${GROUP} has been removed by force`));
  });

  it("tells a plain user which policy it takes", async () => {
    const world = worldWithSnapshot({ status: "error_deleting" });
    world.manila.administrator = false;
    const { message } = await failure(remove(world), ApiError);
    assert.match(message, /^Can't force-delete consistency group snapshot .* 403 forbidden/);
    assert.equal(world.manila.sent.at(-1)?.policy, "cgsnapshot:force_delete");
    assert.equal(world.manila.stored.size, 1);
  });

  it("forces nothing of which the program does not say so", async () => {
    const world = worldWithSnapshot({ status: "error_deleting" });
    await refusal(remove(world, recordedState()));
    assert.deepEqual(actions(world), []);
  });
});
