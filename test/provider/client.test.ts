import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import {
  clientOf,
  connect,
  ConnectionError,
  isMissing,
  SettingsError,
  StatusError,
  UnsupportedCloudError,
} from "../../provider/client";
import type { Client, ConnectSettings } from "../../provider/client";
import { FakeManila, GROUP } from "./consistencyGroup/fakeManila";
import { failure, refusedWith } from "./failures";
import { FakeClock } from "./fakeClock";
import { freePort } from "./openstack/http/server";

const LOGIN = "POST /identity/v3/auth/tokens";
const NOWHERE = "00000000-0000-4000-8000-000000000000";

const execute = promisify(execFile);

function login({ authUrl }: Emulator, userName = "member"): ConnectSettings {
  return { authUrl, userName, password: "emulator", tenantName: "demo" };
}

for (const generation of ["consistencyGroups", "shareGroups"] as const) {
  describe(`The client on a cloud with ${generation}`, () => {
    let emulator: Emulator;
    let manila: Client;
    let admin: Client;

    before(async () => {
      emulator = await startEmulator({ generation, delayMilliseconds: 20 });
      manila = await connect(login(emulator));
      admin = await connect(login(emulator, "admin"));
    });

    after(() => emulator.stop());

    it("tells which API it speaks, where and for which project", () => {
      assert.equal(manila.generation, generation);
      assert.equal(manila.microversion, generation === "shareGroups" ? "2.99" : "2.22");
      assert.deepEqual([manila.region, manila.projectId], ["RegionOne", emulator.seed.projects[0]?.id]);
    });

    it("takes a group with a share through snapshot and clone, waiting for each", async () => {
      const { consistencyGroups: groups, consistencyGroupSnapshots: snapshots, shares } = manila;
      const { id } = await groups.create({ name: "database" });
      const { shareTypes } = await groups.waitUntilAvailable(id);
      const tables = await shares.create({
        name: "tables",
        shareProtocol: "NFS",
        size: 1,
        shareTypeId: shareTypes[0],
        consistencyGroupId: id,
      });
      const available = await shares.waitUntilAvailable(tables.id);
      assert.equal(available.exportLocations?.length, 2);
      assert.deepEqual(await groups.shares(id), [{ id: tables.id, name: "tables", status: "available" }]);

      const snapshot = await snapshots.create({ consistencyGroupId: id, name: "nightly" });
      const { members = [] } = await snapshots.waitUntilAvailable(snapshot.id);
      assert.deepEqual(
        members.map(({ shareId }) => shareId),
        [tables.id],
      );
      assert.deepEqual(await snapshots.members(snapshot.id), members);
      assert.equal((await snapshots.update(snapshot.id, { name: "weekly" })).name, "weekly");

      const clone = await groups.create({ name: "restored", sourceCgsnapshotId: snapshot.id });
      await groups.waitUntilAvailable(clone.id);
      const copies = await shares.detail({ consistencyGroupId: clone.id });
      assert.deepEqual(
        copies.map(({ sourceCgsnapshotMemberId }) => sourceCgsnapshotMemberId),
        members.map((member) => member.id),
      );

      assert.equal((await groups.update(id, { description: "of the shop" })).description, "of the shop");
      await refusedWith(409, groups.delete(id));
      await snapshots.delete(snapshot.id);
      await snapshots.waitUntilGone(snapshot.id);
      for (const share of [...copies, tables]) {
        await shares.delete(share.id);
        await shares.waitUntilGone(share.id);
      }
      for (const group of [clone.id, id]) {
        await groups.delete(group);
        await groups.waitUntilGone(group);
        await groups.waitUntilGone(group);
        assert.ok(isMissing(await refusedWith(404, groups.get(group)), group));
      }
    });

    it("lists plainly and with details, filtered, and of all projects for an administrator", async () => {
      const created = ["first", "second"].map((name) => manila.consistencyGroups.create({ name }));
      const [first, second] = await Promise.all(created);
      const alt = await connect({ ...login(emulator), tenantName: "alt" });
      const third = await alt.consistencyGroups.create({ name: "first" });
      assert.deepEqual((await manila.consistencyGroups.list()).map(({ name }) => name).sort(), [
        "first",
        "second",
      ]);
      const found = async (client: Client, name: string, allTenants?: boolean) =>
        (await client.consistencyGroups.detail({ name }, { allTenants })).map(({ id }) => id).sort();
      assert.deepEqual(await found(manila, "first"), [first?.id]);
      assert.deepEqual(await found(manila, "second", true), [second?.id]);
      assert.deepEqual(await found(admin, "first", true), [first?.id, third.id].sort());
      const ids = (await admin.consistencyGroups.list({ allTenants: true })).map(({ id }) => id);
      for (const id of ids) {
        await admin.consistencyGroups.forceDelete(id);
      }
    });

    it("lists shares plainly and with details, filtered, and of all projects for an administrator", async () => {
      const share = { shareProtocol: "NFS", size: 1 };
      const [tables, logs] = await Promise.all([
        manila.shares.create({ ...share, name: "tables" }),
        manila.shares.create({ ...share, name: "logs", size: 2 }),
      ]);
      assert.deepEqual((await manila.shares.list()).map(({ name }) => name).sort(), ["logs", "tables"]);
      assert.deepEqual(
        (await manila.shares.detail({ size: 2 })).map(({ id }) => id),
        [logs.id],
      );
      assert.equal((await admin.shares.list({ allTenants: true })).length, 2);
      for (const { id } of [tables, logs]) {
        await manila.shares.waitUntilAvailable(id);
        await admin.shares.resetStatus(id, "error");
        assert.equal((await manila.shares.get(id)).status, "error");
        await admin.shares.forceDelete(id);
        await manila.shares.waitUntilGone(id);
      }
    });

    it("lets an administrator repair and remove what is stuck, and tells others which policy they lack", async () => {
      const { id } = await manila.consistencyGroups.create({ name: "stuck" });
      await manila.consistencyGroups.waitUntilAvailable(id);
      await admin.consistencyGroups.resetStatus(id, "error_deleting");
      await refusedWith(409, manila.consistencyGroups.delete(id));
      const error = await refusedWith(403, manila.consistencyGroups.forceDelete(id));
      assert.match(error.message, /policy "\w+:force_delete"/);
      const snapshot = await refusedWith(404, admin.consistencyGroupSnapshots.resetStatus(NOWHERE, "error"));
      assert.ok(isMissing(snapshot, NOWHERE));
      await admin.consistencyGroups.forceDelete(id);
      await manila.consistencyGroups.waitUntilGone(id);
    });

    it("repairs and removes a snapshot that is stuck", async () => {
      const { id: consistencyGroupId } = await manila.consistencyGroups.create({ name: "database" });
      await manila.consistencyGroups.waitUntilAvailable(consistencyGroupId);
      const { id } = await manila.consistencyGroupSnapshots.create({ consistencyGroupId });
      await manila.consistencyGroupSnapshots.waitUntilAvailable(id);
      await admin.consistencyGroupSnapshots.resetStatus(id, "error_deleting");
      await refusedWith(409, manila.consistencyGroupSnapshots.delete(id));
      await admin.consistencyGroupSnapshots.forceDelete(id);
      assert.deepEqual(await manila.consistencyGroups.snapshots(consistencyGroupId), []);
      await admin.consistencyGroups.forceDelete(consistencyGroupId);
    });

    it("has the share types, and share group types where there are any", async () => {
      const names = (await manila.shareTypes.list()).map(({ name }) => name);
      assert.ok(names.includes("ssd"));
      if (generation === "shareGroups") {
        const types = await manila.shareGroupTypes.list();
        assert.deepEqual(types.map(({ name }) => name).sort(), ["default", "no-back-end", "no-promise"]);
      } else {
        const error = await failure(manila.shareGroupTypes.list(), UnsupportedCloudError);
        assert.match(error.message, /they came with share groups \(microversion 2\.31\)/);
      }
    });

    it("says why a group failed, and does not take a failed deletion for one", async () => {
      const [noBackEnd] = (await manila.shareTypes.list()).filter(({ name }) => name === "no-back-end");
      const { id } = await manila.consistencyGroups.create({ shareTypes: [noBackEnd?.id ?? ""] });
      const failed = await failure(manila.consistencyGroups.waitUntilAvailable(id), StatusError);
      assert.match(failed.message, /^Consistency group .* is in status "error" \(no host\): /);
      assert.doesNotMatch(failed.message, /pulumi/);
      const left = await failure(manila.consistencyGroups.waitUntilGone(id), StatusError);
      assert.match(left.message, /It is not being deleted, or not any more: delete it again\.$/);
      await manila.consistencyGroups.delete(id);
      await manila.consistencyGroups.waitUntilGone(id);
    });

    it("goes to other regions with the same token", async () => {
      emulator.requests.reset();
      const client = await connect(login(emulator));
      const other = await client.inRegion("RegionOne");
      assert.equal(other.region, "RegionOne");
      await failure(client.inRegion("RegionNine"), UnsupportedCloudError);
      assert.equal(emulator.requests.count(LOGIN), 1);
    });

    it("lets a script end by itself", async () => {
      const script = `
        const { connect } = require("pulumi-manila/client");
        connect(${JSON.stringify(login(emulator))})
          .then((manila) => manila.consistencyGroups.list())
          .then((groups) => console.log(groups.length));
      `;
      const { stdout } = await execute(process.execPath, ["-e", script], { timeout: 15_000 });
      assert.equal(stdout, "0\n");
    });

    it("is there for ES modules as well", async () => {
      const script = `
        import { connect, StatusError } from "pulumi-manila/client";
        const { generation } = await connect(${JSON.stringify(login(emulator))});
        console.log(generation, typeof StatusError);
      `;
      const { stdout } = await execute(process.execPath, ["--input-type=module", "-e", script]);
      assert.equal(stdout, `${generation} function\n`);
    });
  });
}

describe("connect", () => {
  it("refuses what is no setting, or none that can be used, before anything is sent", async () => {
    const wrong = { cloud: ["prod"], authURL: "http://keystone" };
    // As a script in JavaScript may do it.
    const attempt = async (): Promise<unknown> => await Reflect.apply(connect, undefined, [wrong]);
    const error = await failure(attempt(), SettingsError);
    assert.deepEqual(error.problems[0], "cloud must be a text, a number, a boolean or a map of texts.");
    assert.match(error.problems[1] ?? "", /^authURL: there is no such setting\. There are: cloud, authUrl, /);
  });

  it("takes numbers, booleans and maps for settings, and says which is wrong", async () => {
    const settings = { authUrl: "http://127.0.0.1:1", insecure: true, maxRetries: -1 };
    const error = await failure(connect(settings), SettingsError);
    assert.match(error.message, /provider:maxRetries .* must be/);
    assert.doesNotMatch(error.message, /provider:insecure/);
  });

  it("reads a stack's configuration after the settings and before the environment", async () => {
    const authUrl = `http://127.0.0.1:${await freePort()}`;
    const stack: Record<string, string> = {
      "openstack:authUrl": authUrl,
      "openstack:userName": "member",
      "openstack:password": "secret",
      "openstack:tenantName": "demo",
      "openstack:maxRetries": "0",
    };
    const error = await failure(connect({}, { configuration: (key) => stack[key] }), ConnectionError);
    assert.match(error.message, new RegExp(`^Can't log in to ${authUrl}/v3: `));
  });
});

describe("Waiting in a script", () => {
  function slowCloud(): { manila: Client; fake: FakeManila; clock: FakeClock } {
    const fake = new FakeManila();
    const clock = new FakeClock();
    fake.add({ status: "creating" });
    const outside = { connect: () => Promise.resolve(fake), clock, tell: () => undefined };
    return { manila: clientOf(fake, outside), fake, clock };
  }

  it("ends after ten minutes, or after the time that is given", async () => {
    const { manila, clock } = slowCloud();
    const { consistencyGroups } = manila;
    const error = await failure(consistencyGroups.waitUntilAvailable(GROUP, { timeout: "90s" }), StatusError);
    assert.match(
      error.message,
      /is still "creating" after 90s .* Wait again, or longer: timeout says how long\.$/,
    );
    assert.ok(clock.now() >= 90_000 && clock.now() < 95_000);
    await failure(consistencyGroups.waitUntilAvailable(GROUP), StatusError);
    assert.ok(clock.now() >= 690_000 && clock.now() < 700_000);
  });

  it("refuses a time that is none", async () => {
    const { manila, fake } = slowCloud();
    const error = await failure(
      manila.consistencyGroups.waitUntilGone(GROUP, { timeout: "soon" }),
      SettingsError,
    );
    assert.match(error.problems[0] ?? "", /^timeout must be a length of time above zero/);
    assert.deepEqual(fake.calls, []);
  });
});
