import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../emulator";
import { jsonOf } from "./http";
import { ManilaClient } from "./manila/client";

const DELAY = 1000;

const made = z.record(z.string(), z.object({ id: z.string() }));

describe("An upgrade of the emulated cloud", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-23T12:00:00.600Z");
    emulator = await startEmulator({ clock: () => now, delayMilliseconds: DELAY });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const create = async (path: string, body: object, version = "2.22") => {
    const [one] = Object.values(made.parse(jsonOf(await member.send("POST", path, body, version))));
    now += DELAY;
    return one?.id ?? "";
  };
  const show = async (path: string, version = "2.99") =>
    jsonOf(await member.send("GET", path, undefined, version));

  it("keeps groups, snapshots and member shares with their ids, and the tokens", async () => {
    const group = await create("/consistency-groups", { consistency_group: { name: "kept" } });
    const content = { share_proto: "NFS", size: 1, consistency_group_id: group };
    const share = await create("/shares", { share: content });
    const snapshot = await create("/cgsnapshots", { cgsnapshot: { consistency_group_id: group } });
    const before = z
      .object({ consistency_group: z.looseObject({ created_at: z.string() }) })
      .parse(await show(`/consistency-groups/${group}`, "2.22")).consistency_group;
    emulator.upgrade();
    const after = z.object({ share_group: z.looseObject({}) }).parse(await show(`/share-groups/${group}`));
    assert.deepEqual(
      { ...after.share_group, links: [] },
      {
        id: group,
        name: "kept",
        description: null,
        status: "available",
        created_at: before.created_at,
        project_id: before.project_id,
        host: before.host,
        share_types: before.share_types,
        share_network_id: null,
        source_share_group_snapshot_id: null,
        share_group_type_id: null,
        availability_zone: null,
        consistent_snapshot_support: null,
        links: [],
      },
    );
    const member1 = z.object({ share: z.looseObject({}) }).parse(await show(`/shares/${share}`)).share;
    assert.equal(member1.share_group_id, group);
    const kept = z.object({ share_group_snapshot: z.looseObject({ members: z.array(z.looseObject({})) }) });
    const { share_group_snapshot } = kept.parse(await show(`/share-group-snapshots/${snapshot}`));
    assert.equal(share_group_snapshot.share_group_id, group);
    assert.deepEqual(
      share_group_snapshot.members.map(({ share_id }) => share_id),
      [share],
    );
  });

  it("takes away the paths of consistency groups at every microversion, and brings those of share groups", async () => {
    assert.equal(await member.status("GET", "/share-groups"), 404);
    emulator.upgrade();
    for (const version of ["2.22", "2.30", "2.99"]) {
      const { status, text } = await member.send("GET", "/consistency-groups", undefined, version);
      assert.deepEqual([status, text.startsWith("404 Not Found")], [404, true]);
    }
    const { status } = await member.send("GET", "/share-groups", undefined, "2.99");
    assert.equal(status, 200);
  });

  it("lets what was under way come to its end", async () => {
    const { id } = await member.createGroup();
    emulator.upgrade();
    now += DELAY;
    const shape = z.object({ share_group: z.object({ status: z.string(), availability_zone: z.string() }) });
    const { share_group } = shape.parse(await show(`/share-groups/${id}`));
    assert.deepEqual(share_group, { status: "available", availability_zone: "nova" });
  });

  it("leaves old groups in no zone, so that they take no new share", async () => {
    const group = await create("/consistency-groups", { consistency_group: {} });
    emulator.upgrade();
    const share = { share_proto: "NFS", size: 1, share_group_id: group };
    const { status, text } = await member.send("POST", "/shares", { share }, "2.99");
    assert.equal(status, 404);
    assert.match(text, /Availability zone None could not be found/);
    assert.equal((await member.send("DELETE", `/share-groups/${group}`, undefined, "2.99")).status, 202);
    now += DELAY;
    assert.equal((await member.send("GET", `/share-groups/${group}`, undefined, "2.99")).status, 404);
  });
});
