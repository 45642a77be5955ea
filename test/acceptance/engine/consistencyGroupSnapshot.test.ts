import assert from "node:assert/strict";
import type { Stack } from "../../engine/stack";
import { everything, manilaOf } from "./operator";
import { RealServers } from "./realServers";

/** A group with two shares, a snapshot of it, and a clone in which each share stands for the copy of one. */
function declaring({ snapshot = {}, copy = {} } = {}): string {
  return `
    const database = new manila.ConsistencyGroup("database");
    const common = { shareProtocol: "NFS", consistencyGroupId: database.id };
    const tables = new manila.Share("tables", { size: 2, ...common });
    const logs = new manila.Share("logs", { size: 1, ...common });
    const nightly = new manila.ConsistencyGroupSnapshot(
      "nightly", { consistencyGroupId: database.id, ...${JSON.stringify(snapshot)} }, { dependsOn: [tables, logs] });
    const clone = new manila.ConsistencyGroup("clone", { sourceCgsnapshotId: nightly.id });
    const copyOf = (original) => ({
      consistencyGroupId: clone.id,
      sourceCgsnapshotMemberId: pulumi.all([nightly.members, original.id]).apply(
        ([members, id]) => members.find(({ shareId }) => shareId === id).id),
    });
    new manila.Share("tables-copy", { ...copyOf(tables), ...${JSON.stringify(copy)} });
    new manila.Share("logs-copy", copyOf(logs));`;
}

describe("A snapshot of a consistency group on the real engine and a real Manila", function () {
  this.timeout("5m");
  const servers = new RealServers();

  async function idsOf(stack: Stack, ...names: string[]): Promise<string[]> {
    return await Promise.all(names.map(async (name) => (await stack.resource(name)).id ?? ""));
  }

  it("holds the shares of its group, which a clone has copies of, from one up to one destroy", async () => {
    const stack = await servers.stack(declaring());
    await stack.up();
    const [tables = "", logs = "", snapshot = "", clone, tablesCopy = "", ...rest] = await idsOf(
      stack,
      ...["tables", "logs", "nightly", "clone", "tables-copy", "logs-copy", "database"],
    );
    const all = [tables, logs, snapshot, clone, tablesCopy, ...rest];
    assert.deepEqual((await everything(servers.cloud)).sort(), all.sort());

    const manila = await manilaOf(servers.cloud, servers.cloud.demo);
    const { shares, consistencyGroupSnapshots: snapshots } = manila;
    const { outputs } = await stack.resource("nightly");
    for (const [property, value] of Object.entries(await snapshots.get(snapshot))) {
      if (property !== "id" && property !== "links") {
        assert.deepEqual(outputs[property], value, property);
      }
    }
    const { members = [] } = await snapshots.get(snapshot);
    assert.deepEqual(
      members.map(({ shareId, size }) => [shareId, size]).sort(),
      [
        [tables, 2],
        [logs, 1],
      ].sort(),
    );
    const copy = await shares.get(tablesCopy);
    assert.deepEqual([copy.name, copy.size, copy.consistencyGroupId], ["tables-copy", 2, clone]);
    assert.deepEqual((await stack.resource("tables-copy")).outputs.exportLocations, copy.exportLocations);
    assert.deepEqual(await stack.preview(), []);

    await stack.write(declaring({ snapshot: { description: "Before the upgrade" }, copy: { size: 3 } }));
    await stack.up();
    assert.equal((await snapshots.get(snapshot)).description, "Before the upgrade");
    assert.equal((await shares.get(tablesCopy)).size, 3);
    assert.deepEqual((await everything(servers.cloud)).sort(), all);
  });
});
