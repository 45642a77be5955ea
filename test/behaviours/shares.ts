import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Created } from "../../provider/lifecycle";
import { isNotFound } from "../../provider/openstack/errors";
import { refusal } from "../provider/failures";
import type { TestedCloud } from "./cloud";
import { change, make, refresh, replacedFor, SAME } from "./steps";
import type { Run } from "./user";

const TABLES = { name: "tables", shareProtocol: "NFS", size: 1 };

async function groupWithShare({ groups, shares }: Run): Promise<{ group: Created; share: Created }> {
  const group = await make(groups, { name: "database" });
  return { group, share: await make(shares, { ...TABLES, consistencyGroupId: group.id }) };
}

/** What shares do on every cloud. */
export function behavioursOfShares(tested: () => TestedCloud): void {
  it("makes a share in a group, of the group's type, with paths to mount it by", async () => {
    const { member, defaultShareType } = tested();
    const { group, share } = await groupWithShare(member.run());
    const { state } = share;
    assert.deepEqual(
      [state.status, state.consistencyGroupId, state.shareTypeId],
      ["available", group.id, defaultShareType],
    );
    assert.ok(Array.isArray(state.exportLocations) && state.exportLocations.length > 0);
    const inputs = { ...TABLES, consistencyGroupId: group.id };
    assert.deepEqual(await member.run().shares.diff(share.id, state, inputs), SAME);
    const read = await refresh(member.run().shares, share);
    assert.deepEqual([read.inputs, read.state], [inputs, state]);
  });

  it("renames a share, describes it and gives it metadata in place", async () => {
    const { member } = tested();
    const run = member.run();
    const { group, share } = await groupWithShare(run);
    const inputs = {
      ...TABLES,
      consistencyGroupId: group.id,
      name: "rows",
      description: "Of the shop",
      metadata: { tier: "gold" },
    };
    const { state } = await change(run.shares, share, inputs);
    assert.deepEqual(await run.shares.diff(share.id, state, inputs), SAME);
    const { name, description, metadata } = await member.byHand.shares.get(share.id);
    assert.deepEqual([name, description, metadata], ["rows", "Of the shop", { tier: "gold" }]);
  });

  it("grows and shrinks a share in place", async () => {
    const { member } = tested();
    const { shares } = member.run();
    let share = await make(shares, TABLES);
    for (const size of [3, 2]) {
      share = await change(shares, share, { ...TABLES, size });
      assert.deepEqual([share.state.size, share.state.status], [size, "available"]);
      assert.equal((await member.byHand.shares.get(share.id)).size, size);
    }
  });

  it("replaces a share for what its cloud can't change", async () => {
    const { member, otherShareType } = tested();
    const { shares } = member.run();
    const share = await make(shares, TABLES);
    const others = {
      shareProtocol: "CIFS",
      shareTypeId: otherShareType.id,
      consistencyGroupId: randomUUID(),
      snapshotId: randomUUID(),
    };
    for (const [property, value] of Object.entries(others)) {
      assert.deepEqual(await replacedFor(shares, share, { ...TABLES, [property]: value }), [property]);
    }
  });

  it("takes over a share that is there already", async () => {
    const { member } = tested();
    const { group, share } = await groupWithShare(member.run());
    const inputs = { name: "rows", importId: share.id, consistencyGroupId: group.id };
    const { id, state } = await make(member.run().shares, inputs);
    assert.deepEqual([id, state.name, state.size], [share.id, "rows", 1]);
    assert.equal((await member.byHand.shares.list()).length, 1);
  });

  it("deletes a share from its group, and comes back once it is gone", async () => {
    const { member } = tested();
    const { shares } = member.run();
    const { share } = await groupWithShare(member.run());
    await shares.delete(share.id, share.state);
    await assert.rejects(member.byHand.shares.get(share.id), isNotFound);
    assert.equal(await member.run().shares.read(share.id, share.state), undefined);
  });

  it("names the group snapshot that keeps a share from being deleted", async () => {
    const run = tested().member.run();
    const { group, share } = await groupWithShare(run);
    const snapshot = await make(run.snapshots, { name: "nightly", consistencyGroupId: group.id });
    const { message } = await refusal(run.shares.delete(share.id, share.state));
    const held = `"tables" (${share.id}) can't be deleted: it still has group snapshot "nightly" (${snapshot.id}).`;
    assert.ok(message.includes(held), message);
  });

  it("refuses to put a share into a group that does not exist", async () => {
    const consistencyGroupId = randomUUID();
    const { message } = await refusal(
      tested()
        .member.run()
        .shares.create({ ...TABLES, consistencyGroupId }),
    );
    assert.match(
      message,
      new RegExp(`^There is no consistency group ${consistencyGroupId} .* to put a share`),
    );
  });
}
