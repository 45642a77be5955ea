import { startEmulator } from "../../emulator";
import type { GenerationName } from "../../emulator";
import { defaultSeed } from "../../emulator/defaultSeed";
import type { Clock } from "../../provider/openstack/clock";
import { systemClock } from "../../provider/openstack/clock";
import type { TestedCloud } from "./cloud";
import { userOf } from "./user";

const DEFAULT = "11111111-1111-4111-8111-111111111111";
const SSD = "22222222-2222-4222-8222-222222222222";
const SHARE_SERVERS = "33333333-3333-4333-8333-333333333333";
const NO_BACK_END = "44444444-4444-4444-8444-444444444444";
const DEMO_NETWORK = "55555555-5555-4555-8555-555555555555";
const GROUP_TYPE = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
const GROUP_TYPE_OF_SERVERS = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

const CONSISTENT = { groupSpecs: { consistent_snapshot_support: "pool" } };

/** How many times as fast as the system's clock the provider's is: nobody has to wait for the emulator. */
const HASTE = 10;

const hastyClock: Clock = {
  now: () => systemClock.now() * HASTE,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / HASTE, signal),
};

/** Two group types that have no share type in common, and a project for the administrator. */
const SEED = {
  projects: [...defaultSeed.projects, { id: "0de40000000000000000000000000003", name: "operations" }],
  shareGroupTypes: [
    {
      id: GROUP_TYPE,
      name: "default",
      shareTypeIds: [DEFAULT, SSD, NO_BACK_END],
      isDefault: true,
      ...CONSISTENT,
    },
    { id: GROUP_TYPE_OF_SERVERS, name: "share-servers", shareTypeIds: [SHARE_SERVERS], ...CONSISTENT },
  ],
};

/** The emulator with one of its two APIs, as the behaviours see it. */
export async function emulatedCloud(generation: GenerationName): Promise<TestedCloud> {
  const emulator = await startEmulator({ generation, seed: SEED, delayMilliseconds: 5 });
  const user = (userName: string, projectName: string) =>
    userOf({ environment: { ...emulator.environment(userName), OS_PROJECT_NAME: projectName } }, hastyClock);
  return {
    member: await user("member", "demo"),
    other: await user("member", "alt"),
    administrator: await user("admin", "operations"),
    defaultShareType: DEFAULT,
    otherShareType: { id: SSD, name: "ssd" },
    onShareServers: {
      shareTypes: [SHARE_SERVERS],
      shareNetworkId: DEMO_NETWORK,
      ...(generation === "shareGroups" && { shareGroupType: GROUP_TYPE_OF_SERVERS }),
    },
    unschedulable: { shareTypes: [NO_BACK_END] },
    stop: () => emulator.stop(),
  };
}
