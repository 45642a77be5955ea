import type * as pulumi from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "./lookup";
import type { LookUpInputs, LookUpOptions } from "./lookup";

/** Which share group type to look up: either `id` or `name` is needed. */
export interface GetShareGroupTypeArgs {
  /** Id of the type. */
  id?: string;
  /** Name of the type; one that several have is refused. */
  name?: string;
  /** Region whose Manila has the type. By default the configured one. */
  region?: string;
}

/** Which share group types to look up. By default all that the project may use. */
export interface GetShareGroupTypesArgs {
  /** Group specs that a type must have, with these very values, such as `{ consistent_snapshot_support: "pool" }`. */
  groupSpecs?: Record<string, string>;
  /** Region whose Manila has the types. By default the configured one. */
  region?: string;
}

/** What a look-up tells of a share group type. */
export interface GetShareGroupTypeResult {
  /** Id of the type. */
  id: string;
  /** The name. */
  name: string;
  /** Whether all projects may use it. */
  isPublic: boolean;
  /** Whether it is taken where a program names none. */
  isDefault: boolean;
  /** Ids of the share types that may be in a group of it. */
  shareTypes: string[];
  /** What back ends must offer. With `consistent_snapshot_support`, a group's snapshots are of one instant. */
  groupSpecs: Record<string, string>;
}

/**
 * Looks up a share group type by its id or its name. Only on clouds with share groups. API 2.31.
 *
 * ```typescript
 * const consistent = await manila.getShareGroupType({ name: "consistent" });
 * const database = new manila.ConsistencyGroup("database", { shareGroupType: consistent.id });
 * ```
 *
 * @throws pulumi.RunError if there is none: it lists what there is; or if the cloud has consistency groups
 */
export async function getShareGroupType(
  args: GetShareGroupTypeArgs,
  options: LookUpOptions = {},
): Promise<GetShareGroupTypeResult> {
  return await lookUp(args, options, (lookUps, known) => lookUps.shareGroupType(known));
}

/** As `getShareGroupType`, for arguments that may be outputs. */
export function getShareGroupTypeOutput(
  args: LookUpInputs<GetShareGroupTypeArgs>,
  options: LookUpOptions = {},
): pulumi.Output<GetShareGroupTypeResult> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.shareGroupType(known));
}

/**
 * Looks up the share group types that the project may use. Only on clouds with share groups. API 2.31.
 *
 * @throws pulumi.RunError if the cloud has consistency groups
 */
export async function getShareGroupTypes(
  args: GetShareGroupTypesArgs = {},
  options: LookUpOptions = {},
): Promise<GetShareGroupTypeResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.shareGroupTypes(known));
}

/** As `getShareGroupTypes`, for arguments that may be outputs. */
export function getShareGroupTypesOutput(
  args: LookUpInputs<GetShareGroupTypesArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetShareGroupTypeResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.shareGroupTypes(known));
}
