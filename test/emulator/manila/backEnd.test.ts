import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../../emulator";
import { jsonOf } from "../http";
import { ManilaClient } from "./client";

const DELAY = 1000;

describe("The back end of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-23T12:00:00Z");
    emulator = await startEmulator({ clock: () => now, delayMilliseconds: DELAY });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const created = async (content: object = {}) => {
    const { id } = await member.createGroup(content);
    now += 2 * DELAY;
    return member.showGroup(id);
  };

  it("schedules a group before it creates it", async () => {
    const { id, status, host } = await member.createGroup();
    assert.deepEqual([status, host], ["creating", null]);
    now += DELAY / 10;
    const scheduled = await member.showGroup(id);
    assert.deepEqual([scheduled.status, scheduled.host], ["creating", "emulator@plain#pool"]);
    now += DELAY;
    assert.equal((await member.showGroup(id)).status, "available");
  });

  it("deletes a group only after a while", async () => {
    const { id } = await created();
    assert.equal(await member.status("DELETE", `/consistency-groups/${id}`), 202);
    assert.equal((await member.showGroup(id)).status, "deleting");
    now += DELAY;
    assert.equal(await member.status("GET", `/consistency-groups/${id}`), 404);
  });

  it("fails to create and to delete while its switches are set, whatever the name", async () => {
    emulator.backEnd.failCreate = true;
    assert.equal((await created({ name: "same" })).status, "error");
    emulator.backEnd.failCreate = false;
    const { id, status } = await created({ name: "same" });
    assert.equal(status, "available");
    emulator.backEnd.failDelete = true;
    await member.send("DELETE", `/consistency-groups/${id}`);
    now += DELAY;
    assert.equal((await member.showGroup(id)).status, "error");
    emulator.backEnd.failDelete = false;
    await member.send("DELETE", `/consistency-groups/${id}`);
    now += DELAY;
    assert.equal(await member.status("GET", `/consistency-groups/${id}`), 404);
  });

  it("leaves a group that no pool serves in error, without a host", async () => {
    const { status, host } = await created({ share_types: ["44444444-4444-4444-8444-444444444444"] });
    assert.deepEqual([status, host], ["error", null]);
  });

  it("clones the member shares of a snapshot, and lists a group's shares", async () => {
    const source = await created({ name: "source" });
    await member.send("POST", "/shares", {
      share: { share_proto: "NFS", size: 3, consistency_group_id: source.id },
    });
    now += DELAY;
    const made = await member.send("POST", "/cgsnapshots", {
      cgsnapshot: { consistency_group_id: source.id },
    });
    const { cgsnapshot } = z.object({ cgsnapshot: z.object({ id: z.string() }) }).parse(jsonOf(made));
    now += DELAY;
    const clone = await created({ source_cgsnapshot_id: cgsnapshot.id });
    assert.deepEqual([clone.status, clone.host], ["available", source.host]);
    const members = await member.send("GET", `/shares/detail?consistency_group_id=${clone.id}`);
    const shape = z.object({ shares: z.array(z.object({ size: z.number(), status: z.string() })) });
    assert.deepEqual(shape.parse(jsonOf(members)).shares, [{ size: 3, status: "available" }]);
  });

  it("asks for the group's id before it deletes a member share, and keeps one that has a snapshot", async () => {
    const group = await created();
    const made = await member.send("POST", "/shares", {
      share: { share_proto: "NFS", size: 1, consistency_group_id: group.id },
    });
    const { share } = z.object({ share: z.object({ id: z.string() }) }).parse(jsonOf(made));
    now += DELAY;
    assert.equal(await member.status("DELETE", `/shares/${share.id}`), 400);
    await member.send("POST", "/cgsnapshots", { cgsnapshot: { consistency_group_id: group.id } });
    const path = `/shares/${share.id}?consistency_group_id=${group.id}`;
    assert.equal(await member.status("DELETE", path), 403);
  });

  it("keeps a share network that a group is on", async () => {
    const network = "55555555-5555-4555-8555-555555555555";
    const { id } = await created({
      share_types: ["33333333-3333-4333-8333-333333333333"],
      share_network_id: network,
    });
    assert.equal(await member.status("DELETE", `/share-networks/${network}`), 409);
    await member.send("DELETE", `/consistency-groups/${id}`);
    now += DELAY;
    assert.equal(await member.status("DELETE", `/share-networks/${network}`), 202);
  });
});
