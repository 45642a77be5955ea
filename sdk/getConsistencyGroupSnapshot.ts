import type * as pulumi from "@pulumi/pulumi";
import type { ConsistencyGroupSnapshotMember } from "./consistencyGroupSnapshot";
import { lookUp, lookUpOutput } from "./lookup";
import type { GetSummariesArgs, GetSummaryResult, LookUpInputs, LookUpOptions } from "./lookup";

/** Which snapshot to look up: either `id` or `name` is needed. */
export interface GetConsistencyGroupSnapshotArgs {
  /** Id of the snapshot, in whatever project the credentials can see it. */
  id?: string;
  /** Name of the snapshot, which must be the only one of that name in the project. */
  name?: string;
  /** Region whose Manila keeps the snapshot. By default the configured one. */
  region?: string;
}

/** Which snapshots to look up: those that have all the values that are given. By default all of the project. */
export interface GetConsistencyGroupSnapshotsArgs {
  /** Name, as a whole. */
  name?: string;
  /** `available`, `creating`, `deleting`, `error` or `error_deleting`. */
  status?: string;
  /** Id of the group. */
  consistencyGroupId?: string;
  /** Id of the project that owns the snapshot, of use with `allTenants`. */
  projectId?: string;
  /** Whether to look in all projects, which takes an administrator; for others it changes nothing. False by default. */
  allTenants?: boolean;
  /** Region whose Manila keeps the snapshots. By default the configured one. */
  region?: string;
}

/** What a look-up tells of a snapshot. */
export interface GetConsistencyGroupSnapshotResult extends GetSummaryResult {
  /** The description, if there is one. */
  description?: string;
  /** `available`, `creating`, `deleting`, `error` or `error_deleting`. */
  status: string;
  /** When the snapshot was asked for, in UTC and ISO 8601 without a zone, such as "2016-11-02T12:30:15.000000". */
  createdAt?: string;
  /** Id of the project that owns the snapshot. */
  projectId: string;
  /** Id of the group. */
  consistencyGroupId: string;
  /** The shares in it, by id. Absent until it is available, and in lists. */
  members?: ConsistencyGroupSnapshotMember[];
}

/**
 * Looks up a snapshot of a consistency group by its id or its name, with its members, without managing it. API 2.4.
 *
 * ```typescript
 * const { id } = await manila.getConsistencyGroupSnapshot({ name: "before-the-upgrade" });
 * const restored = new manila.ConsistencyGroup("restored", { sourceCgsnapshotId: id });
 * ```
 *
 * @throws pulumi.RunError if there is none, or there are several of this name: it lists what there is
 */
export async function getConsistencyGroupSnapshot(
  args: GetConsistencyGroupSnapshotArgs,
  options: LookUpOptions = {},
): Promise<GetConsistencyGroupSnapshotResult> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshot(known));
}

/** As `getConsistencyGroupSnapshot`, for arguments that may be outputs. */
export function getConsistencyGroupSnapshotOutput(
  args: LookUpInputs<GetConsistencyGroupSnapshotArgs>,
  options: LookUpOptions = {},
): pulumi.Output<GetConsistencyGroupSnapshotResult> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshot(known));
}

/**
 * Looks up snapshots with all that Manila tells of them but their members, in the order of their ids, however many
 * there are. API 2.4.
 */
export async function getConsistencyGroupSnapshots(
  args: GetConsistencyGroupSnapshotsArgs = {},
  options: LookUpOptions = {},
): Promise<GetConsistencyGroupSnapshotResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshots(known));
}

/** As `getConsistencyGroupSnapshots`, for arguments that may be outputs. */
export function getConsistencyGroupSnapshotsOutput(
  args: LookUpInputs<GetConsistencyGroupSnapshotsArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetConsistencyGroupSnapshotResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshots(known));
}

/** Looks up ids and names of snapshots: a plain list, which costs Manila less than one with all details. API 2.4. */
export async function getConsistencyGroupSnapshotSummaries(
  args: GetSummariesArgs = {},
  options: LookUpOptions = {},
): Promise<GetSummaryResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshotSummaries(known));
}

/** As `getConsistencyGroupSnapshotSummaries`, for arguments that may be outputs. */
export function getConsistencyGroupSnapshotSummariesOutput(
  args: LookUpInputs<GetSummariesArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetSummaryResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroupSnapshotSummaries(known));
}
