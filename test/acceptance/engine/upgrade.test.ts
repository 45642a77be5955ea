import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { startEmulator } from "../../../emulator";
import type { Emulator, SeedInput } from "../../../emulator";
import { declaring, idsOf, shareIn, SUCCESSOR } from "../../engine/olderStack";
import type { Stack } from "../../engine/stack";
import type { Account, RealCloud } from "../cloud";
import { everything, manilaOf } from "./operator";
import { RealServers } from "./realServers";

const EXPECTING_NONE = "--expect-no-changes";

const withMember = z.object({ members: z.tuple([z.object({ id: z.string() })]) });

/** The emulator's cloud is the real one before its upgrade: the same project, share types and host. */
function seedOf({ demo, manila: { shareTypes } }: RealCloud): SeedInput {
  const extraSpecs = { driver_handles_share_servers: "False", snapshot_support: "True" };
  const { userId: id, userName: name, password, projectId } = demo;
  return {
    projects: [{ id: projectId, name: demo.projectName }],
    users: [{ id, name, password, roles: { [projectId]: ["member"] } }],
    applicationCredentials: [],
    shareNetworks: [],
    shareTypes: [
      { id: shareTypes.default, name: "default", extraSpecs, isDefault: true },
      { id: shareTypes.ssd, name: "ssd", extraSpecs },
    ],
    pools: [{ name: "acceptance@alpha#fake_pool_for_ALPHA", capabilities: extraSpecs }],
  };
}

/** A clouds.yaml whose one entry is this account. */
function cloudsYaml(authUrl: string, account: Account): string {
  const auth = {
    auth_url: authUrl,
    username: account.userName,
    password: account.password,
    project_name: account.projectName,
    user_domain_name: "Default",
    project_domain_name: "Default",
  };
  return JSON.stringify({ clouds: { prod: { auth, region_name: "RegionOne" } } });
}

/** Has on the real servers what the stack has on the emulator, under the same ids. */
async function carryOver(cloud: RealCloud, stack: Stack): Promise<void> {
  const {
    consistencyGroups: groups,
    consistencyGroupSnapshots: snapshots,
    shares,
  } = await manilaOf(cloud, cloud.demo);
  const { ssd } = cloud.manila.shareTypes;
  const database = await groups.create({
    name: "database",
    description: "Tables and logs",
    shareTypes: [ssd],
  });
  await groups.waitUntilAvailable(database.id);
  const tables = await shares.create({
    name: "tables",
    shareProtocol: "NFS",
    size: 1,
    shareTypeId: ssd,
    consistencyGroupId: database.id,
  });
  await shares.waitUntilAvailable(tables.id);
  const { id: nightly } = await snapshots.create({ name: "nightly", consistencyGroupId: database.id });
  const { members } = withMember.parse(await snapshots.waitUntilAvailable(nightly));
  const restored = await groups.create({ name: "restored", sourceCgsnapshotId: nightly });
  await groups.waitUntilAvailable(restored.id);
  const [copy] = await shares.detail({ consistencyGroupId: restored.id });
  assert.ok(copy !== undefined);
  await shares.update(copy.id, { name: "copy" });
  const ids = await idsOf(stack);
  const recorded = withMember.parse((await stack.resource("nightly")).outputs);
  asMigrated(cloud, {
    [database.id]: ids.database,
    [tables.id]: ids.tables,
    [nightly]: ids.nightly,
    [members[0].id]: recorded.members[0].id,
    [restored.id]: ids.restored,
    [copy.id]: ids.copy,
  });
}

function asMigrated({ python, cloudsFile }: RealCloud, ids: Record<string, string>): void {
  const script = join(__dirname, "..", "cloud", "as_migrated.py");
  const socket = join(dirname(cloudsFile), "database.sock");
  execFileSync(python, [script, socket], { input: JSON.stringify(ids) });
}

describe("A stack of consistency groups whose cloud becomes a real Manila 23", function () {
  this.timeout("5m");
  const servers = new RealServers();
  let emulator: Emulator;
  let folder: string;
  let stack: Stack;

  beforeEach("make the stack, and upgrade its cloud", async () => {
    const { cloud } = servers;
    emulator = await startEmulator({ seed: seedOf(cloud), delayMilliseconds: 100 });
    folder = await mkdtemp(join(tmpdir(), "clouds-"));
    const file = join(folder, "clouds.yaml");
    await writeFile(file, cloudsYaml(emulator.authUrl, cloud.demo));
    stack = await servers.stack(declaring(), { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: "prod" });
    await stack.up();
    await carryOver(cloud, stack);
    await writeFile(file, cloudsYaml(cloud.authUrl, cloud.demo));
  });

  afterEach(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  it("has no change previewed, is changed in place and destroyed, under the same ids", async () => {
    const before = await idsOf(stack);
    assert.deepEqual((await everything(servers.cloud)).sort(), Object.values(before).sort());
    await stack.succeed("preview", EXPECTING_NONE);
    await stack.succeed("refresh", "--yes", "--skip-preview", EXPECTING_NONE);
    await stack.succeed("preview", EXPECTING_NONE);
    const { outputs } = await stack.resource("database");
    assert.deepEqual([outputs.shareGroupTypeId, outputs.availabilityZone], [undefined, undefined]);
    await stack.write(declaring({ group: { name: "shop" }, snapshot: { name: "old" }, share: { size: 2 } }));
    await stack.up();
    assert.deepEqual(await idsOf(stack), before);
    const manila = await manilaOf(servers.cloud, servers.cloud.demo);
    assert.equal((await manila.consistencyGroups.get(before.database)).name, "shop");
    assert.equal((await manila.consistencyGroupSnapshots.get(before.nightly)).name, "old");
    assert.equal((await manila.shares.get(before.tables)).size, 2);
    await stack.destroy();
    assert.deepEqual(await everything(servers.cloud), []);
  });

  it("gets new shares not into an old group, but into one that is made from it", async () => {
    await stack.write(declaring() + shareIn("database"));
    assert.match(
      await stack.fail("up", "--yes", "--skip-preview"),
      /the group was made before its cloud was upgraded .* Availability zone None could not be found/,
    );
    await stack.write(declaring() + SUCCESSOR + shareIn("successor"));
    await stack.up();
    const { outputs } = await stack.resource("successor");
    assert.deepEqual([outputs.availabilityZone, outputs.consistentSnapshotSupport], ["nova", "pool"]);
    // Its copies are in no stack, and would keep it from being deleted.
    const { shares } = await manilaOf(servers.cloud, servers.cloud.demo);
    const inSuccessor = await shares.detail({ consistencyGroupId: (await stack.resource("successor")).id });
    const copies = inSuccessor.filter(
      ({ sourceCgsnapshotMemberId }) => sourceCgsnapshotMemberId !== undefined,
    );
    assert.equal(copies.length, 1);
    for (const { id } of copies) {
      await shares.delete(id);
      await shares.waitUntilGone(id);
    }
  });
});
