import type * as pulumi from "@pulumi/pulumi";
import { lookUp, lookUpOutput } from "./lookup";
import type { LookUpInputs, LookUpOptions } from "./lookup";

/** Which share type to look up: either `id` or `name` is needed. */
export interface GetShareTypeArgs {
  /** Id of the type. */
  id?: string;
  /** Name of the type; one that several have is refused. */
  name?: string;
  /** Region whose Manila has the type. By default the configured one. */
  region?: string;
}

/** Which share types to look up. By default all that the project may use. */
export interface GetShareTypesArgs {
  /** Extra specs that a type must have, with these very values, such as `{ snapshot_support: "True" }`. */
  extraSpecs?: Record<string, string>;
  /** Region whose Manila has the types. By default the configured one. */
  region?: string;
}

/** What a look-up tells of a share type. */
export interface GetShareTypeResult {
  /** Id of the type. */
  id: string;
  /** The name. */
  name: string;
  /** The description, if there is one. API 2.41. */
  description?: string;
  /** Whether all projects may use it. */
  isPublic: boolean;
  /** Whether it is taken where a program names none. API 2.46. */
  isDefault?: boolean;
  /** What back ends must offer; users other than administrators see some of them. */
  extraSpecs: Record<string, string>;
}

/**
 * Looks up a share type by its id or its name. API 2.4.
 *
 * ```typescript
 * const ssd = await manila.getShareType({ name: "ssd" });
 * const database = new manila.ConsistencyGroup("database", { shareTypes: [ssd.id] });
 * ```
 *
 * @throws pulumi.RunError if there is none: it lists what there is
 */
export async function getShareType(
  args: GetShareTypeArgs,
  options: LookUpOptions = {},
): Promise<GetShareTypeResult> {
  return await lookUp(args, options, (lookUps, known) => lookUps.shareType(known));
}

/** As `getShareType`, for arguments that may be outputs. */
export function getShareTypeOutput(
  args: LookUpInputs<GetShareTypeArgs>,
  options: LookUpOptions = {},
): pulumi.Output<GetShareTypeResult> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.shareType(known));
}

/** Looks up the share types that the project may use. API 2.4. */
export async function getShareTypes(
  args: GetShareTypesArgs = {},
  options: LookUpOptions = {},
): Promise<GetShareTypeResult[]> {
  return await lookUp(args, options, (lookUps, known) => lookUps.shareTypes(known));
}

/** As `getShareTypes`, for arguments that may be outputs. */
export function getShareTypesOutput(
  args: LookUpInputs<GetShareTypesArgs> = {},
  options: LookUpOptions = {},
): pulumi.Output<GetShareTypeResult[]> {
  return lookUpOutput(args, options, (lookUps, known) => lookUps.shareTypes(known));
}
