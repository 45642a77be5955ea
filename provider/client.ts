/**
 * The client that the provider itself uses, for scripts: no Pulumi, no stack, no state.
 *
 * @module pulumi-manila/client
 */

import { z } from "zod";
import { ConsistencyGroupApi } from "./consistencyGroup/api";
import type { ConsistencyGroup } from "./consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "./consistencyGroupSnapshot/api";
import type { ConsistencyGroupSnapshot } from "./consistencyGroupSnapshot/api";
import type { Outside } from "./lifecycle";
import { systemClock } from "./openstack/clock";
import type { Manila } from "./openstack/manila";
import type { Generation } from "./openstack/microversion";
import { newCloud } from "./openstack/newCloud";
import { settings as table, SettingsError } from "./openstack/settings";
import type { ConfigurableName } from "./openstack/settings";
import { ShareApi } from "./share/api";
import type { Share } from "./share/api";
import { ShareGroupTypeApi } from "./shareGroupType/api";
import { ShareTypeApi } from "./shareType/api";
import { tell } from "./tell";
import { waiters } from "./waiters";
import type { Waiters } from "./waiters";

export type {
  ConsistencyGroup,
  ConsistencyGroupApi,
  GroupShare,
  NewConsistencyGroup,
} from "./consistencyGroup/api";
export type { ConsistencyGroupSnapshot, NewConsistencyGroupSnapshot } from "./consistencyGroupSnapshot/api";
export type { SnapshotMember } from "./consistencyGroupSnapshot/schema";
export type { TextChanges } from "./inputs";
export { ResourceError } from "./lifecycle";
export {
  ApiError,
  ConnectionError,
  isMissing,
  ManilaError,
  ReplyError,
  UnsupportedCloudError,
} from "./openstack/errors";
export type { Generation } from "./openstack/microversion";
export { SettingsError } from "./openstack/settings";
export { StatusError } from "./provisioning";
export { STATUSES } from "./resourceApi";
export type { ListOptions, Status } from "./resourceApi";
export type { NewShare, Share, ShareApi, ShareChanges } from "./share/api";
export { promisesConsistentSnapshots } from "./shareGroupType/api";
export type { ShareGroupType, ShareGroupTypeApi } from "./shareGroupType/api";
export type { ShareType, ShareTypeApi } from "./shareType/api";
export type { Waiters, WaitOptions } from "./waiters";
export type { Described, Link, Summary } from "./wire";

/**
 * Where to connect to: the arguments of an explicit provider, with their meaning, units and defaults.
 * `docs/configuration.md` lists them all.
 */
export type ConnectSettings = Partial<
  Record<ConfigurableName, string | number | boolean | Record<string, string>>
>;

/** Where else to look for settings. */
export interface ConnectOptions {
  /**
   * Reads a stack's configuration by keys such as `openstack:cloud`, secrets in clear. It comes after the settings and
   * before the environment. None by default; in a Pulumi program, `pulumi.runtime.getConfig`.
   */
  configuration?: (key: string) => string | undefined;
}

/** A kind of resource: the requests on it that the provider itself sends, and waiting for what they begin. */
export type Kind<Resource, Api> = Api & Waiters<Resource>;

/** Manila as one project sees it in one region. */
export interface Client {
  /** Consistency groups, or on today's clouds share groups. */
  readonly consistencyGroups: Kind<ConsistencyGroup, ConsistencyGroupApi>;
  /** Their snapshots, and the members of these. */
  readonly consistencyGroupSnapshots: Kind<ConsistencyGroupSnapshot, ConsistencyGroupSnapshotApi>;
  /** Shares, in a group or not. */
  readonly shares: Kind<Share, ShareApi>;
  /** The share types that the project may use. */
  readonly shareTypes: ShareTypeApi;
  /** Only on clouds with share groups; others are refused with an `UnsupportedCloudError`. */
  readonly shareGroupTypes: ShareGroupTypeApi;
  /** The region, as far as the catalog tells. */
  readonly region: string | undefined;
  /** Id of the project that the credentials are for. */
  readonly projectId: string;
  /** Which of Manila's two APIs serves groups. */
  readonly generation: Generation;
  /** The microversion that is spoken, such as "2.22". */
  readonly microversion: string;
  /** The same cloud in another of its regions, with the same token. */
  inRegion(region: string): Promise<Client>;
}

/**
 * Logs in to a cloud and finds its Manila. What the settings leave out comes from the environment and clouds.yaml, by
 * the rules of `docs/configuration.md`.
 *
 * ```typescript
 * import { connect } from "pulumi-manila/client";
 *
 * const manila = await connect({ cloud: "prod" });
 * const failed = await manila.consistencyGroups.detail({ status: "error" });
 * ```
 *
 * @throws SettingsError if no cloud is named, or the settings can't be used
 * @throws ApiError if Keystone refuses the login, ConnectionError if it can't be reached
 * @throws UnsupportedCloudError if the cloud has no Manila that has groups
 */
export async function connect(settings: ConnectSettings = {}, options: ConnectOptions = {}): Promise<Client> {
  const given = providerSettings(settings);
  const { configuration = () => undefined } = options;
  const cloud = newCloud((key) => given(key) ?? configuration(key), tell);
  const outside = { connect: (region?: string) => cloud.manila(region), clock: systemClock, tell };
  return clientOf(await outside.connect(), outside);
}

/** @internal */
export function clientOf(manila: Manila, outside: Outside): Client {
  const groups = new ConsistencyGroupApi(manila);
  const snapshots = new ConsistencyGroupSnapshotApi(manila);
  const shares = new ShareApi(manila);
  return {
    consistencyGroups: Object.assign(groups, waiters(groups, manila, outside)),
    consistencyGroupSnapshots: Object.assign(snapshots, waiters(snapshots, manila, outside)),
    shares: Object.assign(shares, waiters(shares, manila, outside)),
    shareTypes: new ShareTypeApi(manila),
    shareGroupTypes: new ShareGroupTypeApi(manila),
    region: manila.region,
    projectId: manila.projectId,
    generation: manila.generation,
    microversion: manila.microversion,
    inRegion: async (region) => clientOf(await outside.connect(region), outside),
  };
}

const names = table.flatMap(({ name, namespace }) => (namespace === undefined ? [] : [name]));

const text = z
  .union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.string())], {
    error: "must be a text, a number, a boolean or a map of texts",
  })
  .transform((value) => (typeof value === "string" ? value : JSON.stringify(value)));

const texts = z.strictObject(Object.fromEntries(names.map((name) => [name, text.optional()])));

/** The settings as an explicit provider would hand them over. */
function providerSettings(settings: ConnectSettings): (key: string) => string | undefined {
  const parsed = texts.safeParse(settings);
  if (parsed.success) {
    return (key) => parsed.data[key.replace(/^provider:/, "")];
  }
  throw new SettingsError(
    "The settings of the connection can't be used:",
    parsed.error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? `${issue.keys.join(", ")}: there is no such setting. There are: ${names.join(", ")}.`
        : `${issue.path.join(".")} ${issue.message}.`,
    ),
  );
}
