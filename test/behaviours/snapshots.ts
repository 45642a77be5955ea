import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Created } from "../../provider/lifecycle";
import { isNotFound } from "../../provider/openstack/errors";
import { refusal } from "../provider/failures";
import type { TestedCloud } from "./cloud";
import { change, make, refresh, replacedFor, SAME } from "./steps";
import type { Run } from "./user";

const members = z.array(
  z.object({ id: z.string(), shareId: z.string(), size: z.number(), shareProtocol: z.string() }),
);

/** A group with two shares, and a snapshot of it. */
async function snapshotOfTwo(run: Run): Promise<{ group: Created; shares: string[]; snapshot: Created }> {
  const group = await make(run.groups, { name: "database" });
  const inGroup = { consistencyGroupId: group.id };
  const shares = await Promise.all(
    ["tables", "logs"].map((name) => make(run.shares, { name, shareProtocol: "NFS", size: 1, ...inGroup })),
  );
  const snapshot = await make(run.snapshots, { name: "nightly", ...inGroup });
  return { group, shares: shares.map(({ id }) => id).sort(), snapshot };
}

/** What snapshots of groups, and groups that start from one, do on every cloud. */
export function behavioursOfSnapshots(tested: () => TestedCloud): void {
  it("takes a snapshot of all shares of a group, and tells which are in it", async () => {
    const { member } = tested();
    const run = member.run();
    const { group, shares, snapshot } = await snapshotOfTwo(run);
    const { state } = snapshot;
    assert.deepEqual([state.status, state.consistencyGroupId], ["available", group.id]);
    assert.deepEqual(
      members.parse(state.members).map(({ shareId, size, shareProtocol }) => [shareId, size, shareProtocol]),
      shares.map((share) => [share, 1, "NFS"]),
    );
    const read = await refresh(member.run().snapshots, snapshot);
    assert.deepEqual(read.state, state);
    assert.deepEqual(read.inputs, { name: "nightly", consistencyGroupId: group.id });
  });

  it("renames a snapshot in place, with the same members", async () => {
    const run = tested().member.run();
    const { group, snapshot } = await snapshotOfTwo(run);
    const inputs = { name: "monthly", consistencyGroupId: group.id };
    const { state } = await change(run.snapshots, snapshot, inputs);
    assert.deepEqual([state.name, state.members], ["monthly", snapshot.state.members]);
    assert.deepEqual(await run.snapshots.diff(snapshot.id, state, inputs), SAME);
  });

  it("takes another snapshot for another group", async () => {
    const run = tested().member.run();
    const { id } = await make(run.groups, { name: "database" });
    const snapshot = await make(run.snapshots, { name: "nightly", consistencyGroupId: id });
    const ofAnother = { name: "nightly", consistencyGroupId: randomUUID() };
    assert.deepEqual(await replacedFor(run.snapshots, snapshot, ofAnother), ["consistencyGroupId"]);
    const renamed = { name: "monthly", consistencyGroupId: id };
    assert.deepEqual(await replacedFor(run.snapshots, snapshot, renamed), []);
  });

  it("shows what was changed of a snapshot by hand, and repairs it", async () => {
    const { member } = tested();
    const run = member.run();
    const { id } = await make(run.groups, { name: "database" });
    const inputs = { name: "nightly", consistencyGroupId: id };
    const snapshot = await make(run.snapshots, inputs);
    await member.byHand.consistencyGroupSnapshots.update(snapshot.id, { name: "mine" });
    const read = await refresh(member.run().snapshots, snapshot);
    assert.equal(read.inputs.name, "mine");
    await change(member.run().snapshots, read, inputs);
    const { name } = await member.byHand.consistencyGroupSnapshots.get(snapshot.id);
    assert.equal(name, "nightly");
  });

  it("takes over a snapshot that is there already, with its members", async () => {
    const { member } = tested();
    const { group, snapshot } = await snapshotOfTwo(member.run());
    const inputs = { name: "kept", consistencyGroupId: group.id, importId: snapshot.id };
    const { id, state } = await make(member.run().snapshots, inputs);
    assert.deepEqual([id, state.name, state.members], [snapshot.id, "kept", snapshot.state.members]);
    const all = await member.byHand.consistencyGroupSnapshots.list();
    assert.equal(all.length, 1);
  });

  it("refuses to take a snapshot of a group that does not exist", async () => {
    const consistencyGroupId = randomUUID();
    const creation = tested().member.run().snapshots.create({ name: "nightly", consistencyGroupId });
    await assert.rejects(creation, new RegExp(`${consistencyGroupId} could not be found`));
  });

  it("says which of a group's shares is not ready for a snapshot", async () => {
    const { member, administrator } = tested();
    const { groups, shares, snapshots } = member.run();
    const { id } = await make(groups, { name: "database" });
    const inGroup = { consistencyGroupId: id };
    const share = await make(shares, { name: "tables", shareProtocol: "NFS", size: 1, ...inGroup });
    await administrator.byHand.shares.resetStatus(share.id, "error");
    const { message } = await refusal(snapshots.create({ name: "nightly", ...inGroup }));
    const cause = `"database" (${id}) can't be snapshotted: its share "tables" (${share.id}) is in status "error"`;
    assert.ok(message.includes(cause), message);
    assert.deepEqual(await member.byHand.consistencyGroupSnapshots.list(), []);
  });

  it("deletes a snapshot, which then no longer is in the way of its group", async () => {
    const { member } = tested();
    const { groups, snapshots } = member.run();
    const group = await make(groups, { name: "database" });
    const snapshot = await make(snapshots, { name: "nightly", consistencyGroupId: group.id });
    await snapshots.delete(snapshot.id, snapshot.state);
    await assert.rejects(member.byHand.consistencyGroupSnapshots.get(snapshot.id), isNotFound);
    assert.equal(await member.run().snapshots.read(snapshot.id, snapshot.state), undefined);
    await groups.delete(group.id, group.state);
    assert.equal(await member.run().groups.read(group.id, group.state), undefined);
  });

  it("never takes a snapshot of another project for one that is gone", async () => {
    const { member, other } = tested();
    const theirs = other.run();
    const group = await make(theirs.groups, { name: "theirs" });
    const { id, state } = await make(theirs.snapshots, { name: "nightly", consistencyGroupId: group.id });
    const { message } = await refusal(member.run().snapshots.read(id, state));
    assert.match(message, new RegExp(`${id} is of project ${other.byHand.projectId}`));
  });

  it("makes a group from a snapshot, in which each share stands for a copy that is there already", async () => {
    const { member } = tested();
    const run = member.run();
    const { group, snapshot } = await snapshotOfTwo(run);
    const inputs = { name: "restored", sourceCgsnapshotId: snapshot.id };
    const clone = await make(run.groups, inputs);
    assert.deepEqual(
      [clone.state.sourceCgsnapshotId, clone.state.shareTypes, clone.state.host],
      [snapshot.id, group.state.shareTypes, group.state.host],
    );
    assert.deepEqual(await run.groups.diff(clone.id, clone.state, inputs), SAME);
    for (const { id: sourceCgsnapshotMemberId } of members.parse(snapshot.state.members)) {
      const said = { name: "restored", consistencyGroupId: clone.id, sourceCgsnapshotMemberId };
      const copy = await make(run.shares, said);
      assert.deepEqual([copy.state.status, copy.state.size, copy.state.name], ["available", 1, "restored"]);
      assert.deepEqual(await run.shares.diff(copy.id, copy.state, said), SAME);
    }
    const inClone = await member.byHand.shares.detail({ consistencyGroupId: clone.id });
    assert.deepEqual(
      inClone.map(({ name }) => name),
      ["restored", "restored"],
    );
  });

  it("makes a group from a snapshot of one on share servers, which has not the cloud's default types", async () => {
    const { member, onShareServers } = tested();
    const { groups, snapshots } = member.run();
    const group = await make(groups, { name: "database", ...onShareServers });
    const snapshot = await make(snapshots, { name: "nightly", consistencyGroupId: group.id });
    const clone = await make(groups, { name: "restored", sourceCgsnapshotId: snapshot.id });
    const { shareTypes, shareNetworkId, shareGroupTypeId } = group.state;
    assert.deepEqual(
      [clone.state.shareTypes, clone.state.shareNetworkId, clone.state.shareGroupTypeId],
      [shareTypes, shareNetworkId, shareGroupTypeId],
    );
  });

  it("keeps a restored group when the program no longer has the snapshot", async () => {
    const { groups, snapshots } = tested().member.run();
    const { id } = await make(groups, { name: "database" });
    const snapshot = await make(snapshots, { name: "nightly", consistencyGroupId: id });
    const clone = await make(groups, { name: "restored", sourceCgsnapshotId: snapshot.id });
    assert.deepEqual(await groups.diff(clone.id, clone.state, { name: "restored" }), SAME);
  });
}
