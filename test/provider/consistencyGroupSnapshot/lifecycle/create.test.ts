import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { fault, GROUP } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT, recordedMember, wireMember } from "../fakeManila";
import type { WireSnapshot } from "../fakeManila";
import { failure, incomplete, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const INPUTS: Properties = { consistencyGroupId: GROUP, name: "nightly" };
const LIST = `GET /cgsnapshots/${CGSNAPSHOT}/members`;

/** A world in which a new snapshot changes after two seconds. */
function worldWhere(change: Partial<WireSnapshot>): World {
  const world = newWorld();
  world.manila.onSnapshot = (snapshot) => {
    world.clock.at(2_000, () => Object.assign(snapshot, change));
  };
  return world;
}

describe("ConsistencyGroupSnapshot create", () => {
  it("comes back with the snapshot and its members once it is available", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    const { id, state } = await lifecycle.create(INPUTS);
    assert.equal(id, CGSNAPSHOT);
    assert.deepEqual(state, recordedState({ __defaults: ["region"] }));
    assert.equal(manila.calls[0], "POST /cgsnapshots");
    assert.ok(manila.calls.indexOf(LIST) > manila.calls.lastIndexOf(`GET /cgsnapshots/${CGSNAPSHOT}`));
  });

  it("sends what was given and nothing else, under Manila's names", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    await lifecycle.create({ consistencyGroupId: GROUP, description: "", timeouts: { create: "1h" } });
    assert.deepEqual(manila.sent[0]?.body, {
      cgsnapshot: { consistency_group_id: GROUP, description: "" },
    });
  });

  it("reads members page by page, whatever the length of a page, and keeps them in the order of shares", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    const shares = ["e", "b", "d", "a", "c"];
    manila.members = shares.map(wireMember);
    manila.pageSize = 2;
    const { state } = await lifecycle.create(INPUTS);
    assert.deepEqual(state.members, ["a", "b", "c", "d", "e"].map(recordedMember));
    const offsets = manila.sent.filter(({ query }) => query !== undefined).map(({ query }) => query?.offset);
    assert.deepEqual(offsets, [undefined, "1", "2", "3", "4"]);
  });

  it("takes a member without a share type", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    manila.members = [{ ...wireMember("data"), share_type_id: null }];
    const { state } = await lifecycle.create(INPUTS);
    assert.deepEqual(state.members, [
      { id: "member-of-data", shareId: "data", size: 2, shareProtocol: "NFS" },
    ]);
  });

  it("records that an empty group's snapshot has no members", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    manila.members = [];
    assert.deepEqual((await lifecycle.create(INPUTS)).state.members, []);
  });

  it("goes to the region that was asked for, and records the one it is in", async () => {
    const { lifecycle, manila, regions } = worldWhere({ status: "available" });
    manila.region = "RegionTwo";
    const { state } = await lifecycle.create({ ...INPUTS, region: "RegionTwo" });
    assert.deepEqual(regions, ["RegionTwo"]);
    assert.deepEqual([state.region, state.__defaults], ["RegionTwo", undefined]);
  });
});

describe("ConsistencyGroupSnapshot create that is refused", () => {
  it("tells the status of the group", async () => {
    const { lifecycle, manila } = newWorld();
    manila.add({ status: "creating" });
    const { message } = await refusal(lifecycle.create(INPUTS));
    assert.ok(
      message.startsWith(
        `Consistency group "database" (${GROUP}) can't be snapshotted: it is in status "creating". Group and shares ` +
          "must all be available: wait for what is under way, and repair or delete what is in error. Can't create " +
          `consistency group snapshot "nightly" of ${GROUP}: POST `,
      ),
      message,
    );
    assert.match(message, /409 conflictingRequest: Invalid ConsistencyGroup: group is busy/);
  });

  it("tells which shares of the group are not available", async () => {
    const { lifecycle, manila } = newWorld();
    const own = { consistency_group_id: GROUP };
    manila.shares = [
      { id: "s1", name: "tables", ...own },
      { id: "s2", name: "logs", status: "error", ...own },
      { id: "s3", name: null, status: "creating", ...own },
    ];
    const { message } = await refusal(lifecycle.create(INPUTS));
    assert.match(
      message,
      /can't be snapshotted: its share "logs" \(s2\) is in status "error", its share s3 is in status "creating"\./,
    );
  });

  it("passes on a conflict whose reason it can't see", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = ({ method }) =>
      method === "POST" ? fault(409, "conflictingRequest", "Because of the weather") : undefined;
    const error = await failure(lifecycle.create(INPUTS), ApiError);
    assert.match(error.message, /^Can't create consistency group snapshot .* Because of the weather/);
  });

  it("passes on any other refusal, and looks for no cause", async () => {
    const { lifecycle, manila } = newWorld();
    manila.groups.clear();
    const error = await failure(lifecycle.create(INPUTS), ApiError);
    assert.match(error.message, /400 badRequest: ConsistencyGroup .* could not be found/);
    assert.deepEqual(manila.calls, ["POST /cgsnapshots"]);
  });
});

describe("ConsistencyGroupSnapshot create keeps the id", () => {
  it("when the snapshot ends in error, and says what comes next", async () => {
    const { lifecycle } = worldWhere({ status: "error" });
    const { id, state, message } = await incomplete(lifecycle.create(INPUTS));
    assert.deepEqual(
      [id, state.status, state.__creating, state.members],
      [CGSNAPSHOT, "error", true, undefined],
    );
    assert.equal(
      message,
      `Consistency group snapshot "nightly" (${CGSNAPSHOT}) is in status "error": the log of manila-share tells why. ` +
        'It has never been available, so the next "pulumi up" replaces it.',
    );
  });

  it("when the time is over", async () => {
    const { lifecycle, clock } = newWorld();
    const work = lifecycle.create({ ...INPUTS, timeouts: { create: "30s", update: "1h" } });
    const { id, state, message } = await incomplete(work);
    assert.equal(clock.now(), 30_000);
    assert.deepEqual([id, state.status, state.__creating], [CGSNAPSHOT, "creating", true]);
    assert.equal(
      message,
      `Consistency group snapshot "nightly" (${CGSNAPSHOT}) is still "creating" after 30s. It stays in the state, and ` +
        'the next "pulumi up" goes on waiting. A slow back end needs a longer time in the input timeouts.',
    );
  });

  it("when its members can't be read, and reads them next time", async () => {
    const { lifecycle, manila } = worldWhere({ status: "available" });
    manila.before = ({ path }) =>
      path.endsWith("/members") ? fault(500, "computeFault", "Oops") : undefined;
    const { id, state, message } = await incomplete(lifecycle.create(INPUTS));
    assert.equal(id, CGSNAPSHOT);
    assert.match(message, /^Can't list the members of consistency group snapshot .* 500 computeFault: Oops/);
    manila.before = () => undefined;
    assert.deepEqual(await lifecycle.diff(CGSNAPSHOT, state, INPUTS), { changes: ["status"], replaces: [] });
    const updated = await lifecycle.update(id, state, INPUTS);
    assert.deepEqual(updated, recordedState({ __defaults: ["region"] }));
  });
});
