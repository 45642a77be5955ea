import type * as pulumi from "@pulumi/pulumi";
import { isOfType, NamedProviderResource, resourceType } from "./shim";

/** How long the operations on a share may take. Changing them changes nothing on the cloud. */
export interface ShareTimeouts {
  /** Until a new share is `available`, its group included, such as "90s", "10m" or "1h30m". "10m" by default. */
  create?: pulumi.Input<string>;
  /** Until a changed share is `available`. "10m" by default. */
  update?: pulumi.Input<string>;
  /** Until a deleted share is gone. "10m" by default. */
  delete?: pulumi.Input<string>;
}

/** What a program says of a share. */
export interface ShareArgs {
  /**
   * A name for people, which need not be unique: at most 255 characters, none above U+FFFF (no emoji). By default the
   * name of the resource in the program. Changed in place. API 2.0.
   */
  name?: pulumi.Input<string>;
  /** What the share is for, with the limits of `name`. By default none. Changed in place. API 2.0. */
  description?: pulumi.Input<string>;
  /**
   * Protocol by which the share is mounted: "NFS", "CIFS", "GLUSTERFS", "HDFS" or, from API 2.13 on, "CEPHFS", as far
   * as the cloud enables it. Needed, unless `sourceCgsnapshotMemberId` or `importId` is given. Another one **replaces** the share.
   * API 2.0.
   */
  shareProtocol?: pulumi.Input<string>;
  /**
   * How many GiB the share holds. Needed, unless `snapshotId`, `sourceCgsnapshotMemberId` or `importId` is given: then
   * it is by default that of the original, or what it is. A larger size extends the share **in place**, a smaller one shrinks it in place where
   * its back end can; where it can't, the share ends in `shrinking_error`. API 2.0.
   */
  size?: pulumi.Input<number>;
  /**
   * Id of the share type. In a group one of the group's. By default the only one of its group, that of the snapshot, or
   * the cloud's default share type. Another one **replaces** the share; leaving it out later changes nothing. API 2.0.
   */
  shareTypeId?: pulumi.Input<string>;
  /**
   * Id of the share network that the share server is attached to. Needed if the share type says
   * `driver_handles_share_servers = True`. By default that of the group or the snapshot, and it can be no other one.
   * Another one **replaces** the share; leaving it out later changes nothing. API 2.0.
   */
  shareNetworkId?: pulumi.Input<string>;
  /**
   * Name of the availability zone. By default the scheduler chooses. Another one **replaces** the share; leaving it out
   * later changes nothing. API 2.0.
   */
  availabilityZone?: pulumi.Input<string>;
  /**
   * Keys of 1 to 255 characters, and values of 1 to 1023. By default none: a key that the program does not have is
   * taken off. Changed in place. API 2.0.
   */
  metadata?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Whether all projects see the share. False by default. Changed in place. API 2.0. */
  isPublic?: pulumi.Input<boolean>;
  /**
   * Id of the consistency group that the share is a member of, from its creation to its end: it is snapshotted and
   * cloned with the other members. Creation waits until the group is available. By default the share is in no group.
   * Another one **replaces** the share; leaving it out later changes nothing. API 2.4.
   */
  consistencyGroupId?: pulumi.Input<string>;
  /**
   * Id of a snapshot of a single share, which the new share starts with a copy of. By default the share starts empty.
   * Another one **replaces** the share; leaving it out later changes nothing. API 2.0.
   */
  snapshotId?: pulumi.Input<string>;
  /**
   * For a share in a group that was made from a group snapshot (`sourceCgsnapshotId`): id of the member of that group
   * snapshot that this share is a copy of. The copy is there as soon as the group is, so **it is adopted** and nothing
   * is made; what else is said of it is brought about in place, or refused if that can't be. From then on it is a share
   * like others: destroying it deletes it. Needs `consistencyGroupId`. Another member **replaces** the share; leaving
   * it out later changes nothing. API 2.4.
   */
  sourceCgsnapshotMemberId?: pulumi.Input<string>;
  /**
   * Id of a share that is there already: instead of making one, this resource **takes it over**. Inputs that can't be
   * changed must say what it has, or be left out; `name`, `description`, `metadata`, `isPublic` and, if given, `size`
   * are brought about. By default a share is made. Leaving it out later changes nothing; another id **replaces** the
   * share, so the former one is deleted, unless `retainOnDelete` or `protect` says otherwise. From then on it is a share
   * like others: destroying it deletes it. API 2.0.
   */
  importId?: pulumi.Input<string>;
  /**
   * Region whose Manila keeps the share. By default the configured one. Another one **replaces** the share; leaving it
   * out later changes nothing.
   */
  region?: pulumi.Input<string>;
  /** How long to wait. Changing it changes nothing on the cloud. */
  timeouts?: pulumi.Input<ShareTimeouts>;
}

/** What is known of a share that `Share.get` looks up. Beside its id, no more than the region is needed. */
export interface ShareState {
  name?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  status?: pulumi.Input<string>;
  createdAt?: pulumi.Input<string>;
  /** Project of the share: if it is another one than the credentials', the look-up says so. */
  projectId?: pulumi.Input<string>;
  host?: pulumi.Input<string>;
  shareProtocol?: pulumi.Input<string>;
  size?: pulumi.Input<number>;
  shareTypeId?: pulumi.Input<string>;
  shareNetworkId?: pulumi.Input<string>;
  availabilityZone?: pulumi.Input<string>;
  metadata?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  isPublic?: pulumi.Input<boolean>;
  consistencyGroupId?: pulumi.Input<string>;
  snapshotId?: pulumi.Input<string>;
  sourceCgsnapshotMemberId?: pulumi.Input<string>;
  exportLocations?: pulumi.Input<pulumi.Input<string>[]>;
  shareServerId?: pulumi.Input<string>;
  /** Region whose Manila keeps the share. By default the configured one. */
  region?: pulumi.Input<string>;
  timeouts?: pulumi.Input<ShareTimeouts>;
}

const REGISTERED = {
  type: resourceType("Share"),
  provider: "share",
  outputs: {
    name: undefined,
    description: undefined,
    status: undefined,
    createdAt: undefined,
    projectId: undefined,
    host: undefined,
    shareProtocol: undefined,
    size: undefined,
    shareTypeId: undefined,
    shareNetworkId: undefined,
    availabilityZone: undefined,
    metadata: undefined,
    isPublic: undefined,
    consistencyGroupId: undefined,
    snapshotId: undefined,
    sourceCgsnapshotMemberId: undefined,
    exportLocations: undefined,
    shareServerId: undefined,
    region: undefined,
    timeouts: undefined,
  },
};

/**
 * A file share of OpenStack Manila, on its own or as a member of a consistency group. Who may mount it is said with
 * `sharedfilesystem.ShareAccess` of `@pulumi/openstack`, which takes the id of this resource.
 *
 * Needs Manila's API 2.4 or later.
 *
 * ```typescript
 * import * as manila from "pulumi-manila";
 *
 * const database = new manila.ConsistencyGroup("database");
 * const tables = new manila.Share("tables", { shareProtocol: "NFS", size: 100, consistencyGroupId: database.id });
 *
 * export const path = tables.exportLocations[0];
 * ```
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class Share extends NamedProviderResource {
  /** @internal */
  static readonly __pulumiType = REGISTERED.type;

  /**
   * Looks up a share that is there already, without managing it.
   *
   * ```typescript
   * const tables = manila.Share.get("tables", "cbfa7c79-bfac-43cf-894b-be5a2b1023fc");
   * ```
   *
   * @throws at deployment, if there is no such share
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ShareState = {},
    options: pulumi.CustomResourceOptions = {},
  ): Share {
    return new Share(name, state, { ...options, id });
  }

  /** True if the object is a `Share`, even one of another copy of this package. */
  static override isInstance(object: unknown): object is Share {
    return isOfType(object, Share.__pulumiType);
  }

  /** The name. Absent if the share was found by `get` and has none. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The description, if there is one. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** `available` once the share is ready; Manila's other words otherwise, such as `extending` or `error`. */
  declare readonly status: pulumi.Output<string>;
  /** When the share was asked for, in UTC and ISO 8601 without a zone, such as "2016-11-02T12:30:15.000000". */
  declare readonly createdAt: pulumi.Output<string>;
  /** Id of the project that owns the share. */
  declare readonly projectId: pulumi.Output<string>;
  /** Back end and pool that the scheduler has chosen, such as "newton@alpha#pool". */
  declare readonly host: pulumi.Output<string | undefined>;
  /** Protocol by which the share is mounted, in capitals. */
  declare readonly shareProtocol: pulumi.Output<string>;
  /** How many GiB the share holds. */
  declare readonly size: pulumi.Output<number>;
  /** Id of the share type, if there is one. API 2.6; before, what the program gives. */
  declare readonly shareTypeId: pulumi.Output<string | undefined>;
  /** Id of the share network, if there is one. */
  declare readonly shareNetworkId: pulumi.Output<string | undefined>;
  /** Name of the availability zone, where Manila says so. */
  declare readonly availabilityZone: pulumi.Output<string | undefined>;
  /** All metadata of the share. */
  declare readonly metadata: pulumi.Output<Record<string, string>>;
  /** Whether all projects see the share. */
  declare readonly isPublic: pulumi.Output<boolean>;
  /** Id of the group that the share is a member of, if any. API 2.4. */
  declare readonly consistencyGroupId: pulumi.Output<string | undefined>;
  /** Id of the snapshot that the share was made from, if any. The snapshot itself may be gone. */
  declare readonly snapshotId: pulumi.Output<string | undefined>;
  /** Id of the member of a group snapshot that the share is a copy of, if any. API 2.4. */
  declare readonly sourceCgsnapshotMemberId: pulumi.Output<string | undefined>;
  /**
   * Paths to mount the share by, such as "192.0.2.10:/shares/share_1234": those first that the back end prefers, which
   * it tells from API 2.14 on. From API 2.9 on without those that are for administrators alone.
   */
  declare readonly exportLocations: pulumi.Output<string[]>;
  /** Id of the share server, which Manila shows to administrators only. */
  declare readonly shareServerId: pulumi.Output<string | undefined>;
  /** Region whose Manila keeps the share, as far as the catalog tells. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** The times to wait, as given. */
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<ShareTimeouts> | undefined>;

  /**
   * Declares a share.
   *
   * @param name the resource's name in the program, unique in the stack
   * @param args the inputs
   * @param options how Pulumi treats the resource
   */
  constructor(name: string, args: ShareArgs, options: pulumi.CustomResourceOptions = {}) {
    super(REGISTERED, name, args, options);
  }
}
