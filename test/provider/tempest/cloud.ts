import { startEmulator } from "../../../emulator";
import type { Emulator } from "../../../emulator";
import { defaultSeed } from "../../../emulator/defaultSeed";
import { clientOf } from "../../../provider/client";
import type {
  Client,
  ConsistencyGroup,
  ConsistencyGroupSnapshot,
  NewShare,
  Share,
} from "../../../provider/client";
import { Cloud } from "../../../provider/openstack/cloud";
import { FakeClock } from "../fakeClock";
import { fakeSources } from "../openstack/settings/fakeSources";

const START = Date.parse("2026-01-01T00:00:00Z");

export const SSD = "22222222-2222-4222-8222-222222222222";
export const DEFAULT = "11111111-1111-4111-8111-111111111111";
/** Two types whose shares have share servers, and a network for them. */
export const SERVERS = "33333333-3333-4333-8333-333333333333";
export const MORE_SERVERS = "77777777-7777-4777-8777-777777777777";
export const NETWORK = "55555555-5555-4555-8555-555555555555";
export const NOWHERE = "00000000-0000-4000-8000-000000000000";

const shareTypes = defaultSeed.shareTypes.flatMap((type) =>
  type.id === SERVERS ? [type, { ...type, id: MORE_SERVERS, name: "more-share-servers" }] : [type],
);

/** What the suite works with: the client of a member at the microversion of the API's beginning, and of an administrator. */
export class TempestCloud {
  private constructor(
    readonly emulator: Emulator,
    readonly member: Client,
    readonly admin: Client,
    /** The member at the newest microversion. */
    readonly latest: Client,
  ) {}

  static async start(): Promise<TempestCloud> {
    const clock = new FakeClock();
    const emulator = await startEmulator({
      clock: () => START + clock.now(),
      delayMilliseconds: 1_000,
      seed: { shareTypes },
    });
    const connect = async (userName: string, microversion = ""): Promise<Client> => {
      const environment = { ...emulator.environment(userName), OS_SHARE_API_VERSION: microversion };
      const cloud = new Cloud(fakeSources({ environment }), clock, () => undefined);
      const outside = { connect: () => cloud.manila(), clock, tell: () => undefined };
      return clientOf(await outside.connect(), outside);
    };
    return new TempestCloud(
      emulator,
      await connect("member", "2.4"),
      await connect("admin", "2.4"),
      await connect("member"),
    );
  }

  /** A group that is available. */
  async group(shareTypes: string[] = [SSD], shareNetworkId?: string): Promise<ConsistencyGroup> {
    const { id } = await this.member.consistencyGroups.create({
      name: "tempest-cg",
      description: "tempest-cg-desc",
      shareTypes,
      shareNetworkId,
    });
    return await this.member.consistencyGroups.waitUntilAvailable(id);
  }

  /** A share that is available, in a group or not. */
  async share(fields: NewShare = {}): Promise<Share> {
    const { id } = await this.member.shares.create({
      shareProtocol: "NFS",
      size: 1,
      shareTypeId: SSD,
      ...fields,
    });
    return await this.member.shares.waitUntilAvailable(id);
  }

  /** A snapshot of a group that is available. */
  async snapshot(consistencyGroupId: string): Promise<ConsistencyGroupSnapshot> {
    const { id } = await this.member.consistencyGroupSnapshots.create({
      consistencyGroupId,
      name: "tempest-cgsnapshot",
      description: "tempest-cgsnapshot-desc",
    });
    return await this.member.consistencyGroupSnapshots.waitUntilAvailable(id);
  }

  /** A group that was made from a snapshot, available. */
  async clone(sourceCgsnapshotId: string): Promise<ConsistencyGroup> {
    const { id } = await this.member.consistencyGroups.create({ sourceCgsnapshotId });
    return await this.member.consistencyGroups.waitUntilAvailable(id);
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
  }
}
