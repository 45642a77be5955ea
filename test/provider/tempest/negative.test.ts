import assert from "node:assert/strict";
import { refusedWith } from "../failures";
import { NOWHERE, SSD, TempestCloud } from "./cloud";

const INVALID = "foobar";

describe("Tempest: wrong requests on consistency groups", () => {
  let cloud: TempestCloud;

  beforeEach(async () => {
    cloud = await TempestCloud.start();
  });

  afterEach(() => cloud.stop());

  it("delete_cg_without_passing_cg_id: 404", async () => {
    await refusedWith(404, cloud.member.consistencyGroups.delete(""));
  });

  it("delete_cg_with_wrong_id: 404", async () => {
    await refusedWith(404, cloud.member.consistencyGroups.delete(INVALID));
  });

  it("update_cg_with_wrong_id: 404", async () => {
    await refusedWith(404, cloud.member.consistencyGroups.update(INVALID, { name: "renamed" }));
  });

  it("get_cg_without_passing_cg_id: 404", async () => {
    await refusedWith(404, cloud.member.consistencyGroups.get(""));
  });

  it("filter_shares_on_invalid_cg_id: none", async () => {
    await cloud.share();
    assert.deepEqual(await cloud.member.shares.detail({ consistencyGroupId: INVALID }), []);
  });

  it("create_cgsnapshot_with_invalid_cg_id_value: 400", async () => {
    const { consistencyGroupSnapshots } = cloud.member;
    await refusedWith(400, consistencyGroupSnapshots.create({ consistencyGroupId: INVALID }));
  });

  it("create_cg_with_invalid_share_type_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ shareTypes: [INVALID] }));
  });

  it("create_cg_with_invalid_share_network_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ shareNetworkId: INVALID }));
  });

  it("create_cg_with_invalid_source_cgsnapshot_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ sourceCgsnapshotId: INVALID }));
  });

  it("create_cg_with_nonexistent_source_cgsnapshot_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ sourceCgsnapshotId: NOWHERE }));
  });

  it("create_cg_with_nonexistent_share_network_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ shareNetworkId: NOWHERE }));
  });

  it("create_cg_with_nonexistent_share_type_id_value: 400", async () => {
    await refusedWith(400, cloud.member.consistencyGroups.create({ shareTypes: [NOWHERE] }));
  });

  it("create_cgsnapshot_with_nonexistent_cg_id_value: 400", async () => {
    const { consistencyGroupSnapshots } = cloud.member;
    await refusedWith(400, consistencyGroupSnapshots.create({ consistencyGroupId: NOWHERE }));
  });

  it("delete_cg_in_use_by_cgsnapshot: 409", async () => {
    const { id } = await cloud.group();
    await cloud.snapshot(id);
    await refusedWith(409, cloud.member.consistencyGroups.delete(id));
  });

  it("delete_share_in_use_by_cgsnapshot: 403", async () => {
    const { id: consistencyGroupId } = await cloud.group();
    const share = await cloud.share({ consistencyGroupId });
    await cloud.snapshot(consistencyGroupId);
    await refusedWith(403, cloud.member.shares.delete(share.id));
  });

  it("delete_cg_containing_a_share: 409, and the group stays available", async () => {
    const { consistencyGroups } = cloud.member;
    const { id } = await cloud.group();
    await cloud.share({ consistencyGroupId: id });
    await refusedWith(409, consistencyGroups.delete(id));
    assert.equal((await consistencyGroups.get(id)).status, "available");
  });

  it("filter_shares_on_nonexistent_cg_id: none", async () => {
    await cloud.share();
    assert.deepEqual(await cloud.member.shares.detail({ consistencyGroupId: NOWHERE }), []);
  });

  it("filter_shares_on_empty_cg_id: none", async () => {
    await cloud.share();
    const { id } = await cloud.group([SSD]);
    assert.deepEqual(await cloud.member.shares.detail({ consistencyGroupId: id }), []);
  });
});
