import assert from "node:assert/strict";
import type { Properties } from "../../../provider/lifecycle";
import { ApiError } from "../../../provider/openstack/errors";
import { ofGroups, ofSnapshots } from "../../../provider/statusReset/kinds";
import { StatusResetLifecycle } from "../../../provider/statusReset/lifecycle";
import { UNKNOWN } from "../../../provider/unknown";
import { GROUP } from "../consistencyGroup/fakeManila";
import { CGSNAPSHOT, FakeManilaWithSnapshots } from "../consistencyGroupSnapshot/fakeManila";
import { failure } from "../failures";
import { FakeClock } from "../fakeClock";

interface World {
  manila: FakeManilaWithSnapshots;
  groups: StatusResetLifecycle;
  snapshots: StatusResetLifecycle;
  /** The regions that were connected to. */
  regions: (string | undefined)[];
}

/** An administrator's world with a group and a snapshot that are stuck. */
function newWorld(): World {
  const manila = new FakeManilaWithSnapshots();
  manila.administrator = true;
  manila.add({ status: "error_deleting" });
  manila.addSnapshot({ status: "error" });
  const regions: (string | undefined)[] = [];
  const connect = (region?: string): Promise<FakeManilaWithSnapshots> => {
    regions.push(region);
    return Promise.resolve(manila);
  };
  const outside = { connect, clock: new FakeClock(), tell: () => undefined };
  const groups = new StatusResetLifecycle(outside, ofGroups);
  return { manila, regions, groups, snapshots: new StatusResetLifecycle(outside, ofSnapshots) };
}

const OF_GROUP = { consistencyGroupId: GROUP, status: "available" };
const OF_SNAPSHOT = { consistencyGroupSnapshotId: CGSNAPSHOT, status: "available" };

describe("StatusReset check", () => {
  it("passes what the action takes, and triggers of any kind", async () => {
    const { groups, snapshots, regions } = newWorld();
    const triggers = ["outage", 7, { list: [null] }, UNKNOWN];
    for (const status of ["available", "error", "creating", "deleting", "error_deleting"]) {
      assert.deepEqual((await groups.check({ ...OF_GROUP, status, triggers })).failures, []);
      assert.deepEqual((await snapshots.check({ ...OF_SNAPSHOT, status, region: "north" })).failures, []);
    }
    assert.deepEqual(regions, []);
  });

  it("refuses everything else, each by its name", async () => {
    const { groups, snapshots } = newWorld();
    const wrong = async (lifecycle: StatusResetLifecycle, inputs: Properties): Promise<string[]> =>
      (await lifecycle.check(inputs)).failures.map(({ property, reason }) => `${property} ${reason}`).sort();
    assert.deepEqual(await wrong(groups, { ...OF_SNAPSHOT, status: "fine" }), [
      "consistencyGroupId must be given",
      "consistencyGroupSnapshotId is not an input of this resource",
      "status must be one of available, error, creating, deleting, error_deleting",
    ]);
    assert.deepEqual(await wrong(snapshots, { consistencyGroupSnapshotId: UNKNOWN, status: UNKNOWN }), []);
  });
});

describe("StatusReset create", () => {
  it("writes the status of a group, and has the group's id", async () => {
    const { groups, manila, regions } = newWorld();
    const inputs = { ...OF_GROUP, triggers: [1], region: "north" };
    assert.deepEqual(await groups.create(inputs), { id: GROUP, state: inputs });
    assert.equal(manila.groups.get(GROUP)?.status, "available");
    assert.deepEqual([manila.calls, regions], [[`POST /consistency-groups/${GROUP}/action`], ["north"]]);
  });

  it("writes the status of a snapshot, and has the snapshot's id", async () => {
    const { snapshots, manila } = newWorld();
    assert.deepEqual(await snapshots.create(OF_SNAPSHOT), { id: CGSNAPSHOT, state: OF_SNAPSHOT });
    assert.equal(manila.stored.get(CGSNAPSHOT)?.status, "available");
  });

  it("says so as Manila wants it at each microversion", async () => {
    for (const [microversion, action] of [
      ["2.4", "os-reset_status"],
      ["2.6", "os-reset_status"],
      ["2.7", "reset_status"],
    ] as const) {
      const { groups, snapshots, manila } = newWorld();
      manila.microversion = microversion;
      await groups.create(OF_GROUP);
      await snapshots.create(OF_SNAPSHOT);
      const body = { [action]: { status: "available" } };
      assert.deepEqual(
        manila.sent.map((each) => each.body),
        [body, body],
      );
    }
  });

  it("does the same with share groups and their snapshots", async () => {
    const { groups, snapshots, manila } = newWorld();
    Object.assign(manila, { generation: "shareGroups", microversion: "2.99" });
    await groups.create(OF_GROUP);
    await snapshots.create(OF_SNAPSHOT);
    assert.deepEqual(manila.calls, [
      `POST /share-groups/${GROUP}/action`,
      `POST /share-group-snapshots/${CGSNAPSHOT}/action`,
    ]);
  });

  it("tells a plain user which policy it takes", async () => {
    const { groups, snapshots, manila } = newWorld();
    manila.administrator = false;
    const ofGroup = await failure(groups.create(OF_GROUP), ApiError);
    assert.match(ofGroup.message, /^Can't reset the status of consistency group .* to available: .* 403/);
    await failure(snapshots.create(OF_SNAPSHOT), ApiError);
    const policies = ["consistency_group:reset_status", "cgsnapshot:reset_status"];
    assert.deepEqual(
      manila.sent.map(({ policy }) => policy),
      policies,
    );
  });

  it("says which group or snapshot does not exist", async () => {
    const { groups, snapshots, manila } = newWorld();
    manila.groups.clear();
    manila.stored.clear();
    const ofGroup = await failure(groups.create(OF_GROUP), ApiError);
    assert.match(ofGroup.message, new RegExp(`404 itemNotFound: Consistency group ${GROUP} not found`));
    const ofSnapshot = await failure(snapshots.create(OF_SNAPSHOT), ApiError);
    assert.match(ofSnapshot.message, new RegExp(`snapshot ${CGSNAPSHOT} not found`));
  });
});

describe("StatusReset afterwards", () => {
  const state = { ...OF_GROUP, triggers: ["outage", { of: 1 }] };

  async function changed(given: Properties): Promise<unknown> {
    return await newWorld().groups.diff(GROUP, state, { ...state, ...given });
  }

  it("is done again when anything that the program says of it changes", async () => {
    const changes: Properties = {
      consistencyGroupId: CGSNAPSHOT,
      status: "error",
      triggers: ["outage", { of: 2 }],
      region: "north",
    };
    for (const [property, value] of Object.entries(changes)) {
      assert.deepEqual(await changed({ [property]: value }), { changes: [property], replaces: [property] });
    }
    assert.deepEqual(await changed({ triggers: undefined }), {
      changes: ["triggers"],
      replaces: ["triggers"],
    });
    assert.deepEqual(await changed({ triggers: [UNKNOWN] }), {
      changes: ["triggers"],
      replaces: ["triggers"],
    });
  });

  it("is not done again when nothing changes, whatever the status is by now", async () => {
    const { groups, manila } = newWorld();
    assert.deepEqual(await groups.diff(GROUP, state, structuredClone(state)), { changes: [], replaces: [] });
    assert.deepEqual(await groups.read(GROUP, state), { id: GROUP, state, inputs: state });
    assert.deepEqual(manila.sent, []);
  });

  it("does nothing when it is deleted", async () => {
    const { groups, manila } = newWorld();
    await groups.delete();
    assert.deepEqual(manila.sent, []);
  });
});
