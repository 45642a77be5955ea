import { join } from "node:path";
import { z } from "zod";
import { startCloud } from "../../acceptance/cloud";
import { Recorder } from "./recorder";
import { recordedSeed } from "./recording";
import { actions } from "./scenes/actions";
import { copies } from "./scenes/copies";
import { types, versions } from "./scenes/discovery";
import { failed, life } from "./scenes/groups";
import { network, quotas } from "./scenes/limits";
import { lists } from "./scenes/lists";
import { members } from "./scenes/members";
import { reader } from "./scenes/reader";
import { refusedCreations, refusedSnapshots } from "./scenes/refusals";
import { snapshotActions, snapshots } from "./scenes/snapshots";
import type { Stage } from "./scenes/stage";

const ABOUT =
  'Recorded by recordShareGroups.ts from Manila 23.0.1 with its dummy driver (0.5 s a call) behind keystonemiddleware, in one run. In order, "at" in seconds since the start; what only waits for a status is left out. Tokens read role:project. "seed" is what the server held before.';

async function play(stage: Stage): Promise<void> {
  await versions(stage);
  await types(stage);
  await refusedCreations(stage);
  const groupId = await life(stage);
  await failed(stage);
  await lists(stage, groupId);
  await actions(stage);
  const shareId = await members(stage, groupId);
  await refusedSnapshots(stage, groupId);
  const snapshotId = await snapshots(stage, groupId, shareId);
  await snapshotActions(stage, groupId, snapshotId);
  await reader(stage, groupId);
  await copies(stage, groupId, snapshotId, shareId);
  await network(stage);
  await quotas(stage);
}

/** What the server holds, in the words of its API. */
async function seedOf({ recorder, manila }: Stage): Promise<object> {
  const all = async (path: string): Promise<unknown> =>
    JSON.parse((await recorder.unrecorded("GET", `/v2/admin/${path}`, { who: "admin:admin" })).text);
  const pools = z.object({ pools: z.array(z.object({ name: z.string() })) });
  return {
    ...recordedSeed.pick({ share_types: true }).parse(await all("types")),
    ...recordedSeed.pick({ share_group_types: true }).parse(await all("share-group-types")),
    share_networks: [{ id: manila.shareNetworkId, project_id: "demo", name: "network" }],
    pools: pools.parse(await all("scheduler-stats/pools")).pools.map(({ name }) => name),
    quotas: [{ project_id: "other", share_groups: 1, share_group_snapshots: 1 }],
  };
}

async function main(): Promise<void> {
  const cloud = await startCloud();
  try {
    const recorder = await Recorder.connect(cloud);
    const stage = { recorder, manila: cloud.manila };
    const body = { quota_set: { share_groups: 1, share_group_snapshots: 1 } };
    await recorder.unrecorded("PUT", `/v2/admin/quota-sets/${cloud.other.projectId}`, {
      who: "admin:admin",
      body,
    });
    const seed = await seedOf(stage);
    await play(stage);
    recorder.write(join(__dirname, "manila-23.0.1-share-groups.json"), ABOUT, seed);
  } finally {
    await cloud.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
