import assert from "node:assert/strict";
import { refusedWith } from "../failures";
import { NETWORK, SERVERS, SSD, TempestCloud } from "./cloud";

const GROUP_KEYS = [
  "id",
  "name",
  "description",
  "createdAt",
  "status",
  "shareTypes",
  "projectId",
  "host",
  "links",
];
const SNAPSHOT_KEYS = ["id", "name", "description", "createdAt", "status", "projectId", "links"];

/** The keys of all that has a value. */
function keysOf(resource: object): string[] {
  return Object.entries(resource).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}

function assertHas(resource: object, keys: string[]): void {
  assert.deepEqual(
    keys.filter((key) => !keysOf(resource).includes(key)),
    [],
  );
}

describe("Tempest: consistency groups", () => {
  let cloud: TempestCloud;

  beforeEach(async () => {
    cloud = await TempestCloud.start();
  });

  afterEach(() => cloud.stop());

  it("create_populate_delete_consistency_group: has what it needs, takes a share, and is gone with it", async () => {
    const { consistencyGroups, shares } = cloud.member;
    const group = await cloud.group();
    assertHas(group, GROUP_KEYS);
    const share = await cloud.share({ consistencyGroupId: group.id });
    await shares.delete(share.id);
    await shares.waitUntilGone(share.id);
    await consistencyGroups.delete(group.id);
    await consistencyGroups.waitUntilGone(group.id);
    await refusedWith(404, shares.get(share.id));
    await refusedWith(404, consistencyGroups.get(group.id));
  });

  it("create_delete_empty_cgsnapshot: has what it needs, and no members", async () => {
    const { consistencyGroupSnapshots } = cloud.member;
    const snapshot = await cloud.snapshot((await cloud.group()).id);
    assertHas(snapshot, SNAPSHOT_KEYS);
    assert.deepEqual(await consistencyGroupSnapshots.members(snapshot.id), []);
    await consistencyGroupSnapshots.delete(snapshot.id);
    await consistencyGroupSnapshots.waitUntilGone(snapshot.id);
    await refusedWith(404, consistencyGroupSnapshots.get(snapshot.id));
  });

  it("create_consistency_group_from_empty_cgsnapshot: is empty, and inherits types and network", async () => {
    const { consistencyGroups, shares } = cloud.latest;
    const source = await cloud.group([SERVERS], NETWORK);
    const snapshot = await cloud.snapshot(source.id);
    const group = await consistencyGroups.get((await cloud.clone(snapshot.id)).id);
    assert.deepEqual(await shares.detail({ consistencyGroupId: group.id }), []);
    assert.equal(group.sourceCgsnapshotId, snapshot.id);
    assert.deepEqual(group.shareTypes, source.shareTypes);
    assert.equal(group.shareNetworkId, source.shareNetworkId);
  });
});

describe("Tempest: requests on consistency groups", () => {
  let cloud: TempestCloud;

  beforeEach(async () => {
    cloud = await TempestCloud.start();
  });

  afterEach(() => cloud.stop());

  it("get_consistency_group: has what it needs, name and description as they were given", async () => {
    const { id } = await cloud.group();
    const group = await cloud.member.consistencyGroups.get(id);
    assertHas(group, GROUP_KEYS);
    assert.deepEqual([group.name, group.description], ["tempest-cg", "tempest-cg-desc"]);
  });

  it("get_share: says which group it is in", async () => {
    const { id } = await cloud.group();
    const share = await cloud.share({ consistencyGroupId: id });
    assert.equal((await cloud.member.shares.get(share.id)).consistencyGroupId, id);
  });

  it("list_consistency_groups: id, name and links of each, once", async () => {
    const groups = [await cloud.group(), await cloud.group()];
    const listed = await cloud.member.consistencyGroups.list();
    assert.ok(listed.every((each) => keysOf(each).sort().join() === "id,links,name"));
    assert.deepEqual(listed.map(({ id }) => id).sort(), groups.map(({ id }) => id).sort());
  });

  it("list_consistency_groups_with_detail: all of each, once", async () => {
    const groups = [await cloud.group(), await cloud.group()];
    const listed = await cloud.member.consistencyGroups.detail();
    listed.forEach((group) => {
      assertHas(group, GROUP_KEYS);
    });
    assert.deepEqual(listed.map(({ id }) => id).sort(), groups.map(({ id }) => id).sort());
  });

  it("filter_shares_by_consistency_group_id: exactly the members", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    await cloud.share();
    const members = [await cloud.share({ consistencyGroupId }), await cloud.share({ consistencyGroupId })];
    const listed = await cloud.member.shares.detail({ consistencyGroupId });
    assert.deepEqual(listed.map(({ id }) => id).sort(), members.map(({ id }) => id).sort());
  });

  // The original looks at the group once more in place of the snapshot.
  it("get_cgsnapshot: has what it needs, name and description as they were given", async () => {
    const group = await cloud.group();
    const { id } = await cloud.snapshot(group.id);
    const snapshot = await cloud.member.consistencyGroupSnapshots.get(id);
    assertHas(snapshot, SNAPSHOT_KEYS);
    assert.deepEqual(
      [snapshot.name, snapshot.description],
      ["tempest-cgsnapshot", "tempest-cgsnapshot-desc"],
    );
    assert.equal(snapshot.consistencyGroupId, group.id);
  });

  it("get_cgsnapshot_members: each of the group's shares, with size and protocol", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    const shares = [
      await cloud.share({ consistencyGroupId }),
      await cloud.share({ consistencyGroupId, size: 2, shareProtocol: "CIFS" }),
    ];
    const { id } = await cloud.snapshot(consistencyGroupId);
    const members = await cloud.member.consistencyGroupSnapshots.members(id);
    const told = members.map(({ shareId, size, shareProtocol }) => ({ id: shareId, size, shareProtocol }));
    const expected = shares.map(({ id: shareId, size, shareProtocol }) => ({
      id: shareId,
      size,
      shareProtocol,
    }));
    assert.deepEqual(new Set(told), new Set(expected));
  });

  it("create_consistency_group_from_populated_cgsnapshot: a copy of every share, available", async () => {
    const { consistencyGroupSnapshots, shares } = cloud.member;
    const source = await cloud.group([SERVERS], NETWORK);
    const own = { consistencyGroupId: source.id, shareTypeId: SERVERS, shareNetworkId: NETWORK };
    await cloud.share({ ...own, size: 1 });
    await cloud.share({ ...own, size: 2 });
    const snapshot = await cloud.snapshot(source.id);
    const group = await cloud.clone(snapshot.id);
    assert.equal(group.shareNetworkId, source.shareNetworkId);
    const copies = await shares.detail({ consistencyGroupId: group.id });
    for (const { id } of copies) {
      assert.equal((await shares.waitUntilAvailable(id)).status, "available");
    }
    const told = copies.map((copy) => [copy.sourceCgsnapshotMemberId, copy.size, copy.shareProtocol]);
    const members = await consistencyGroupSnapshots.members(snapshot.id);
    assert.deepEqual(
      new Set(told),
      new Set(members.map(({ id, size, shareProtocol }) => [id, size, shareProtocol])),
    );
  });

  it("update_consistency_group: name and description, in the reply and afterwards", async () => {
    const { consistencyGroups } = cloud.member;
    const { id } = await cloud.group([SSD]);
    const changes = { name: "renamed", description: "described anew" };
    for (const group of [await consistencyGroups.update(id, changes), await consistencyGroups.get(id)]) {
      assert.deepEqual([group.name, group.description], ["renamed", "described anew"]);
    }
  });

  it("create_update_read_with_unicode: name and description come back as they were sent", async () => {
    const { consistencyGroups } = cloud.member;
    const first = { name: "ünï-\u4e00-\u0444", description: "\u30c7\u30fc\u30bf\u30d9\u30fc\u30b9" };
    const second = { name: "\u0e01\u0e25\u0e38\u0e48\u0e21", description: "\u05d2\u05d9\u05d1\u05d5\u05d9" };
    const created = await consistencyGroups.create(first);
    const { id } = created;
    await consistencyGroups.waitUntilAvailable(id);
    const read = await consistencyGroups.get(id);
    const updated = await consistencyGroups.update(id, second);
    const reread = await consistencyGroups.get(id);
    const texts = [created, read, updated, reread].map(({ name, description }) => ({ name, description }));
    assert.deepEqual(texts, [first, first, second, second]);
  });
});
