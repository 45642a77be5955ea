import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../../emulator";
import { jsonOf } from "../http";
import { ManilaClient } from "./client";

const DELAY = 1000;

const share = z.looseObject({ id: z.string(), status: z.string(), size: z.number() });
const shown = z.object({ share });
const locations = z.object({
  export_locations: z.array(z.looseObject({ path: z.string(), preferred: z.boolean().optional() })),
});

describe("Shares of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-23T12:00:00Z");
    emulator = await startEmulator({ clock: () => now, delayMilliseconds: DELAY });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const look = async (id: string, version?: string) =>
    shown.parse(jsonOf(await member.send("GET", `/shares/${id}`, undefined, version))).share;
  const created = async (content: object = {}) => {
    const body = { share: { share_proto: "NFS", size: 2, ...content } };
    const { id } = shown.parse(jsonOf(await member.send("POST", "/shares", body))).share;
    now += DELAY;
    return look(id);
  };
  const act = (id: string, action: object, version?: string) =>
    member.send("POST", `/shares/${id}/action`, action, version);

  it("have export locations once they are available, those of administrators kept from members", async () => {
    const { id } = await created();
    const admin = await ManilaClient.connect(emulator, { user: "admin", project: "demo" });
    const path = `/shares/${id}/export_locations`;
    const listed = locations.parse(jsonOf(await member.send("GET", path))).export_locations;
    assert.deepEqual(
      listed.map((each) => [each.path, each.preferred]),
      [
        [`192.0.2.20:/shares/share_${id}`, false],
        [`192.0.2.10:/shares/share_${id}`, true],
      ],
    );
    const all = locations.parse(jsonOf(await admin.send("GET", path))).export_locations;
    assert.deepEqual(
      all.map((each) => each.is_admin_only),
      [false, false, true],
    );
  });

  it("say their export locations themselves before 2.9, and which is preferred from 2.14", async () => {
    const { id, ...newest } = await created({ share_proto: "CIFS" });
    assert.ok(!("export_locations" in newest));
    const { export_location, export_locations } = await look(id, "2.8");
    assert.equal(export_location, `\\\\192.0.2.20\\share_${id}`);
    assert.equal(z.array(z.string()).parse(export_locations)[0], export_location);
    const path = `/shares/${id}/export_locations`;
    assert.equal((await member.send("GET", path, undefined, "2.8")).status, 404);
    const old = locations.parse(jsonOf(await member.send("GET", path, undefined, "2.13")));
    assert.ok(old.export_locations.every(({ preferred }) => preferred === undefined));
  });

  it("grow and shrink in their own time, by actions that had another name before 2.7", async () => {
    const { id } = await created();
    assert.equal((await act(id, { extend: { new_size: 5 } })).status, 202);
    assert.deepEqual(await look(id).then(({ status, size }) => [status, size]), ["extending", 2]);
    now += DELAY;
    assert.deepEqual(await look(id).then(({ status, size }) => [status, size]), ["available", 5]);
    assert.equal((await act(id, { shrink: { new_size: 3 } }, "2.6")).status, 404);
    assert.equal((await act(id, { "os-shrink": { new_size: 3 } }, "2.6")).status, 202);
    assert.equal((await look(id)).status, "shrinking");
    now += DELAY;
    assert.deepEqual(await look(id).then(({ status, size }) => [status, size]), ["available", 3]);
  });

  it("refuse a size that is none, or on the wrong side of theirs, or at the wrong time", async () => {
    const { id } = await created();
    const refusals: [object, RegExp][] = [
      [{ extend: { new_size: "much" } }, /must be specified as an integer/],
      [{ extend: { new_size: 2 } }, /must be greater than current size\. \(current: 2, extended: 2\)/],
      [{ shrink: { new_size: 2 } }, /must be less than current size/],
      [{ shrink: { new_size: 0 } }, /greater than 0 \(current: 2, new: 0\)/],
    ];
    for (const [action, message] of refusals) {
      const { status, text } = await act(id, action);
      assert.equal(status, 400);
      assert.match(text, message);
    }
    await act(id, { extend: { new_size: 3 } });
    assert.match((await act(id, { extend: { new_size: 4 } })).text, /current status is: extending/);
    assert.equal(await member.status("DELETE", `/shares/${id}`), 403);
  });

  it("end in an error of their own when the back end fails", async () => {
    emulator.backEnd.failResize = true;
    const [one, other] = [await created(), await created()];
    await act(one.id, { extend: { new_size: 3 } });
    await act(other.id, { shrink: { new_size: 1 } });
    now += DELAY;
    assert.equal((await look(one.id)).status, "extending_error");
    assert.equal((await look(other.id)).status, "shrinking_error");
    assert.equal((await created({ name: "fail-create" })).status, "error");
    const { id } = await created({ name: "fail-delete" });
    await member.send("DELETE", `/shares/${id}`);
    now += DELAY;
    assert.equal((await look(id)).status, "error_deleting");
  });

  it("keep metadata, which is replaced or added to", async () => {
    const { id, metadata } = await created({ metadata: { tier: "gold" } });
    assert.deepEqual(metadata, { tier: "gold" });
    const path = `/shares/${id}/metadata`;
    await member.send("POST", path, { metadata: { team: "shop" } });
    assert.deepEqual(jsonOf(await member.send("GET", path)), { metadata: { tier: "gold", team: "shop" } });
    await member.send("PUT", path, { metadata: { team: "stock" } });
    assert.deepEqual((await look(id)).metadata, { team: "stock" });
    for (const bad of [{ "": "x" }, { x: "" }, { x: "y".repeat(1024) }, { ["k".repeat(256)]: "v" }]) {
      assert.equal(await member.status("PUT", path, { metadata: bad }), 400);
    }
  });

  it("are told missing in as many words as there are paths to them", async () => {
    const id = "99999999-9999-4999-8999-999999999999";
    const said = async (method: string, path: string, body?: object) =>
      (await member.send(method, `/shares/${id}${path}`, body)).text;
    assert.match(await said("GET", ""), /"The resource could not be found\."/);
    assert.match(await said("GET", "/metadata"), /"share does not exist"/);
    assert.match(await said("GET", "/export_locations"), new RegExp(`"Share '${id}' not found\\."`));
    assert.match(
      await said("POST", "/action", { extend: { new_size: 2 } }),
      new RegExp(`"Share ${id} could not be found\\."`),
    );
  });

  it("need a zone, a snapshot and a network that exist", async () => {
    const unknown = "99999999-9999-4999-8999-999999999999";
    for (const [field, what] of [
      ["availability_zone", "Availability zone"],
      ["snapshot_id", "Snapshot"],
      ["share_network_id", "Share network"],
    ] as const) {
      const body = { share: { share_proto: "NFS", size: 1, [field]: unknown } };
      const { status, text } = await member.send("POST", "/shares", body);
      assert.equal(status, 404);
      assert.match(text, new RegExp(`"${what} ${unknown} could not be found\\."`));
    }
  });
});
