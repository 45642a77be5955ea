import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isMissing } from "../../provider/openstack/errors";
import type { TestedCloud } from "./cloud";
import { make } from "./steps";

/** What scripts can do with the client on every cloud. */
export function behavioursOfTheClient(tested: () => TestedCloud): void {
  it("finds groups by name and by status", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const [database] = await Promise.all(["database", "logs"].map((name) => make(groups, { name })));
    const { consistencyGroups } = member.byHand;
    const named = await consistencyGroups.detail({ name: "database" });
    assert.deepEqual(
      named.map(({ id }) => id),
      [database?.id],
    );
    assert.equal((await consistencyGroups.detail({ status: "available" })).length, 2);
    assert.deepEqual(await consistencyGroups.detail({ status: "error" }), []);
  });

  it("finds groups by their share types", async () => {
    const { member, defaultShareType, otherShareType } = tested();
    const { groups } = member.run();
    await make(groups, { name: "database" });
    const { id } = await make(groups, { name: "logs", shareTypes: [defaultShareType, otherShareType.id] });
    const found = await member.byHand.consistencyGroups.detail({ shareTypes: [otherShareType.id] });
    assert.deepEqual(
      found.map((group) => group.id),
      [id],
    );
  });

  it("finds the snapshots and the shares of one group among those of others", async () => {
    const { member } = tested();
    const { groups, snapshots, shares } = member.run();
    const made = await Promise.all(
      ["database", "logs"].map(async (name) => {
        const group = await make(groups, { name });
        const inGroup = { name, consistencyGroupId: group.id };
        const share = await make(shares, { shareProtocol: "NFS", size: 1, ...inGroup });
        return { group, share, snapshot: await make(snapshots, inGroup) };
      }),
    );
    const { consistencyGroups, consistencyGroupSnapshots } = member.byHand;
    for (const { group, share, snapshot } of made) {
      const found = await consistencyGroupSnapshots.detail({ consistencyGroupId: group.id });
      assert.deepEqual([found.length, found[0]?.id], [1, snapshot.id]);
      const inside = await consistencyGroups.shares(group.id);
      assert.deepEqual([inside.length, inside[0]?.id], [1, share.id]);
    }
  });

  it("asks for a group, waits until it is available, deletes it and waits until it is gone", async () => {
    const { consistencyGroups } = tested().member.byHand;
    const { id, status } = await consistencyGroups.create({ name: "by hand" });
    assert.equal(status, "creating");
    const group = await consistencyGroups.waitUntilAvailable(id);
    assert.deepEqual([group.name, group.status], ["by hand", "available"]);
    await consistencyGroups.delete(id);
    await consistencyGroups.waitUntilGone(id);
    await assert.rejects(consistencyGroups.get(id), (error) => isMissing(error, id));
  });

  it("tells a group that does not exist from a cloud that can't be asked", async () => {
    const { consistencyGroups, consistencyGroupSnapshots, shares } = tested().member.byHand;
    for (const kind of [consistencyGroups, consistencyGroupSnapshots, shares]) {
      const id = randomUUID();
      await assert.rejects(kind.get(id), (error) => isMissing(error, id));
    }
  });

  it("lists the share types, by names and ids", async () => {
    const { member, defaultShareType, otherShareType } = tested();
    const types = await member.byHand.shareTypes.list();
    assert.ok(types.some(({ id }) => id === defaultShareType));
    assert.equal(types.find(({ id }) => id === otherShareType.id)?.name, otherShareType.name);
  });
}
