import assert from "node:assert/strict";
import type { Properties, Read } from "../../../../provider/lifecycle";
import { ApiError, ReplyError } from "../../../../provider/openstack/errors";
import {
  DISK,
  fault,
  GENERIC_404,
  GROUP,
  json,
  NETWORK,
  PROJECT,
  SNAPSHOT,
} from "../../consistencyGroup/fakeManila";
import { failure, refusal } from "../../failures";
import { MEMBER, SHARE, wireShare } from "../fakeManila";
import type { WireShare } from "../fakeManila";
import { newWorld, recordedState, worldWithShare } from "./world";

async function readShare(share: Partial<WireShare>, state: Properties = recordedState()): Promise<Read> {
  const read = await worldWithShare(share).lifecycle.read(SHARE, state);
  assert.ok(read !== undefined);
  return read;
}

describe("Share read", () => {
  it("gives the recorded state of a share that has not changed", async () => {
    assert.deepEqual((await readShare({})).state, recordedState());
  });

  const drifts: { share: Partial<WireShare>; property: string; value: unknown }[] = [
    { share: { name: "another" }, property: "name", value: "another" },
    { share: { description: "shop" }, property: "description", value: "shop" },
    { share: { size: 9 }, property: "size", value: 9 },
    { share: { metadata: { team: "shop" } }, property: "metadata", value: { team: "shop" } },
    { share: { is_public: true }, property: "isPublic", value: true },
    { share: { status: "extending" }, property: "status", value: "extending" },
    { share: { share_type: DISK }, property: "shareTypeId", value: DISK },
    { share: { share_network_id: NETWORK }, property: "shareNetworkId", value: NETWORK },
    { share: { availability_zone: null }, property: "availabilityZone", value: undefined },
    { share: { consistency_group_id: GROUP }, property: "consistencyGroupId", value: GROUP },
    { share: { snapshot_id: SNAPSHOT }, property: "snapshotId", value: SNAPSHOT },
    {
      share: { source_cgsnapshot_member_id: MEMBER },
      property: "sourceCgsnapshotMemberId",
      value: MEMBER,
    },
    { share: { host: "" }, property: "host", value: undefined },
  ];
  for (const { share, property, value } of drifts) {
    it(`sees that ${property} has become ${JSON.stringify(value)}`, async () => {
      const { state } = await readShare(share);
      assert.notDeepEqual(value, recordedState()[property]);
      assert.deepEqual(state, recordedState({ [property]: value }));
    });
  }

  it("gives the inputs that would make the share what it is now", async () => {
    const { inputs } = await readShare({ name: "another", metadata: { team: "shop" }, is_public: true });
    assert.deepEqual(inputs, {
      name: "another",
      shareProtocol: "NFS",
      size: 2,
      shareTypeId: recordedState().shareTypeId,
      availabilityZone: "nova",
      metadata: { team: "shop" },
      isPublic: true,
      region: "RegionOne",
    });
  });

  it("gives inputs without what the program leaves to the cloud, and which are no difference", async () => {
    const state = recordedState({ __defaults: ["shareTypeId", "availabilityZone", "region", "size"] });
    const read = await readShare({}, state);
    assert.deepEqual(read.inputs, { name: "tables", shareProtocol: "NFS" });
    assert.deepEqual(read.state.__defaults, ["shareTypeId", "availabilityZone", "region", "size"]);
    assert.deepEqual(await newWorld().lifecycle.diff(SHARE, read.state, read.inputs), {
      changes: [],
      replaces: [],
    });
  });

  it("finds a share by its id alone", async () => {
    const { state } = await readShare({}, {});
    assert.deepEqual(state, recordedState());
  });

  it("refuses another share than the one asked for", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = () => json(200, { share: wireShare({ id: DISK }) });
    await failure(lifecycle.read(SHARE, recordedState()), ReplyError);
  });
});

describe("Share read of a share that is not there", () => {
  it("says that it is gone once Manila has said so of this very share", async () => {
    const { lifecycle, manila } = newWorld();
    assert.equal(await lifecycle.read(SHARE, recordedState()), undefined);
    assert.deepEqual(manila.calls, [`GET /shares/${SHARE}`, `GET /shares/${SHARE}/metadata`]);
  });

  it("says so in whichever words the release has for it", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = ({ path }) =>
      path.endsWith("/metadata") ? fault(404, "itemNotFound", "Share not found.") : undefined;
    assert.equal(await lifecycle.read(SHARE, recordedState()), undefined);
  });

  it("says so when the share goes between two requests", async () => {
    const { lifecycle, manila } = worldWithShare();
    manila.before = ({ path }) =>
      path.endsWith("/export_locations")
        ? fault(404, "itemNotFound", `Share '${SHARE}' not found.`)
        : undefined;
    assert.equal(await lifecycle.read(SHARE, recordedState()), undefined);
  });

  it("does not take the generic 404 of a share that is there for it", async () => {
    const { lifecycle, manila } = worldWithShare();
    manila.before = ({ path }) => (path === `/shares/${SHARE}` ? GENERIC_404 : undefined);
    const error = await failure(lifecycle.read(SHARE, recordedState()), ApiError);
    assert.match(
      error.message,
      /^Can't read share .* answered 404 itemNotFound: The resource could not be found/,
    );
  });

  it("does not take a 404 for it when everything is answered so", async () => {
    const { lifecycle, manila } = worldWithShare();
    manila.before = () => GENERIC_404;
    await failure(lifecycle.read(SHARE, recordedState()), ApiError);
  });

  it("does not take another project's share for it", async () => {
    const { lifecycle, manila } = newWorld();
    manila.projectId = "a17";
    const gone = await refusal(lifecycle.read(SHARE, recordedState()));
    assert.match(
      gone.message,
      new RegExp(`^Share ${SHARE} is of project ${PROJECT}, .* lead to project a17`),
    );
    manila.before = () => fault(403, "forbidden", "Policy doesn't allow share:get to be performed.");
    const forbidden = await refusal(lifecycle.read(SHARE, recordedState()));
    assert.equal(forbidden.message, gone.message);
  });

  it("passes on a 403 of the project's own", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = () => fault(403, "forbidden", "Policy doesn't allow share:get to be performed.");
    const error = await failure(lifecycle.read(SHARE, recordedState()), ApiError);
    assert.match(error.message, /The user lacks a role/);
  });
});
