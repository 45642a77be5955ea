import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isNotFound } from "../../provider/openstack/errors";
import { incomplete, refusal } from "../provider/failures";
import type { TestedCloud } from "./cloud";
import { change, make, refresh, replacedFor, SAME } from "./steps";

/** What consistency groups do on every cloud. */
export function behavioursOfGroups(tested: () => TestedCloud): void {
  it("makes a group of the cloud's own defaults, which are no difference", async () => {
    const { member, defaultShareType } = tested();
    const { groups } = member.run();
    const inputs = { name: "database", description: "Tables and logs" };
    const { id, state } = await make(groups, inputs);
    assert.deepEqual(
      [state.name, state.description, state.status, state.projectId, state.shareTypes, state.region],
      ["database", "Tables and logs", "available", member.byHand.projectId, [defaultShareType], "RegionOne"],
    );
    assert.equal(typeof state.host, "string");
    assert.equal(state.__creating, undefined);
    assert.deepEqual(await groups.diff(id, state, inputs), SAME);
  });

  it("records of a group what the cloud says of it", async () => {
    const { member } = tested();
    const { id, state } = await make(member.run().groups, { name: "database" });
    const { id: seenId, links, ...seen } = await member.byHand.consistencyGroups.get(id);
    assert.equal(seenId, id);
    assert.notDeepEqual(links, []);
    for (const [property, value] of Object.entries(seen)) {
      assert.deepEqual(state[property], value, property);
    }
  });

  it("takes share types by name or id, in any order", async () => {
    const { member, defaultShareType, otherShareType } = tested();
    const { groups } = member.run();
    const { id, state } = await make(groups, { shareTypes: [otherShareType.name, defaultShareType] });
    assert.deepEqual(state.shareTypes, [defaultShareType, otherShareType.id].sort());
    const byId = { shareTypes: [defaultShareType, otherShareType.id] };
    assert.deepEqual(await groups.diff(id, state, byId), SAME);
    const read = await refresh(groups, { id, state });
    assert.ok(Array.isArray(read.inputs.shareTypes) && read.inputs.shareTypes.includes(otherShareType.name));
  });

  it("refuses a share type that nobody knows, with those that there are, and makes nothing", async () => {
    const { member, otherShareType } = tested();
    const { message } = await refusal(member.run().groups.create({ shareTypes: ["no such type"] }));
    assert.match(message, /^There is no share type "no such type" .* There are: /);
    assert.ok(message.includes(`"${otherShareType.name}" (${otherShareType.id})`));
    assert.deepEqual(await member.byHand.consistencyGroups.list(), []);
  });

  it("refuses a clone that also says what it inherits, before anything is sent", async () => {
    const inputs = { sourceCgsnapshotId: randomUUID(), shareTypes: [tested().defaultShareType] };
    const { failures } = await tested().member.run().groups.check(inputs, {});
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["shareTypes"],
    );
  });

  it("renames a group and describes it anew, in place", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const made = await make(groups, { name: "database" });
    const { state } = await change(groups, made, { name: "shop", description: "Of the shop" });
    const { name, description } = await member.byHand.consistencyGroups.get(made.id);
    assert.deepEqual([name, description], ["shop", "Of the shop"]);
    assert.deepEqual([state.name, state.description, state.status], ["shop", "Of the shop", "available"]);
  });

  it("clears a description that the program no longer has", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const made = await make(groups, { name: "database", description: "Old" });
    const cleared = await change(groups, made, { name: "database" });
    assert.deepEqual(await groups.diff(made.id, cleared.state, { name: "database" }), SAME);
    assert.equal((await member.byHand.consistencyGroups.get(made.id)).description, undefined);
  });

  it("shows what was changed by hand after a refresh, and repairs it", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const inputs = { name: "database" };
    const made = await make(groups, inputs);
    await member.byHand.consistencyGroups.update(made.id, { name: "mine" });
    const read = await refresh(groups, made);
    assert.equal(read.inputs.name, "mine");
    assert.deepEqual((await groups.diff(made.id, read.state, inputs)).changes, ["name"]);
    const repaired = await change(groups, read, inputs);
    assert.deepEqual(await groups.diff(made.id, repaired.state, inputs), SAME);
    assert.equal((await member.byHand.consistencyGroups.get(made.id)).name, "database");
  });

  it("finds no change after a refresh where there was none", async () => {
    const { groups } = tested().member.run();
    const inputs = { name: "database" };
    const made = await make(groups, inputs);
    const read = await refresh(groups, made);
    assert.deepEqual([read.inputs, read.state], [inputs, made.state]);
  });

  it("replaces a group for what its cloud can't change, and for nothing else", async () => {
    const { member, otherShareType } = tested();
    const { groups } = member.run();
    const made = await make(groups, { name: "database" });
    const others = {
      shareTypes: [otherShareType.id],
      shareNetworkId: randomUUID(),
      sourceCgsnapshotId: randomUUID(),
      region: "RegionTwo",
    };
    for (const [property, value] of Object.entries(others)) {
      assert.deepEqual(await replacedFor(groups, made, { name: "database", [property]: value }), [property]);
    }
    const harmless = { name: "shop", description: "x", forceDelete: true, timeouts: { create: "1h" } };
    assert.deepEqual(await replacedFor(groups, made, harmless), []);
  });

  it("looks up a group of which nothing but the id is known", async () => {
    const { groups } = tested().member.run();
    const { id, state } = await make(groups, { name: "database" });
    const read = await refresh(groups, { id, state: {} });
    assert.deepEqual([read.state.name, read.state.status], ["database", "available"]);
    assert.deepEqual(read.state.shareTypes, state.shareTypes);
  });

  it("refuses to look up a group that does not exist", async () => {
    const id = randomUUID();
    const { message } = await refusal(tested().member.run().groups.read(id, {}));
    assert.match(message, new RegExp(`^There is no consistency group ${id} in project .* Check the id`));
  });

  it("takes over a group that is there already, and gives it what the program says", async () => {
    const { member } = tested();
    const { id } = await make(member.run().groups, { name: "by hand" });
    const inputs = { name: "database", importId: id };
    const { groups } = member.run();
    const adopted = await make(groups, inputs);
    assert.deepEqual([adopted.id, adopted.state.name], [id, "database"]);
    assert.deepEqual(await groups.diff(id, adopted.state, inputs), SAME);
    const all = await member.byHand.consistencyGroups.list();
    assert.deepEqual(
      all.map((group) => [group.id, group.name]),
      [[id, "database"]],
    );
  });

  it("refuses to take over a group that was made otherwise than the program says, and leaves it alone", async () => {
    const { member, otherShareType } = tested();
    const { id } = await make(member.run().groups, { name: "by hand" });
    const inputs = { name: "database", importId: id, shareTypes: [otherShareType.id] };
    const { message } = await refusal(member.run().groups.create(inputs));
    assert.match(message, /"by hand" .* is there already, and has shareTypes .* That can't be changed/);
    assert.equal((await member.byHand.consistencyGroups.get(id)).name, "by hand");
  });

  it("refuses to take over a group of another project, and one that does not exist", async () => {
    const { member, other } = tested();
    const theirs = await make(other.run().groups, { name: "theirs" });
    for (const importId of [theirs.id, randomUUID()]) {
      const { message } = await refusal(member.run().groups.create({ importId }));
      assert.match(
        message,
        new RegExp(`^There is no consistency group ${importId} .* Check the input importId`),
      );
    }
  });

  it("deletes a group, and comes back once it is gone; one that is gone already is no error", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const { id, state } = await make(groups, { name: "database" });
    await groups.delete(id, state);
    await assert.rejects(member.byHand.consistencyGroups.get(id), isNotFound);
    await groups.delete(id, state);
  });

  it("finds out in a refresh that a group is gone", async () => {
    const { member } = tested();
    const { id, state } = await make(member.run().groups, { name: "database" });
    await member.byHand.consistencyGroups.delete(id);
    await member.byHand.consistencyGroups.waitUntilGone(id);
    assert.equal(await member.run().groups.read(id, state), undefined);
  });

  it("names the snapshots and shares that keep a group from being deleted", async () => {
    const { groups, snapshots, shares } = tested().member.run();
    const group = await make(groups, { name: "database" });
    const inGroup = { consistencyGroupId: group.id };
    const share = await make(shares, { name: "tables", shareProtocol: "NFS", size: 1, ...inGroup });
    const snapshot = await make(snapshots, { name: "nightly", ...inGroup });
    const { message } = await refusal(groups.delete(group.id, group.state));
    const held = `1 snapshot: "nightly" (${snapshot.id}) and 1 share: "tables" (${share.id})`;
    assert.ok(message.includes(`"database" (${group.id}) can't be deleted: it still has ${held}.`), message);
    assert.equal((await refresh(groups, group)).state.status, "available");
  });

  it("keeps a group that no back end can take, and makes another one in its place", async () => {
    const { member, unschedulable } = tested();
    const { groups } = member.run();
    const inputs = { name: "database", ...unschedulable };
    const { id, state, message } = await incomplete(make(groups, inputs));
    assert.deepEqual([state.status, state.__creating, state.host], ["error", true, undefined]);
    assert.ok(message.startsWith(`Consistency group "database" (${id}) is in status "error" (no host): `));
    assert.deepEqual(await replacedFor(groups, { id, state }, inputs), ["status"]);
    await groups.delete(id, state);
    assert.equal(await groups.read(id, state), undefined);
  });

  it("never takes a group of another project for one that is gone", async () => {
    const { member, other } = tested();
    const { id, state } = await make(other.run().groups, { name: "theirs" });
    const { groups } = member.run();
    for (const work of [
      () => groups.read(id, state),
      () => groups.update(id, state, { name: "mine" }),
      () => groups.delete(id, state),
    ]) {
      const { message } = await refusal(work());
      assert.match(message, new RegExp(`^Consistency group ${id} is of project ${other.byHand.projectId}`));
    }
    assert.equal((await other.byHand.consistencyGroups.get(id)).name, "theirs");
  });

  it("makes and deletes ten groups at once", async () => {
    const { member } = tested();
    const { groups } = member.run();
    const names = Array.from({ length: 10 }, (_, index) => `group-${index}`);
    const made = await Promise.all(names.map((name) => make(groups, { name })));
    const seen = await member.byHand.consistencyGroups.detail({ status: "available" });
    assert.deepEqual(seen.map(({ name }) => name).sort(), names);
    await Promise.all(made.map(({ id, state }) => groups.delete(id, state)));
    assert.deepEqual(await member.byHand.consistencyGroups.list(), []);
  });
}
