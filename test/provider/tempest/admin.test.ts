import assert from "node:assert/strict";
import { ManilaClient } from "../../emulator/manila/client";
import type { Client } from "../../../provider/client";
import type { Status } from "../../../provider/resourceApi";
import { refusedWith } from "../failures";
import { DEFAULT, MORE_SERVERS, NETWORK, SERVERS, SSD, TempestCloud } from "./cloud";

const BUSY: Status[] = ["creating", "deleting"];

describe("Tempest: consistency groups and administrators", () => {
  let cloud: TempestCloud;
  let member: Client;
  let admin: Client;

  beforeEach(async () => {
    cloud = await TempestCloud.start();
    ({ member, admin } = cloud);
  });

  afterEach(() => cloud.stop());

  it("create_cg_with_multiple_share_types: has just those", async () => {
    const group = await cloud.group([SSD, DEFAULT]);
    assert.deepEqual(new Set(group.shareTypes), new Set([SSD, DEFAULT]));
  });

  it("create_cg_from_cgsnapshot_verify_share_server_information: inherits network and server", async () => {
    const { id } = await cloud.group([SERVERS], NETWORK);
    await cloud.share({ consistencyGroupId: id, shareTypeId: SERVERS, shareNetworkId: NETWORK });
    const source = await admin.consistencyGroups.get(id);
    assert.ok(source.shareNetworkId !== undefined && source.shareServerId !== undefined);
    const clone = await cloud.clone((await cloud.snapshot(id)).id);
    const { shareNetworkId, shareServerId } = await admin.consistencyGroups.get(clone.id);
    assert.deepEqual([shareNetworkId, shareServerId], [source.shareNetworkId, source.shareServerId]);
  });

  it("create_cg_from_cgsnapshot_with_multiple_share_types: inherits them all", async () => {
    const source = await cloud.group([SSD, DEFAULT]);
    const clone = await cloud.clone((await cloud.snapshot(source.id)).id);
    assert.deepEqual(clone.shareTypes, source.shareTypes);
  });

  it("create_cg_from_multi_typed_populated_cgsnapshot: the group's and each share's network and server are inherited", async () => {
    const types = [SERVERS, MORE_SERVERS];
    const { id } = await cloud.group(types, NETWORK);
    for (const shareTypeId of types) {
      await cloud.share({ consistencyGroupId: id, shareTypeId, shareNetworkId: NETWORK });
    }
    const clone = await cloud.clone((await cloud.snapshot(id)).id);
    const source = await admin.consistencyGroups.get(id);
    const copies = await admin.shares.detail({ consistencyGroupId: clone.id });
    assert.equal(copies.length, 2);
    for (const { shareNetworkId, shareServerId } of [
      await admin.consistencyGroups.get(clone.id),
      ...copies,
    ]) {
      assert.deepEqual([shareNetworkId, shareServerId], [source.shareNetworkId, source.shareServerId]);
    }
  });

  it("delete_share_type_in_use_by_cg: 400", async () => {
    // No part of the client: types are an operator's.
    const operator = await ManilaClient.connect(cloud.emulator, { user: "admin", project: "demo" });
    const { id } = await cloud.group([SSD]);
    assert.equal(await operator.status("DELETE", `/types/${SSD}`), 400);
    await member.consistencyGroups.delete(id);
    await member.consistencyGroups.waitUntilGone(id);
    assert.equal(await operator.status("DELETE", `/types/${SSD}`), 202);
    assert.ok((await member.shareTypes.list()).every((type) => type.id !== SSD));
  });

  it("create_share_of_unsupported_type_in_cg: 400", async () => {
    const { id: consistencyGroupId } = await cloud.group([SSD]);
    const share = { shareProtocol: "NFS", size: 1, shareTypeId: DEFAULT, consistencyGroupId };
    await refusedWith(400, member.shares.create(share));
  });

  it("create_share_in_cg_that_is_not_available: 400 in creating, deleting and error", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    const share = { shareProtocol: "NFS", size: 1, shareTypeId: SSD, consistencyGroupId };
    for (const status of [...BUSY, "error"] as const) {
      await admin.consistencyGroups.resetStatus(consistencyGroupId, status);
      await refusedWith(400, member.shares.create(share));
    }
    await admin.consistencyGroups.resetStatus(consistencyGroupId, "available");
    await member.shares.create(share);
  });

  it("create_cgsnapshot_of_cg_that_is_not_available: 409 in creating, deleting and error", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    for (const status of [...BUSY, "error"] as const) {
      await admin.consistencyGroups.resetStatus(consistencyGroupId, status);
      await refusedWith(409, member.consistencyGroupSnapshots.create({ consistencyGroupId }));
    }
  });

  it("create_cgsnapshot_of_cg_with_share_in_error_state: 409", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    const { id } = await cloud.share({ consistencyGroupId });
    await admin.shares.resetStatus(id, "error");
    await refusedWith(409, member.consistencyGroupSnapshots.create({ consistencyGroupId }));
  });

  it("delete_cgsnapshot_not_in_available_or_error: 409 in creating and deleting", async () => {
    const { id } = await cloud.snapshot((await cloud.group()).id);
    for (const status of BUSY) {
      await admin.consistencyGroupSnapshots.resetStatus(id, status);
      await refusedWith(409, member.consistencyGroupSnapshots.delete(id));
    }
    await admin.consistencyGroupSnapshots.forceDelete(id);
    await refusedWith(404, member.consistencyGroupSnapshots.get(id));
  });

  it("delete_cg_not_in_available_or_error: 409 in creating and deleting", async () => {
    const { id } = await cloud.group();
    for (const status of BUSY) {
      await admin.consistencyGroups.resetStatus(id, status);
      await refusedWith(409, member.consistencyGroups.delete(id));
    }
  });

  it("create_cg_with_conflicting_share_types: 400 for types with and without share servers", async () => {
    const group = { shareTypes: [SSD, SERVERS], shareNetworkId: NETWORK };
    await refusedWith(400, member.consistencyGroups.create(group));
  });

  it("create_cg_with_multi_tenant_share_type_and_no_share_network: 400", async () => {
    await refusedWith(400, member.consistencyGroups.create({ shareTypes: [SERVERS] }));
  });

  it("update_cg_share_types: 400", async () => {
    const { id } = await cloud.group();
    // As the API calls them: the client itself has no such change.
    const changes = { name: "renamed", share_types: [DEFAULT] };
    await refusedWith(400, member.consistencyGroups.update(id, changes));
  });
});
