import assert from "node:assert/strict";
import { ApiError } from "../../provider/openstack/errors";
import { failure, refusal } from "../provider/failures";
import type { TestedCloud } from "./cloud";
import { make, refresh } from "./steps";

/** What administrators may do on every cloud, and others may not. */
export function behavioursOfAdministration(tested: () => TestedCloud): void {
  it("resets the status of a group, which its next refresh shows", async () => {
    const { member, administrator } = tested();
    const group = await make(member.run().groups, { name: "database" });
    for (const status of ["error", "available"]) {
      await make(administrator.run().groupResets, { consistencyGroupId: group.id, status });
      assert.equal((await refresh(member.run().groups, group)).state.status, status);
    }
  });

  it("resets the status of a snapshot, which its next refresh shows", async () => {
    const { member, administrator } = tested();
    const { groups, snapshots } = member.run();
    const { id } = await make(groups, { name: "database" });
    const snapshot = await make(snapshots, { name: "nightly", consistencyGroupId: id });
    for (const status of ["error", "available"]) {
      await make(administrator.run().snapshotResets, { consistencyGroupSnapshotId: snapshot.id, status });
      assert.equal((await refresh(member.run().snapshots, snapshot)).state.status, status);
    }
  });

  it("never replaces a group that was available once because of its status", async () => {
    const { member, administrator } = tested();
    const { groups } = member.run();
    const inputs = { name: "database" };
    const group = await make(groups, inputs);
    await administrator.byHand.consistencyGroups.resetStatus(group.id, "error");
    const { id, state } = await refresh(groups, group);
    assert.deepEqual(await groups.diff(id, state, inputs), { changes: ["status"], replaces: [] });
    await assert.rejects(groups.update(id, state, inputs), /Once an administrator has repaired it/);
  });

  it("refuses a reset by somebody who is no administrator", async () => {
    const { member } = tested();
    const { id } = await make(member.run().groups, { name: "database" });
    const reset = member.run().groupResets.create({ consistencyGroupId: id, status: "error" });
    assert.equal((await failure(reset, ApiError)).status, 403);
    assert.equal((await member.byHand.consistencyGroups.get(id)).status, "available");
  });

  it("refuses to delete a group in a status that forbids it, and says what to do", async () => {
    const { member, administrator } = tested();
    const { groups } = member.run();
    const { id, state } = await make(groups, { name: "database" });
    await administrator.byHand.consistencyGroups.resetStatus(id, "error_deleting");
    const { message } = await refusal(groups.delete(id, state));
    assert.match(
      message,
      /can't be deleted in status "error_deleting". An administrator can reset it to error/,
    );
  });

  it("deletes such a group by force where an administrator's program says so", async () => {
    const { administrator } = tested();
    const { groups } = administrator.run();
    const { id, state } = await make(groups, { name: "database", forceDelete: true });
    await administrator.byHand.consistencyGroups.resetStatus(id, "error_deleting");
    await groups.delete(id, state);
    assert.equal(await administrator.run().groups.read(id, state), undefined);
  });

  it("deletes such a snapshot by force where an administrator's program says so", async () => {
    const { administrator } = tested();
    const { groups, snapshots } = administrator.run();
    const group = await make(groups, { name: "database" });
    const said = { name: "nightly", consistencyGroupId: group.id, forceDelete: true };
    const { id, state } = await make(snapshots, said);
    await administrator.byHand.consistencyGroupSnapshots.resetStatus(id, "error_deleting");
    await snapshots.delete(id, state);
    assert.equal(await administrator.run().snapshots.read(id, state), undefined);
  });

  it("deletes nothing by force for somebody who is no administrator", async () => {
    const { member, administrator } = tested();
    const { groups } = member.run();
    const { id, state } = await make(groups, { name: "database", forceDelete: true });
    await administrator.byHand.consistencyGroups.resetStatus(id, "error_deleting");
    assert.equal((await failure(groups.delete(id, state), ApiError)).status, 403);
    assert.equal((await member.byHand.consistencyGroups.get(id)).status, "error_deleting");
  });

  it("orphans no share by force", async () => {
    const { administrator } = tested();
    const { groups, shares } = administrator.run();
    const { id, state } = await make(groups, { name: "database", forceDelete: true });
    const said = { name: "tables", shareProtocol: "NFS", size: 1, consistencyGroupId: id };
    const share = await make(shares, said);
    await administrator.byHand.consistencyGroups.resetStatus(id, "error_deleting");
    const { message } = await refusal(groups.delete(id, state));
    const held = `is not deleted by force, since that would orphan 1 share: "tables" (${share.id}).`;
    assert.ok(message.includes(held), message);
  });

  it("sees the groups of all projects where it asks for them", async () => {
    const { member, other, administrator } = tested();
    const mine = await make(member.run().groups, { name: "mine" });
    const theirs = await make(other.run().groups, { name: "theirs" });
    const { consistencyGroups } = administrator.byHand;
    assert.deepEqual(await consistencyGroups.list(), []);
    const all = await consistencyGroups.list({ allTenants: true });
    assert.deepEqual(all.map(({ id }) => id).sort(), [mine.id, theirs.id].sort());
    const hers = await member.byHand.consistencyGroups.list({ allTenants: true });
    assert.deepEqual(
      hers.map(({ id }) => id),
      [mine.id],
    );
  });
}
