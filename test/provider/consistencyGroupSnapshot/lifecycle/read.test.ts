import assert from "node:assert/strict";
import type { Properties, Read } from "../../../../provider/lifecycle";
import { ApiError, ReplyError } from "../../../../provider/openstack/errors";
import { fault, GENERIC_404, GROUP, json, PROJECT } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT, recordedMember, wireSnapshot } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { failure, newWorld, recordedState, refusal } from "./world";

async function readSnapshot(
  snapshot: Partial<WireSnapshot>,
  state: Properties = recordedState(),
): Promise<Read & { calls: string[] }> {
  const { lifecycle, manila } = newWorld();
  manila.addSnapshot(snapshot);
  const read = await lifecycle.read(CGSNAPSHOT, state);
  assert.ok(read !== undefined);
  return { ...read, calls: manila.calls };
}

describe("ConsistencyGroupSnapshot read", () => {
  it("gives the recorded state of a snapshot that has not changed, for one request", async () => {
    const { id, state, calls } = await readSnapshot({});
    assert.equal(id, CGSNAPSHOT);
    assert.deepEqual(state, recordedState());
    assert.deepEqual(calls, [`GET /cgsnapshots/${CGSNAPSHOT}`]);
  });

  const drifts: { property: string; snapshot: Partial<WireSnapshot>; value: unknown }[] = [
    { property: "name", snapshot: { name: "another" }, value: "another" },
    { property: "name", snapshot: { name: null }, value: undefined },
    { property: "description", snapshot: { description: "old" }, value: "old" },
    { property: "status", snapshot: { status: "error" }, value: "error" },
    { property: "createdAt", snapshot: { created_at: "2017" }, value: "2017" },
  ];
  for (const { property, snapshot, value } of drifts) {
    it(`sees that ${property} has become ${String(value)}, and keeps the rest`, async () => {
      const { state } = await readSnapshot(snapshot);
      assert.deepEqual(state, recordedState({ [property]: value }));
    });
  }

  it("gives the inputs that would make the snapshot, which find no difference", async () => {
    const { inputs, state } = await readSnapshot({ name: null, description: "old" });
    assert.deepEqual(inputs, { consistencyGroupId: GROUP, description: "old", region: "RegionOne" });
    assert.deepEqual(await newWorld().lifecycle.diff(CGSNAPSHOT, state, inputs), {
      changes: [],
      replaces: [],
    });
  });

  it("leaves out of them what the program leaves to the cloud, and keeps the timeouts", async () => {
    const recorded = recordedState({ timeouts: { create: "1h" }, __defaults: ["region"] });
    const { inputs, state } = await readSnapshot({}, recorded);
    const expected = { consistencyGroupId: GROUP, name: "nightly", timeouts: { create: "1h" } };
    assert.deepEqual(inputs, expected);
    assert.deepEqual(state, recorded);
  });

  it("finds the members of a snapshot that is looked up by its id alone", async () => {
    const { state } = await readSnapshot({}, {});
    assert.deepEqual(state.members, [recordedMember("data"), recordedMember("logs")]);
    assert.deepEqual([state.consistencyGroupId, state.status], [GROUP, "available"]);
  });

  it("finds the members of a snapshot that has become available since", async () => {
    const recorded = recordedState({ status: "creating", members: undefined, __creating: true });
    const { state } = await readSnapshot({}, recorded);
    assert.deepEqual(state, recordedState());
  });

  it("keeps a creation that has failed apart", async () => {
    const recorded = recordedState({ status: "creating", members: undefined, __creating: true });
    const { state } = await readSnapshot({ status: "error" }, recorded);
    assert.deepEqual(state, { ...recorded, status: "error" });
  });

  it("goes to the region in which the snapshot is recorded", async () => {
    const { lifecycle, manila, regions } = newWorld();
    manila.addSnapshot();
    await lifecycle.read(CGSNAPSHOT, recordedState({ region: "RegionTwo" }));
    assert.deepEqual(regions, ["RegionTwo"]);
  });
});

describe("ConsistencyGroupSnapshot read of a snapshot that is not there", () => {
  it("says that it is gone", async () => {
    const { lifecycle } = newWorld();
    assert.equal(await lifecycle.read(CGSNAPSHOT, recordedState()), undefined);
  });

  it("does not take the 404 of another project for it", async () => {
    const { lifecycle, manila } = newWorld();
    manila.projectId = "a17";
    const error = await refusal(lifecycle.read(CGSNAPSHOT, recordedState()));
    assert.match(
      error.message,
      new RegExp(`^Consistency group snapshot ${CGSNAPSHOT} is of project ${PROJECT}, and .* project a17`),
    );
  });

  for (const [what, reply] of Object.entries({
    "the 404 of a wrong header or microversion": GENERIC_404,
    "a 404 about its group": fault(404, "itemNotFound", `Consistency group ${GROUP} not found.`),
    "a 500": fault(500, "computeFault", `Consistency group snapshot ${CGSNAPSHOT} failed.`),
  })) {
    it(`does not take ${what} for it`, async () => {
      const { lifecycle, manila } = newWorld();
      manila.before = () => reply;
      const error = await failure(lifecycle.read(CGSNAPSHOT, recordedState()), ApiError);
      assert.match(error.message, new RegExp(`^Can't read consistency group snapshot ${CGSNAPSHOT}: GET `));
    });
  }
});

describe("ConsistencyGroupSnapshot read of a strange reply", () => {
  it("refuses another snapshot than the one asked for", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = () => json(200, { cgsnapshot: wireSnapshot({ id: GROUP }) });
    const error = await failure(lifecycle.read(CGSNAPSHOT, {}), ReplyError);
    assert.equal(
      error.message,
      `Manila was asked for consistency group snapshot ${CGSNAPSHOT} and answered with ${GROUP}.`,
    );
  });

  it("refuses members that are none", async () => {
    const { lifecycle, manila } = newWorld();
    manila.addSnapshot();
    manila.members = [{ id: "m1" }];
    const error = await failure(lifecycle.read(CGSNAPSHOT, {}), ReplyError);
    assert.match(error.message, /cgsnapshot_members\[0\]\.share_id/);
  });
});
