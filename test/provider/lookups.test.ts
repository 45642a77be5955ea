import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { connect } from "../../provider/client";
import type { Client, ConnectSettings } from "../../provider/client";
import { ResourceError } from "../../provider/lifecycle";
import { isExpected, lookUps } from "../../provider/lookups";
import type { LookUps } from "../../provider/lookups";
import type {
  GetConsistencyGroupsArgs,
  GetConsistencyGroupSnapshotsArgs,
  GetShareTypesArgs,
  GetSummariesArgs,
} from "../../sdk";
import { UnsupportedCloudError } from "../../provider/openstack/errors";
import { failure, refusal } from "./failures";

const LOGIN = "POST /identity/v3/auth/tokens";
const NOWHERE = "00000000-0000-4000-8000-000000000000";
const DEFAULT = "11111111-1111-4111-8111-111111111111";
const SSD = "22222222-2222-4222-8222-222222222222";

for (const generation of ["consistencyGroups", "shareGroups"] as const) {
  describe(`Look-ups on a cloud with ${generation}`, () => {
    let emulator: Emulator;
    let member: Client;
    let asked: LookUps;
    /** Ids of groups: two of the same name, one with both share types, one of another project. */
    let twins: string[];
    let database: string;
    let foreign: string;

    function login(userName: string, tenantName = "demo"): ConnectSettings {
      return { authUrl: emulator.authUrl, userName, password: "emulator", tenantName };
    }

    function lookUpsOf(settings: ConnectSettings): LookUps {
      const entries = Object.entries(settings).map(([name, value]) => [`provider:${name}`, value] as const);
      const configuration = new Map<string, unknown>(entries);
      return lookUps((key) => {
        const value = configuration.get(key);
        return typeof value === "string" ? value : undefined;
      });
    }

    before(async () => {
      emulator = await startEmulator({ generation });
      member = await connect(login("member"));
      const groups = member.consistencyGroups;
      twins = [(await groups.create({ name: "twin" })).id, (await groups.create({ name: "twin" })).id];
      database = (await groups.create({ name: "database", shareTypes: [SSD, DEFAULT] })).id;
      const alt = await connect(login("member", "alt"));
      foreign = (await alt.consistencyGroups.create({ name: "foreign" })).id;
      await groups.waitUntilAvailable(database);
      asked = lookUpsOf(login("member"));
    });

    after(() => emulator.stop());

    it("find a group by its id and by its name, with all that Manila tells of it but links that lead nowhere", async () => {
      const group = await asked.consistencyGroup({ id: database });
      const { links: _links, ...expected } = await member.consistencyGroups.get(database);
      assert.deepEqual(group, expected);
      assert.deepEqual(group.shareTypes, [DEFAULT, SSD]);
      assert.deepEqual(await asked.consistencyGroup({ name: "database" }), expected);
      assert.deepEqual(
        await asked.consistencyGroup({ id: database.toUpperCase(), region: "RegionOne" }),
        expected,
      );
    });

    it("list what is there where there is no such group, or several", async () => {
      const byName = await refusal(asked.consistencyGroup({ name: "databases" }));
      assert.match(
        byName.message,
        /^There is no consistency group "databases" for project \w+ in region RegionOne\. There are: /,
      );
      assert.ok(byName.message.includes(`"database" (${database})`));
      const byId = await refusal(asked.consistencyGroup({ id: foreign }));
      assert.match(byId.message, new RegExp(`^There is no consistency group ${foreign} `));
      const several = await refusal(asked.consistencyGroup({ name: "twin" }));
      assert.match(
        several.message,
        /^There are 2 consistency groups "twin": .* Give the id of one of them\.$/,
      );
      assert.ok(twins.every((id) => several.message.includes(id)));
    });

    it("filter groups by each property, whether the server does or not", async () => {
      const ids = async (args: object): Promise<string[]> =>
        (await asked.consistencyGroups(args)).map(({ id }) => id).sort();
      assert.deepEqual(await ids({}), [...twins, database].sort());
      assert.deepEqual(await ids({ name: "twin" }), [...twins].sort());
      assert.deepEqual(await ids({ status: "error" }), []);
      assert.deepEqual(await ids({ shareType: "ssd" }), [database]);
      assert.deepEqual(await ids({ shareType: SSD.toUpperCase(), status: "available" }), [database]);
      assert.deepEqual(await ids({ shareType: "default", name: "twin" }), [...twins].sort());
      assert.deepEqual(await ids({ shareNetworkId: NOWHERE }), []);
      assert.deepEqual(await ids({ sourceCgsnapshotId: NOWHERE }), []);
      assert.deepEqual(await ids({ host: "emulator@plain#pool", name: "database" }), [database]);
      const unknown = await refusal(asked.consistencyGroups({ shareType: "gold" }));
      assert.match(unknown.message, /^There is no share type "gold" for project \w+\. There are: "default"/);
    });

    it("see all projects for an administrator, and only if that is asked for", async () => {
      const admin = lookUpsOf(login("admin"));
      const all = await admin.consistencyGroups({ allTenants: true });
      assert.equal(all.length, 4);
      const { projectId } = all.find(({ id }) => id === foreign) ?? {};
      assert.deepEqual(
        (await admin.consistencyGroups({ allTenants: true, projectId })).map(({ id }) => id),
        [foreign],
      );
      assert.equal((await admin.consistencyGroups({})).length, 3);
      assert.equal((await asked.consistencyGroups({ allTenants: true })).length, 3);
      assert.deepEqual(await admin.consistencyGroupSummaries({ allTenants: true, name: "foreign" }), [
        { id: foreign, name: "foreign" },
      ]);
    });

    it("have a plain list of ids and names, by a request of its own", async () => {
      emulator.requests.reset();
      const found = await asked.consistencyGroupSummaries({ name: "database" });
      assert.deepEqual(found, [{ id: database, name: "database" }]);
      assert.ok(emulator.requests.list().every(({ path }) => !path.includes("/detail")));
    });

    it("find snapshots and their members, by group and by name", async () => {
      const group = await member.consistencyGroups.get(database);
      const tables = await member.shares.create({
        name: "tables",
        shareProtocol: "NFS",
        size: 1,
        shareTypeId: SSD,
        consistencyGroupId: group.id,
      });
      await member.shares.waitUntilAvailable(tables.id);
      const { id } = await member.consistencyGroupSnapshots.create({
        name: "nightly",
        consistencyGroupId: group.id,
      });
      await member.consistencyGroupSnapshots.waitUntilAvailable(id);
      const snapshot = await asked.consistencyGroupSnapshot({ id });
      assert.deepEqual(
        snapshot.members?.map(({ shareId, size }) => [shareId, size]),
        [[tables.id, 1]],
      );
      assert.deepEqual(await asked.consistencyGroupSnapshot({ name: "nightly" }), snapshot);
      const { members: _members, ...listed } = snapshot;
      assert.deepEqual(await asked.consistencyGroupSnapshots({ consistencyGroupId: database }), [listed]);
      assert.deepEqual(await asked.consistencyGroupSnapshots({ consistencyGroupId: twins[0] }), []);
      assert.deepEqual(await asked.consistencyGroupSnapshots({ status: "error" }), []);
      assert.deepEqual(await asked.consistencyGroupSnapshotSummaries({}), [{ id, name: "nightly" }]);
      const missing = await refusal(asked.consistencyGroupSnapshot({ name: "weekly" }));
      assert.match(missing.message, new RegExp(`There are: "nightly" \\(${id}\\)\\.$`));
    });

    it("find share types by id, by name and by extra specs", async () => {
      const ssd = await asked.shareType({ name: "ssd" });
      assert.equal(ssd.id, SSD);
      assert.deepEqual(await asked.shareType({ id: SSD.toUpperCase() }), ssd);
      const extraSpecs = { driver_handles_share_servers: "True" };
      assert.deepEqual(
        (await asked.shareTypes({ extraSpecs })).map(({ name }) => name),
        ["share-servers"],
      );
      assert.ok((await asked.shareTypes({})).length > 3);
      const missing = await refusal(asked.shareType({ name: "gold" }));
      assert.match(missing.message, /^There is no share type "gold" .* There are: .*"ssd" \(22222222-/);
    });

    it("find share group types where there are any, and say so where there are none", async () => {
      if (generation === "consistencyGroups") {
        const error = await failure(asked.shareGroupType({ name: "default" }), UnsupportedCloudError);
        assert.match(error.message, /came with share groups \(microversion 2\.31\)/);
        return;
      }
      const type = await asked.shareGroupType({ name: "default" });
      assert.deepEqual(type.groupSpecs, { consistent_snapshot_support: "pool" });
      const groupSpecs = { consistent_snapshot_support: "pool" };
      assert.ok((await asked.shareGroupTypes({ groupSpecs })).some(({ id }) => id === type.id));
      assert.ok((await asked.shareGroupTypes({})).some(({ name }) => name === "no-promise"));
      const found = await asked.consistencyGroups({ shareGroupType: "default", availabilityZone: "nova" });
      assert.equal(found.length, 3);
      assert.deepEqual(await asked.consistencyGroups({ shareGroupType: "no-promise" }), []);
    });

    it("cost one token and one look for versions together, however many and whatever their region", async () => {
      emulator.requests.reset();
      const { authUrl, ...rest } = login("member");
      const fresh = lookUpsOf({ authUrl, ...rest });
      await Promise.all([
        fresh.consistencyGroup({ id: database }),
        fresh.consistencyGroups({ region: "RegionOne" }),
        fresh.shareType({ name: "ssd" }),
        ...twins.map((id) => fresh.consistencyGroup({ id })),
      ]);
      assert.equal(emulator.requests.count(LOGIN), 1);
    });

    it("take every argument that the functions have, and null for one that is not given", async () => {
      const common = { name: "database", status: "available", projectId: member.projectId };
      const where = { allTenants: true, region: "RegionOne" };
      const ofGroups: Required<GetConsistencyGroupsArgs> = {
        ...common,
        ...where,
        shareType: "ssd",
        shareNetworkId: NOWHERE,
        sourceCgsnapshotId: NOWHERE,
        shareGroupType: SSD,
        availabilityZone: "nova",
        host: "emulator@plain#pool",
      };
      const ofSnapshots: Required<GetConsistencyGroupSnapshotsArgs> = {
        ...common,
        ...where,
        consistencyGroupId: NOWHERE,
      };
      const plain: Required<GetSummariesArgs> = { ...where, name: "none" };
      const ofTypes: Required<GetShareTypesArgs> = { region: "RegionOne", extraSpecs: { none: "none" } };
      assert.deepEqual(await asked.consistencyGroups(ofGroups), []);
      assert.deepEqual(await asked.consistencyGroupSnapshots(ofSnapshots), []);
      assert.deepEqual(await asked.consistencyGroupSummaries(plain), []);
      assert.deepEqual(await asked.consistencyGroupSnapshotSummaries(plain), []);
      assert.deepEqual(await asked.shareTypes(ofTypes), []);
      assert.equal((await asked.consistencyGroup({ id: null, name: "database" })).id, database);
      assert.equal((await asked.consistencyGroups(undefined)).length, 3);
    });

    it("refuse arguments that they can't honour, by name, before anything is sent", async () => {
      emulator.requests.reset();
      const refused = async (work: Promise<unknown>): Promise<string> => (await refusal(work)).message;
      assert.equal(
        await refused(asked.consistencyGroup({})),
        "getConsistencyGroup: needs either id or name.",
      );
      assert.match(await refused(asked.consistencyGroup({ id: database, name: "database" })), /needs either/);
      assert.match(await refused(asked.shareType({ id: "ssd" })), /^getShareType: id must be an id \(a UUID/);
      assert.equal(
        await refused(asked.consistencyGroups({ state: "error" })),
        "getConsistencyGroups: state: it has no such argument.",
      );
      assert.equal(emulator.requests.count(), 0);
    });
  });
}

describe("A look-up of many groups", () => {
  it("has all of them past the thousand that Manila gives at once, and names some in its errors", async function () {
    this.timeout("1m");
    const emulator = await startEmulator({ generation: "shareGroups" });
    try {
      const settings = {
        authUrl: emulator.authUrl,
        userName: "member",
        password: "emulator",
        tenantName: "demo",
      };
      const { consistencyGroups } = await connect(settings);
      const names = Array.from({ length: 1_100 }, (_, index) => `group-${index}`);
      await Promise.all(names.map((name) => consistencyGroups.create({ name })));
      const configuration = new Map(
        Object.entries(settings).map(([name, value]) => [`provider:${name}`, value]),
      );
      const asked = lookUps((key) => configuration.get(key));
      assert.equal((await asked.consistencyGroups({})).length, 1_100);
      assert.equal((await asked.consistencyGroupSummaries({})).length, 1_100);
      const error = await failure(asked.consistencyGroup({ name: "none" }), ResourceError);
      assert.match(error.message, / and 1080 more\.$/);
      assert.ok(isExpected(error) && !isExpected(new TypeError("a mistake of ours")));
    } finally {
      await emulator.stop();
    }
  });
});
