import assert from "node:assert/strict";
import { z } from "zod";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ShareApi } from "../../provider/share/api";
import { groupIds } from "./operator";
import { Stack } from "./stack";

const idsReply = z
  .object({ shares: z.array(z.object({ id: z.string() })) })
  .transform(({ shares }) => shares.map(({ id }) => id).sort());

/** A program that declares one share. */
function declaring(args: object = {}): string {
  return `new manila.Share("tables", ${JSON.stringify({ shareProtocol: "NFS", size: 2, ...args })});`;
}

/** A program that declares a group with two shares. */
function members(tables: object = {}): string {
  return `
    const database = new manila.ConsistencyGroup("database", { shareTypes: ["22222222-2222-4222-8222-222222222222"] });
    const common = { shareProtocol: "NFS", consistencyGroupId: database.id };
    const tables = new manila.Share("tables", { size: 2, ...common, ...${JSON.stringify(tables)} });
    const logs = new manila.Share("logs", { size: 1, ...common });`;
}

/** The same, and a clone of it in which each share stands for the copy of one. */
const CLONED = `${members()}
    const nightly = new manila.ConsistencyGroupSnapshot(
      "nightly", { consistencyGroupId: database.id }, { dependsOn: [tables, logs] });
    const clone = new manila.ConsistencyGroup("clone", { sourceCgsnapshotId: nightly.id });
    const copyOf = (original) => ({
      consistencyGroupId: clone.id,
      sourceCgsnapshotMemberId: pulumi.all([nightly.members, original.id]).apply(
        ([members, id]) => members.find(({ shareId }) => shareId === id).id),
    });
    new manila.Share("tables-copy", { ...copyOf(tables), size: 3 });
    new manila.Share("logs-copy", { ...copyOf(logs), metadata: { origin: "nightly" } });`;

describe("A share on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  async function start(program: string): Promise<void> {
    emulator = await startEmulator({ delayMilliseconds: 300 });
    stack = await Stack.create(program, emulator.environment());
  }

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** What has changed something on the cloud since the last look, in order: the method and the resources' kind. */
  function changes(): string[] {
    const sent = emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"))
      .map(({ kind }) => kind.replace("/v2/{project_id}/", "").replace("/{id}", ""));
    emulator.requests.reset();
    return sent;
  }

  /** The shares on the cloud, for changes made by hand. */
  async function byHand(): Promise<ShareApi> {
    return new ShareApi(await cloudOf(emulator).manila());
  }

  async function shareIds(): Promise<string[]> {
    const manila = await cloudOf(emulator).manila();
    return await manila.request({ action: "list shares", method: "GET", path: "/shares", reply: idsReply });
  }

  async function idOf(name: string): Promise<string> {
    return (await stack.resource(name)).id ?? "";
  }

  it("is created in its group, grows in place and goes before the group, in one operation each", async () => {
    await start(members());
    await stack.up();
    assert.deepEqual(changes(), ["POST consistency-groups", "POST shares", "POST shares"]);
    const { id = "", outputs } = await stack.resource("tables");
    const share = await (await byHand()).get(id);
    assert.deepEqual([share.name, share.status, share.size], ["tables", "available", 2]);
    assert.equal(share.consistencyGroupId, await idOf("database"));
    assert.equal(outputs.shareTypeId, "22222222-2222-4222-8222-222222222222", "the group's only type");
    for (const [property, value] of Object.entries(share)) {
      assert.deepEqual(property === "id" ? id : outputs[property], value, property);
    }
    assert.deepEqual(outputs.exportLocations, [
      `192.0.2.10:/shares/share_${id}`,
      `192.0.2.20:/shares/share_${id}`,
    ]);

    emulator.requests.reset();
    await stack.up();
    assert.equal(emulator.requests.count(), 0, "an up that changes nothing calls nobody");

    await stack.write(members({ size: 5, metadata: { team: "shop" } }));
    await stack.up();
    assert.deepEqual(changes(), ["PUT shares/metadata", "POST shares/action"]);
    assert.equal(await idOf("tables"), id);
    assert.equal((await stack.resource("tables")).outputs.size, 5);

    await stack.destroy();
    assert.deepEqual(changes(), ["DELETE shares", "DELETE shares", "DELETE consistency-groups"]);
    assert.deepEqual([await shareIds(), await groupIds(emulator)], [[], []]);
  });

  it("stands for the copy that a clone of its group has, without making anything, and goes with it", async () => {
    await start(CLONED);
    await stack.up();
    const made = changes();
    assert.deepEqual(made.filter((change) => change === "POST shares").length, 2, made.join());
    const ids = await Promise.all(["tables", "logs", "tables-copy", "logs-copy"].map(idOf));
    assert.deepEqual(ids.sort(), await shareIds());
    const copy = await (await byHand()).get(await idOf("tables-copy"));
    assert.deepEqual([copy.name, copy.size, copy.status], ["tables-copy", 3, "available"]);
    assert.equal(copy.consistencyGroupId, await idOf("clone"));
    assert.deepEqual((await stack.resource("logs-copy")).outputs.metadata, { origin: "nightly" });

    emulator.requests.reset();
    await stack.up();
    assert.equal(emulator.requests.count(), 0, "an up that changes nothing calls nobody");

    // A replacement finds the same copy again: it must not be deleted for it.
    const { urn } = await stack.resource("tables-copy");
    await stack.succeed("up", "--yes", "--skip-preview", "--replace", urn);
    assert.deepEqual(changes(), []);
    assert.equal(await idOf("tables-copy"), copy.id);
    assert.ok((await shareIds()).includes(copy.id));

    await stack.destroy();
    assert.deepEqual([await shareIds(), await groupIds(emulator)], [[], []]);
  });

  it("is kept when it ends in error, and replaced by the next up", async () => {
    await start(declaring());
    emulator.backEnd.failCreate = true;
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const failed = await idOf("tables");
    assert.match(output, new RegExp(`Share "tables" \\(${failed}\\) is in status "error"`));
    emulator.backEnd.failCreate = false;
    await stack.up();
    assert.notEqual(await idOf("tables"), failed);
    assert.deepEqual(await shareIds(), [await idOf("tables")]);
  });

  it("is kept when its back end can't shrink it, and says what to do", async () => {
    await start(declaring());
    await stack.up();
    emulator.backEnd.failResize = true;
    await stack.write(declaring({ size: 1 }));
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /is in status "shrinking_error" .*Not every back end can shrink\./);
    const { outputs } = await stack.resource("tables");
    assert.deepEqual([outputs.size, outputs.status], [2, "shrinking_error"]);
  });

  it("shows what was changed by hand after a refresh, and repairs it in place", async () => {
    await start(declaring({ metadata: { team: "shop" } }));
    await stack.up();
    const id = await idOf("tables");
    const shares = await byHand();
    await shares.update(id, { name: "mine", isPublic: true });
    await shares.setMetadata(id, { owner: "me" });
    await stack.refresh();
    const { outputs } = await stack.resource("tables");
    assert.deepEqual([outputs.name, outputs.isPublic, outputs.metadata], ["mine", true, { owner: "me" }]);
    await stack.up();
    const repaired = await shares.get(id);
    assert.deepEqual(
      [repaired.name, repaired.isPublic, repaired.metadata],
      ["tables", false, { team: "shop" }],
    );
  });

  it("is made again when somebody has deleted it, and destroyed without a word when it is gone", async () => {
    await start(declaring());
    await stack.up();
    const id = await idOf("tables");
    emulator.backEnd.delayMilliseconds = 0;
    await (await byHand()).delete(id);
    await stack.refresh();
    await stack.up();
    const again = await idOf("tables");
    assert.notEqual(again, id);
    await (await byHand()).delete(again);
    await stack.destroy();
    assert.deepEqual(await shareIds(), []);
  });

  it("is looked up by get, and stays when the stack goes", async () => {
    await start(declaring());
    await stack.up();
    const id = await idOf("tables");
    const program = `exports.path = manila.Share.get("tables", "${id}").exportLocations[0];`;
    const reader = await Stack.create(program, emulator.environment());
    await reader.up();
    assert.equal((await reader.succeed("stack", "output", "path")).trim(), `192.0.2.10:/shares/share_${id}`);
    await reader.destroy();
    await reader.remove();
    assert.deepEqual(await shareIds(), [id]);
  });

  it("is refused for bad inputs before anything is sent, each problem by its name", async () => {
    await start('new manila.Share("tables", { size: 0, metadata: { team: "" } });');
    const output = await stack.fail("preview");
    assert.match(output, /property shareProtocol .* has a problem: must be given/);
    assert.match(output, /property size value .* has a problem: must be at least 1 GiB/);
    assert.match(output, /property metadata value .* has a problem: metadata\.team must be 1 to 1023/);
    assert.equal(emulator.requests.count(), 0);
  });
});
