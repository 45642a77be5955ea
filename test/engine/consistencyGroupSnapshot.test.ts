import assert from "node:assert/strict";
import { z } from "zod";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { groupIds } from "./operator";
import { Stack } from "./stack";

const SNAPSHOTS = "/v2/{project_id}/cgsnapshots";
const DEFAULT_TYPE = "11111111-1111-4111-8111-111111111111";
const SSD = "22222222-2222-4222-8222-222222222222";

const shareReply = z.object({ share: z.object({ id: z.string() }) }).transform(({ share }) => share.id);
const idsReply = z
  .object({ cgsnapshots: z.array(z.object({ id: z.string() })) })
  .transform(({ cgsnapshots }) => cgsnapshots.map(({ id }) => id));

/** A program with a group, a snapshot of it, and a group that starts as a copy of the snapshot. */
function declaring({ group = {}, snapshot = {}, copyOptions = {} } = {}): string {
  return `
    const database = new manila.ConsistencyGroup("database", ${JSON.stringify(group)});
    const nightly = new manila.ConsistencyGroupSnapshot("nightly", {
      consistencyGroupId: database.id, ...${JSON.stringify(snapshot)},
    });
    new manila.ConsistencyGroup("copy", { sourceCgsnapshotId: nightly.id }, ${JSON.stringify(copyOptions)});`;
}

const GROUP_ALONE = 'new manila.ConsistencyGroup("database", {});';

describe("A snapshot of a consistency group on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  async function start(program: string, delayMilliseconds = 300): Promise<void> {
    emulator = await startEmulator({ delayMilliseconds });
    stack = await Stack.create(program, emulator.environment());
  }

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** What has changed something on the cloud since the last look, in order: the method and the path's end. */
  function changes(): string[] {
    const sent = emulator.requests
      .list()
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"))
      .map(({ method, path }) => `${method} ${path.split("/").slice(3).join("/")}`);
    emulator.requests.reset();
    return sent;
  }

  async function idOf(name: string): Promise<string> {
    return (await stack.resource(name)).id ?? "";
  }

  /** The snapshots on the cloud, for changes made by hand. */
  async function byHand(): Promise<ConsistencyGroupSnapshotApi> {
    return new ConsistencyGroupSnapshotApi(await cloudOf(emulator).manila());
  }

  async function snapshotIds(): Promise<string[]> {
    const manila = await cloudOf(emulator).manila();
    const list = { action: "list snapshots", method: "GET", path: "/cgsnapshots" } as const;
    return await manila.request({ ...list, reply: idsReply });
  }

  /** Puts a share into the group, as somebody does who has no resource for it; gives its id. */
  async function putShare(groupId: string, size: number): Promise<string> {
    const manila = await cloudOf(emulator).manila();
    return await manila.request({
      action: "create a share",
      method: "POST",
      path: "/shares",
      body: { share: { name: "tables", share_proto: "NFS", size, consistency_group_id: groupId } },
      reply: shareReply,
    });
  }

  /** What an administrator does to a snapshot whose creation does not end. */
  async function resetToError(id: string): Promise<void> {
    const manila = await cloudOf(emulator, { "openstack:userName": "admin" }).manila();
    await manila.request({
      action: "reset the snapshot",
      method: "POST",
      path: `/cgsnapshots/${id}/action`,
      body: { reset_status: { status: "error" } },
      reply: z.unknown(),
    });
  }

  it("is taken and copied into another group in one up, and all three go in one destroy", async () => {
    await start(declaring({ snapshot: { description: "Before the upgrade" } }));
    await stack.up();
    assert.deepEqual(changes(), ["POST consistency-groups", "POST cgsnapshots", "POST consistency-groups"]);
    const [group, snapshot, copy] = [
      await idOf("database"),
      await idOf("nightly"),
      await stack.resource("copy"),
    ];
    assert.equal(copy.outputs.sourceCgsnapshotId, snapshot);
    const { outputs } = await stack.resource("nightly");
    const { links: _links, ...told } = await (await byHand()).get(snapshot);
    for (const [property, value] of Object.entries(told)) {
      assert.deepEqual(property === "id" ? snapshot : outputs[property], value, property);
    }
    assert.deepEqual([outputs.name, outputs.consistencyGroupId, outputs.members], ["nightly", group, []]);
    emulator.requests.reset();
    assert.deepEqual(await stack.preview(), []);
    assert.equal(emulator.requests.count(), 0);
    await stack.destroy();
    assert.deepEqual(changes(), [
      `DELETE consistency-groups/${copy.id ?? ""}`,
      `DELETE cgsnapshots/${snapshot}`,
      `DELETE consistency-groups/${group}`,
    ]);
    assert.deepEqual(await groupIds(emulator), []);
  });

  it("tells which shares are in it, and is renamed in place without asking for them again", async () => {
    await start(GROUP_ALONE, 0);
    await stack.up();
    const group = await idOf("database");
    const shares = [await putShare(group, 2), await putShare(group, 2)].sort();
    await stack.write(declaring());
    await stack.up();
    const { id = "", outputs } = await stack.resource("nightly");
    const { members } = await (await byHand()).get(id);
    assert.deepEqual(outputs.members, members);
    assert.deepEqual(
      members?.map(({ shareId, size, shareProtocol, shareTypeId }) => [
        shareId,
        size,
        shareProtocol,
        shareTypeId,
      ]),
      shares.map((share) => [share, 2, "NFS", DEFAULT_TYPE]),
    );
    emulator.requests.reset();
    await stack.write(declaring({ snapshot: { name: "monthly" } }));
    assert.deepEqual(await stack.preview(), ["update nightly"]);
    await stack.up();
    assert.equal(emulator.requests.count(`GET ${SNAPSHOTS}/{id}/members`), 0);
    assert.deepEqual(changes(), [`PUT cgsnapshots/${id}`]);
    assert.deepEqual((await stack.resource("nightly")).outputs, { ...outputs, name: "monthly" });
  });

  it("is refused while a share is not available, and the message names it", async () => {
    await start(GROUP_ALONE, 0);
    await stack.up();
    const group = await idOf("database");
    emulator.backEnd.delayMilliseconds = 600_000;
    const share = await putShare(group, 1);
    await stack.write(declaring());
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const cause = `"database" \\(${group}\\) can't be snapshotted: its share "tables" \\(${share}\\) is in status "creating"`;
    assert.match(output, new RegExp(cause));
    assert.deepEqual(await snapshotIds(), []);
  });

  it("is replaced together with its group, and so is the copy; nothing is left behind", async () => {
    await start(declaring());
    await stack.up();
    changes();
    await stack.write(declaring({ group: { shareTypes: [SSD] } }));
    assert.deepEqual((await stack.preview()).sort(), ["replace copy", "replace database", "replace nightly"]);
    await stack.up();
    assert.deepEqual(await snapshotIds(), [await idOf("nightly")]);
    const groups = [await idOf("database"), await idOf("copy")];
    assert.deepEqual((await groupIds(emulator)).sort(), groups.sort());
    assert.deepEqual(await stack.preview(), []);
  });

  it("is kept when its creation ends in error, and replaced by the next up", async () => {
    await start(GROUP_ALONE, 0);
    await stack.up();
    emulator.backEnd.delayMilliseconds = 600_000;
    await stack.write(declaring({ snapshot: { timeouts: { create: "1s" } } }));
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const id = await idOf("nightly");
    assert.match(output, new RegExp(`snapshot "nightly" \\(${id}\\) is still "creating" after 1s\\.`));
    await resetToError(id);
    assert.match(await stack.fail("up", "--yes", "--skip-preview"), /the next "pulumi up" replaces it/);
    assert.deepEqual(await snapshotIds(), [id]);
    emulator.backEnd.delayMilliseconds = 0;
    await stack.up();
    assert.notEqual(await idOf("nightly"), id);
    assert.deepEqual(await snapshotIds(), [await idOf("nightly")]);
  });

  it("shows what was changed by hand after a refresh, repairs it, and is taken again when it is gone", async () => {
    await start(declaring(), 0);
    await stack.up();
    const id = await idOf("nightly");
    await (await byHand()).update(id, { name: "mine" });
    await stack.refresh();
    assert.match(await stack.succeed("preview", "--diff"), /~ name\s*: "mine" => "nightly"/);
    await stack.up();
    assert.equal((await (await byHand()).get(id)).name, "nightly");
    await (await byHand()).delete(id);
    await stack.refresh();
    assert.deepEqual(await stack.preview(), ["create nightly", "replace copy"]);
    await stack.write(declaring({ copyOptions: { ignoreChanges: ["sourceCgsnapshotId"] } }));
    assert.deepEqual(await stack.preview(), ["create nightly"], "the copy can be kept");
  });

  it("is looked up by get, and stays when the stack goes", async () => {
    await start(declaring(), 0);
    await stack.up();
    const id = await idOf("nightly");
    const reader = await Stack.create(
      `exports.found = manila.ConsistencyGroupSnapshot.get("shared", "${id}");`,
      emulator.environment(),
    );
    await reader.up();
    const { outputs } = await reader.resource("shared");
    assert.deepEqual([outputs.name, outputs.status, outputs.members], ["nightly", "available", []]);
    await reader.destroy();
    await reader.remove();
    assert.deepEqual(await snapshotIds(), [id]);
  });
});
