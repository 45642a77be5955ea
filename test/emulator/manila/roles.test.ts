import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { startEmulator, type Emulator } from "../../../emulator";
import { ManilaClient } from "./client";

describe("Projects and roles in the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let stranger: ManilaClient;
  let admin: ManilaClient;

  before(async () => {
    emulator = await startEmulator();
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
    stranger = await ManilaClient.connect(emulator, { user: "member", project: "alt" });
    admin = await ManilaClient.connect(emulator, { user: "admin", project: "alt" });
  });
  after(() => emulator.stop());

  it("hides a group from other projects", async () => {
    const { id } = await member.createGroup({ name: "hidden" });
    const path = `/consistency-groups/${id}`;
    assert.equal(await stranger.status("GET", path), 404);
    assert.equal(await stranger.status("PUT", path, { consistency_group: { name: "taken" } }), 404);
    assert.equal(await stranger.status("DELETE", path), 404);
    assert.deepEqual(await stranger.listNames(), []);
    assert.equal((await member.showGroup(id)).name, "hidden");
  });

  it("shows administrators the groups of every project when they ask for them", async () => {
    const { id } = await member.createGroup({ name: "everywhere" });
    assert.deepEqual(await admin.listNames(), []);
    assert.ok((await admin.listNames("?all_tenants=1")).includes("everywhere"));
    assert.ok(!(await stranger.listNames("?all_tenants=1")).includes("everywhere"));
    assert.equal(await admin.status("GET", `/consistency-groups/${id}`), 200);
  });

  it("keeps admin actions from members", async () => {
    const { id } = await member.createGroup();
    const action = `/consistency-groups/${id}/action`;
    assert.equal(await member.status("POST", action, { force_delete: null }), 403);
    assert.equal(await admin.status("POST", action, { force_delete: null }), 202);
    assert.equal(await member.status("GET", `/consistency-groups/${id}`), 404);
  });

  it("refuses a member share of another project", async () => {
    const { id } = await member.createGroup();
    const share = { share_proto: "NFS", size: 1, consistency_group_id: id };
    assert.equal(await stranger.status("POST", "/shares", { share }), 400);
    assert.equal(await member.status("POST", "/shares", { share }), 200);
  });
});
