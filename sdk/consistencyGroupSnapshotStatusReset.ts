import type * as pulumi from "@pulumi/pulumi";
import { isOfType, NamedProviderResource, resourceType } from "./shim";

/** What a program says of a reset of a group snapshot's status. Whatever of it changes, the reset is done again. */
export interface ConsistencyGroupSnapshotStatusResetArgs {
  /** Id of the snapshot. */
  consistencyGroupSnapshotId: pulumi.Input<string>;
  /** The status to write: "available", "error", "creating", "deleting" or "error_deleting". */
  status: pulumi.Input<string>;
  /** Values of any kind: whenever one of them changes, the status is reset again. By default none. */
  triggers?: pulumi.Input<unknown[]>;
  /** Region whose Manila keeps the snapshot. By default the configured one. */
  region?: pulumi.Input<string>;
}

const REGISTERED = {
  type: resourceType("ConsistencyGroupSnapshotStatusReset"),
  provider: "consistencyGroupSnapshotStatusReset",
  outputs: {
    consistencyGroupSnapshotId: undefined,
    status: undefined,
    triggers: undefined,
    region: undefined,
  },
};

/**
 * A reset of a group snapshot's status, for an administrator who has repaired what was stuck. It is done once, when
 * the resource is created, and again whenever something that is said of it changes; destroying it does nothing. It
 * writes into Manila's database, without a word to the storage back end. On clouds with share groups it is the same
 * action of those.
 *
 * Needs Manila's API 2.4 or later, and by default the role admin.
 *
 * ```typescript
 * import * as manila from "pulumi-manila";
 *
 * const repaired = new manila.ConsistencyGroupSnapshotStatusReset("repaired", {
 *   consistencyGroupSnapshotId: "834643f7-09fb-486b-8b16-96e180466fca",
 *   status: "available",
 *   triggers: ["after the outage of 24 November"],
 * });
 * ```
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/#reset-share-group-snapshot-state
 */
export class ConsistencyGroupSnapshotStatusReset extends NamedProviderResource {
  /** @internal */
  static readonly __pulumiType = REGISTERED.type;

  /** True if the object is a `ConsistencyGroupSnapshotStatusReset`, even one of another copy of this package. */
  static override isInstance(object: unknown): object is ConsistencyGroupSnapshotStatusReset {
    return isOfType(object, ConsistencyGroupSnapshotStatusReset.__pulumiType);
  }

  /** Id of the snapshot. */
  declare readonly consistencyGroupSnapshotId: pulumi.Output<string>;
  /** The status that was written, which need not be the snapshot's by now. */
  declare readonly status: pulumi.Output<string>;
  /** The triggers, as given. */
  declare readonly triggers: pulumi.Output<unknown[] | undefined>;
  /** The region, as given. */
  declare readonly region: pulumi.Output<string | undefined>;

  /**
   * Declares a reset.
   *
   * @param name the resource's name in the program, unique in the stack
   * @param args the inputs
   * @param options how Pulumi treats the resource
   */
  constructor(
    name: string,
    args: ConsistencyGroupSnapshotStatusResetArgs,
    options: pulumi.CustomResourceOptions = {},
  ) {
    super(REGISTERED, name, args, options);
  }
}
