import type * as pulumi from "@pulumi/pulumi";
import { isOfType, NamedProviderResource, resourceType } from "./shim";

/** How long the operations on a snapshot may take. Changing them changes nothing on the cloud. */
export interface ConsistencyGroupSnapshotTimeouts {
  /** Until a new snapshot is `available`, such as "90s", "10m" or "1h30m". "10m" by default. */
  create?: pulumi.Input<string>;
  /** Until a changed snapshot is `available`. "10m" by default. */
  update?: pulumi.Input<string>;
  /** Until a deleted snapshot is gone. "10m" by default. */
  delete?: pulumi.Input<string>;
}

/** What a program says of a snapshot of a consistency group. */
export interface ConsistencyGroupSnapshotArgs {
  /**
   * Id of the consistency group to take a snapshot of. The group and all of its shares must be `available`. Another
   * one **replaces** the snapshot: the one that was taken is deleted, and the new one is of the other group as it is
   * then. API 2.4.
   */
  consistencyGroupId: pulumi.Input<string>;
  /**
   * A name for people, which need not be unique: at most 255 characters, none above U+FFFF (no emoji). By default the
   * name of the resource in the program. Changed in place. API 2.4.
   */
  name?: pulumi.Input<string>;
  /** What the snapshot is for, with the limits of `name`. By default none. Changed in place. API 2.4. */
  description?: pulumi.Input<string>;
  /**
   * Id of a snapshot that is there already: instead of taking one, this resource **takes it over**. It must be of the
   * group that `consistencyGroupId` says; `name` and `description` are brought to what the program says. By default a
   * snapshot is taken. Leaving it out later changes nothing; another id **replaces** the snapshot, so the former one is
   * deleted, unless `retainOnDelete` or `protect` says otherwise. From then on it is a snapshot like others: destroying
   * it deletes it. API 2.4.
   */
  importId?: pulumi.Input<string>;
  /**
   * What to do where deleting the snapshot fails, or its status forbids it: if true, it is taken out of Manila's
   * database by force, with a warning, since its storage back end is not told. It takes an administrator. False by
   * default. Changing it changes nothing on the cloud. API 2.4.
   */
  forceDelete?: pulumi.Input<boolean>;
  /**
   * Region whose Manila keeps the group and its snapshot. By default the configured one. Another one **replaces** the
   * snapshot; leaving it out later changes nothing.
   */
  region?: pulumi.Input<string>;
  /** How long to wait. Changing it changes nothing on the cloud. */
  timeouts?: pulumi.Input<ConsistencyGroupSnapshotTimeouts>;
}

/** A share as it was when the snapshot was taken. */
export interface ConsistencyGroupSnapshotMember {
  /** Id of the member itself: the `source_cgsnapshot_member_id` of a share that is made from it. API 2.4. */
  id: string;
  /** Id of the share. API 2.4. */
  shareId: string;
  /** Size of the share in GiB. API 2.4. */
  size: number;
  /** Protocol of the share, such as "NFS". API 2.4. */
  shareProtocol: string;
  /** Id of the share's type, where Manila tells it. API 2.4 to 2.30. */
  shareTypeId?: string;
}

/**
 * What is known of a snapshot that `ConsistencyGroupSnapshot.get` looks up. Beside its id, no more than the region is
 * needed.
 */
export interface ConsistencyGroupSnapshotState {
  consistencyGroupId?: pulumi.Input<string>;
  name?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  status?: pulumi.Input<string>;
  createdAt?: pulumi.Input<string>;
  /** Project of the snapshot: if it is another one than the credentials', the look-up says so. */
  projectId?: pulumi.Input<string>;
  members?: pulumi.Input<pulumi.Input<ConsistencyGroupSnapshotMember>[]>;
  /** Region whose Manila keeps the snapshot. By default the configured one. */
  region?: pulumi.Input<string>;
  timeouts?: pulumi.Input<ConsistencyGroupSnapshotTimeouts>;
}

const REGISTERED = {
  type: resourceType("ConsistencyGroupSnapshot"),
  provider: "consistencyGroupSnapshot",
  outputs: {
    consistencyGroupId: undefined,
    name: undefined,
    description: undefined,
    status: undefined,
    createdAt: undefined,
    projectId: undefined,
    members: undefined,
    region: undefined,
    timeouts: undefined,
  },
};

/**
 * A snapshot of a consistency group of OpenStack Manila: all shares of the group as they were at one instant. A group
 * whose `sourceCgsnapshotId` is its id starts with a copy of each.
 *
 * Needs Manila's API 2.4 or later; from 2.31 on it is a snapshot of a share group.
 *
 * ```typescript
 * import * as manila from "pulumi-manila";
 *
 * const database = new manila.ConsistencyGroup("database");
 * const snapshot = new manila.ConsistencyGroupSnapshot("before-upgrade", { consistencyGroupId: database.id });
 * const trial = new manila.ConsistencyGroup("trial", { sourceCgsnapshotId: snapshot.id });
 * ```
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class ConsistencyGroupSnapshot extends NamedProviderResource {
  /** @internal */
  static readonly __pulumiType = REGISTERED.type;

  /**
   * Looks up a snapshot that is there already, without managing it.
   *
   * ```typescript
   * const nightly = manila.ConsistencyGroupSnapshot.get("nightly", "834643f7-09fb-486b-8b16-96e180466fca");
   * ```
   *
   * @throws at deployment, if there is no such snapshot
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ConsistencyGroupSnapshotState = {},
    options: pulumi.CustomResourceOptions = {},
  ): ConsistencyGroupSnapshot {
    return new ConsistencyGroupSnapshot(name, state, { ...options, id });
  }

  /** True if the object is a `ConsistencyGroupSnapshot`, even one of another copy of this package. */
  static override isInstance(object: unknown): object is ConsistencyGroupSnapshot {
    return isOfType(object, ConsistencyGroupSnapshot.__pulumiType);
  }

  /** Id of the group that the snapshot is of. */
  declare readonly consistencyGroupId: pulumi.Output<string>;
  /** The name. Absent if the snapshot was found by `get` and has none. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** The description, if there is one. */
  declare readonly description: pulumi.Output<string | undefined>;
  /** `available` once the snapshot is ready; `creating`, `deleting`, `error` or `error_deleting` otherwise. */
  declare readonly status: pulumi.Output<string>;
  /** When the snapshot became ready, in UTC and ISO 8601 without a zone, such as "2016-11-02T12:30:15.000000". */
  declare readonly createdAt: pulumi.Output<string>;
  /** Id of the project that owns the snapshot. */
  declare readonly projectId: pulumi.Output<string>;
  /** The shares in the snapshot, in the order of their ids; none if the group was empty. */
  declare readonly members: pulumi.Output<ConsistencyGroupSnapshotMember[]>;
  /** Region whose Manila keeps the snapshot, as far as the catalog tells. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** The times to wait, as given. */
  declare readonly timeouts: pulumi.Output<pulumi.Unwrap<ConsistencyGroupSnapshotTimeouts> | undefined>;

  /**
   * Declares a snapshot, which is taken when the resource is created.
   *
   * @param name the resource's name in the program, unique in the stack
   * @param args the inputs
   * @param options how Pulumi treats the resource
   */
  constructor(name: string, args: ConsistencyGroupSnapshotArgs, options?: pulumi.CustomResourceOptions);
  /** @internal What `get` calls. */
  constructor(name: string, state: ConsistencyGroupSnapshotState, options: { id: pulumi.Input<pulumi.ID> });
  constructor(
    name: string,
    args: ConsistencyGroupSnapshotArgs | ConsistencyGroupSnapshotState,
    options: pulumi.CustomResourceOptions = {},
  ) {
    super(REGISTERED, name, args, options);
  }
}
