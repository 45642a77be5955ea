import type * as pulumi from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "./lookup";
import type { GetSummariesArgs, GetSummaryResult, LookUpInputs, LookUpOptions } from "./lookup";

/** Which group to look up: either `id` or `name` is needed. */
export interface GetConsistencyGroupArgs {
  /** Id of the group, in whatever project the credentials can see it. */
  id?: string;
  /** Name of the group, which must be the only one of that name in the project. */
  name?: string;
  /** Region whose Manila keeps the group. By default the configured one. */
  region?: string;
}

/** Which groups to look up: those that have all the values that are given. By default all of the project. */
export interface GetConsistencyGroupsArgs {
  /** Name, as a whole. */
  name?: string;
  /** `available`, `creating`, `deleting`, `error` or `error_deleting`. */
  status?: string;
  /** Id or name of a share type that must be among the group's. */
  shareType?: string;
  /** Id of the share network. */
  shareNetworkId?: string;
  /** Id of the snapshot that the group was made from. */
  sourceCgsnapshotId?: string;
  /** Id or name of the share group type. Only on clouds with share groups. API 2.31. */
  shareGroupType?: string;
  /** Name of the availability zone. Only on clouds with share groups. API 2.34. */
  availabilityZone?: string;
  /** Back end and pool, such as "newton@alpha#pool". */
  host?: string;
  /** Id of the project that owns the group, of use with `allTenants`. */
  projectId?: string;
  /** Whether to look in all projects, which takes an administrator; for others it changes nothing. False by default. */
  allTenants?: boolean;
  /** Region whose Manila keeps the groups. By default the configured one. */
  region?: string;
}

/** What a look-up tells of a group. */
export interface GetConsistencyGroupResult extends GetSummaryResult {
  /** The description, if there is one. */
  description?: string;
  /** `available`, `creating`, `deleting`, `error` or `error_deleting`. */
  status: string;
  /** When the group became ready, in UTC and ISO 8601 without a zone, such as "2016-11-02T12:30:15.000000". */
  createdAt?: string;
  /** Id of the project that owns the group. */
  projectId: string;
  /** Back end and pool that the scheduler has chosen, such as "newton@alpha#pool". */
  host?: string;
  /** Ids of the share types that the group's shares may have, sorted. */
  shareTypes: string[];
  /** Id of the share network, if the group has one. */
  shareNetworkId?: string;
  /** Id of the snapshot that the group was made from, if any. The snapshot itself may be gone. */
  sourceCgsnapshotId?: string;
  /** Id of the share server, which Manila shows to administrators only. */
  shareServerId?: string;
  /** Id of the share group type. Absent of consistency groups, and of groups that were made as such. API 2.31. */
  shareGroupTypeId?: string;
  /** Name of the availability zone, where Manila says so. API 2.34. */
  availabilityZone?: string;
  /** What a share group's snapshots are consistent over: "pool" or "host"; absent if nothing. API 2.34. */
  consistentSnapshotSupport?: string;
}

/**
 * Looks up a group by its id or its name, without managing it. API 2.4.
 *
 * ```typescript
 * const shared = await manila.getConsistencyGroup({ name: "shared" });
 * ```
 *
 * @throws pulumi.RunError if there is none, or there are several of this name: it lists what there is
 */
export async function getConsistencyGroup(
  args: GetConsistencyGroupArgs,
  options: LookUpOptions = {},
): Promise<GetConsistencyGroupResult> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroup(known));
}

/** As `getConsistencyGroup`, for arguments that may be outputs. */
export function getConsistencyGroupOutput(
  args: LookUpInputs<GetConsistencyGroupArgs>,
  options: LookUpOptions = {},
): pulumi.Output<GetConsistencyGroupResult> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroup(known));
}

/**
 * Looks up groups with all that Manila tells of them, in the order of their ids, however many there are. API 2.4.
 *
 * ```typescript
 * const failed = await manila.getConsistencyGroups({ status: "error" });
 * ```
 *
 * @throws pulumi.RunError if a type is named that does not exist
 */
export async function getConsistencyGroups(
  args: GetConsistencyGroupsArgs = {},
  options: LookUpOptions = {},
): Promise<GetConsistencyGroupResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroups(known));
}

/** As `getConsistencyGroups`, for arguments that may be outputs. */
export function getConsistencyGroupsOutput(
  args: LookUpInputs<GetConsistencyGroupsArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetConsistencyGroupResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroups(known));
}

/** Looks up ids and names of groups: a plain list, which costs Manila less than one with all details. API 2.4. */
export async function getConsistencyGroupSummaries(
  args: GetSummariesArgs = {},
  options: LookUpOptions = {},
): Promise<GetSummaryResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.consistencyGroupSummaries(known));
}

/** As `getConsistencyGroupSummaries`, for arguments that may be outputs. */
export function getConsistencyGroupSummariesOutput(
  args: LookUpInputs<GetSummariesArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetSummaryResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.consistencyGroupSummaries(known));
}
