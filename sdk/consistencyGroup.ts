import type * as pulumi from "@pulumi/pulumi";
import { isOfType, NamedProviderResource, resourceType } from "./shim";

/** How long the operations on a consistency group may take. Changing them changes nothing on the cloud. */
export interface ConsistencyGroupTimeouts {
  /** Until a new group is `available`, such as "90s", "10m" or "1h30m". "10m" by default. */
  create?: pulumi.Input<string>;
  /** Until a changed group is `available`. "10m" by default. */
  update?: pulumi.Input<string>;
  /** Until a deleted group is gone. "10m" by default. */
  delete?: pulumi.Input<string>;
}

/** What a program says of a consistency group. */
export interface ConsistencyGroupArgs {
  /**
   * A name for people, which need not be unique: at most 255 characters, none above U+FFFF (no emoji). By default the
   * name of the resource in the program. Changed in place.
   */
  name?: pulumi.Input<string>;
  /** What the group is for, with the limits of `name`. By default none. Changed in place. */
  description?: pulumi.Input<string>;
  /**
   * Ids or names of the share types that the group's shares may have: a set, so that order and repetition do not
   * count, nor whether a type is given by its id or its name. They must agree on `driver_handles_share_servers`. By
   * default the cloud's default share type, or those of the share group type, or with `sourceCgsnapshotId` those of
   * the snapshot's group, which can't be combined with others. Another set **replaces** the group; leaving them out
   * later changes nothing. API 2.4.
   */
  shareTypes?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Id of the share network that the group's share servers are attached to. Needed if the share types say
   * `driver_handles_share_servers = True`, refused if they say False; with `sourceCgsnapshotId` that of the snapshot's
   * group. Another one **replaces** the group; leaving it out later changes nothing.
   */
  shareNetworkId?: pulumi.Input<string>;
  /**
   * Id of a snapshot of a consistency group, which must be `available`: the new group starts with a copy of every
   * share in it. By default the group starts empty. Another one **replaces** the group; leaving it out later changes
   * nothing, so a restored group outlives the snapshot it was made from.
   */
  sourceCgsnapshotId?: pulumi.Input<string>;
  /**
   * Id or name of the share group type. By default the cloud's default one, or with `sourceCgsnapshotId` that of the
   * snapshot's group. Another one **replaces** the group; of a group that was made before its cloud had types, none is a
   * difference. Only on clouds with share groups. API 2.31.
   */
  shareGroupType?: pulumi.Input<string>;
  /**
   * Name of the availability zone. By default the scheduler chooses, or with `sourceCgsnapshotId` it is that of the
   * snapshot's group. Another one **replaces** the group; leaving it out later changes nothing. Only on clouds with
   * share groups. API 2.34.
   */
  availabilityZone?: pulumi.Input<string>;
  /**
   * Whether a group must give what its name promises: snapshots of all its shares at one instant. A consistency group
   * always does. A share group does only if its type has the group spec `consistent_snapshot_support`: by default,
   * true, one without it is refused before anything is made. If false, it is made all the same, with a warning.
   * Changing it changes nothing on the cloud.
   */
  requireConsistentSnapshots?: pulumi.Input<boolean>;
  /**
   * Id of a group that is there already: instead of making one, this resource **takes it over**. Inputs that can't be
   * changed must say what it has, or be left out; `name` and `description` are brought to what the program says. By
   * default a group is made. Leaving it out later changes nothing; another id **replaces** the group, so the former one
   * is deleted, unless `retainOnDelete` or `protect` says otherwise. From then on it is a group like others: destroying
   * it deletes it. API 2.4.
   */
  importId?: pulumi.Input<string>;
  /**
   * What to do where deleting the group fails, or its status forbids it: if true, it is taken out of Manila's
   * database by force, but only if no share and no snapshot is left in it, and with a warning, since its storage back
   * end is not told. It takes an administrator. False by default. Changing it changes nothing on the cloud. API 2.4.
   */
  forceDelete?: pulumi.Input<boolean>;
  /**
   * Region whose Manila keeps the group. By default the configured one. Another one **replaces** the group; leaving
   * it out later changes nothing.
   */
  region?: pulumi.Input<string>;
  /** How long to wait. Changing it changes nothing on the cloud. */
  timeouts?: pulumi.Input<ConsistencyGroupTimeouts>;
}

/** What is known of a group that `ConsistencyGroup.get` looks up. Beside its id, no more than the region is needed. */
export interface ConsistencyGroupState {
  name?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  status?: pulumi.Input<string>;
  createdAt?: pulumi.Input<string>;
  /** Project of the group: if it is another one than the credentials', the look-up says so. */
  projectId?: pulumi.Input<string>;
  host?: pulumi.Input<string>;
  shareTypes?: pulumi.Input<pulumi.Input<string>[]>;
  shareNetworkId?: pulumi.Input<string>;
  sourceCgsnapshotId?: pulumi.Input<string>;
  shareServerId?: pulumi.Input<string>;
  shareGroupTypeId?: pulumi.Input<string>;
  availabilityZone?: pulumi.Input<string>;
  consistentSnapshotSupport?: pulumi.Input<string>;
  /** Region whose Manila keeps the group. By default the configured one. */
  region?: pulumi.Input<string>;
  timeouts?: pulumi.Input<ConsistencyGroupTimeouts>;
}

const REGISTERED = {
  type: resourceType("ConsistencyGroup"),
  provider: "consistencyGroup",
  outputs: {
    name: undefined,
    description: undefined,
    status: undefined,
    createdAt: undefined,
    projectId: undefined,
    host: undefined,
    shareTypes: undefined,
    shareNetworkId: undefined,
    sourceCgsnapshotId: undefined,
    shareServerId: undefined,
    shareGroupTypeId: undefined,
    availabilityZone: undefined,
    consistentSnapshotSupport: undefined,
    region: undefined,
    timeouts: undefined,
  },
};

/**
 * A consistency group of OpenStack Manila: file shares that are snapshotted at the exact same instant, so that what
 * belongs together, such as a database's tables, logs and configuration, can be restored together.
 *
 * On clouds with Manila's API 2.31 or later it is a share group, the successor of consistency groups; on older ones,
 * from 2.4 on, a consistency group. A stack outlives its cloud's upgrade from one to the other: the groups keep their
 * ids.
 *
 * ```typescript
 * import * as manila from "pulumi-manila";
 *
 * const database = new manila.ConsistencyGroup("database", {
 *   description: "Tables, logs and configuration of the shop",
 *   shareTypes: ["7c22b22d-9738-4ece-ada9-292618616425"],
 * });
 *
 * export const databaseId = database.id;
 * ```
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class ConsistencyGroup extends NamedProviderResource {
  /** @internal */
  static readonly __pulumiType = REGISTERED.type;

  /**
   * Looks up a group that is there already, without managing it.
   *
   * ```typescript
   * const shared = manila.ConsistencyGroup.get("shared", "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8");
   * ```
   *
   * @throws at deployment, if there is no such group
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ConsistencyGroupState = {},
    options: pulumi.CustomResourceOptions = {},
  ): ConsistencyGroup {
    return new ConsistencyGroup(name, state, { ...options, id });
  }

  /** True if the object is a `ConsistencyGroup`, even one of another copy of this package. */
  static override isInstance(object: unknown): object is ConsistencyGroup {
    return isOfType(object, ConsistencyGroup.__pulumiType);
  }

  /** The name. Absent if the group was found by `get` and has none. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The description, if there is one. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** `available` once the group is ready; `creating`, `deleting`, `error` or `error_deleting` otherwise. */
  declare readonly status: pulumi.Output<string>;
  /** When the group became ready, in UTC and ISO 8601 without a zone, such as "2016-11-02T12:30:15.000000". */
  declare readonly createdAt: pulumi.Output<string>;
  /** Id of the project that owns the group. */
  declare readonly projectId: pulumi.Output<string>;
  /** Back end and pool that the scheduler has chosen, such as "newton@alpha#pool". */
  declare readonly host: pulumi.Output<string | undefined>;
  /** Ids of the share types that the group's shares may have, sorted. */
  declare readonly shareTypes: pulumi.Output<string[]>;
  /** Id of the share network, if the group has one. */
  declare readonly shareNetworkId: pulumi.Output<string | undefined>;
  /** Id of the snapshot that the group was made from, if any. The snapshot itself may be gone. */
  declare readonly sourceCgsnapshotId: pulumi.Output<string | undefined>;
  /** Id of the share server, which Manila shows to administrators only. */
  declare readonly shareServerId: pulumi.Output<string | undefined>;
  /** Id of the share group type. Absent of consistency groups, and of groups that were made as such. API 2.31. */
  declare readonly shareGroupTypeId: pulumi.Output<string | undefined>;
  /** Name of the availability zone, where Manila says so. API 2.34. */
  declare readonly availabilityZone: pulumi.Output<string | undefined>;
  /** What a share group's snapshots are consistent over: "pool" or "host"; absent if nothing. API 2.34. */
  declare readonly consistentSnapshotSupport: pulumi.Output<string | undefined>;
  /** Region whose Manila keeps the group, as far as the catalog tells. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** The times to wait, as given. */
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<ConsistencyGroupTimeouts> | undefined>;

  /**
   * Declares a group.
   *
   * @param name the resource's name in the program, unique in the stack
   * @param args the inputs
   * @param options how Pulumi treats the resource
   */
  constructor(name: string, args: ConsistencyGroupArgs = {}, options: pulumi.CustomResourceOptions = {}) {
    super(REGISTERED, name, args, options);
  }
}
