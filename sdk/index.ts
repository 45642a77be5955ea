/**
 * What a program imports: resources, look-ups and the provider.
 *
 * @module pulumi-manila
 */

export { ConsistencyGroup } from "./consistencyGroup";
export type {
  ConsistencyGroupArgs,
  ConsistencyGroupState,
  ConsistencyGroupTimeouts,
} from "./consistencyGroup";
export { ConsistencyGroupSnapshot } from "./consistencyGroupSnapshot";
export type {
  ConsistencyGroupSnapshotArgs,
  ConsistencyGroupSnapshotMember,
  ConsistencyGroupSnapshotState,
  ConsistencyGroupSnapshotTimeouts,
} from "./consistencyGroupSnapshot";
export { ConsistencyGroupSnapshotStatusReset } from "./consistencyGroupSnapshotStatusReset";
export type { ConsistencyGroupSnapshotStatusResetArgs } from "./consistencyGroupSnapshotStatusReset";
export { ConsistencyGroupStatusReset } from "./consistencyGroupStatusReset";
export type { ConsistencyGroupStatusResetArgs } from "./consistencyGroupStatusReset";
export {
  getConsistencyGroup,
  getConsistencyGroupOutput,
  getConsistencyGroupSummaries,
  getConsistencyGroupSummariesOutput,
  getConsistencyGroups,
  getConsistencyGroupsOutput,
} from "./getConsistencyGroup";
export type {
  GetConsistencyGroupArgs,
  GetConsistencyGroupResult,
  GetConsistencyGroupsArgs,
} from "./getConsistencyGroup";
export {
  getConsistencyGroupSnapshot,
  getConsistencyGroupSnapshotOutput,
  getConsistencyGroupSnapshotSummaries,
  getConsistencyGroupSnapshotSummariesOutput,
  getConsistencyGroupSnapshots,
  getConsistencyGroupSnapshotsOutput,
} from "./getConsistencyGroupSnapshot";
export type {
  GetConsistencyGroupSnapshotArgs,
  GetConsistencyGroupSnapshotResult,
  GetConsistencyGroupSnapshotsArgs,
} from "./getConsistencyGroupSnapshot";
export {
  getShareGroupType,
  getShareGroupTypeOutput,
  getShareGroupTypes,
  getShareGroupTypesOutput,
} from "./getShareGroupType";
export type {
  GetShareGroupTypeArgs,
  GetShareGroupTypeResult,
  GetShareGroupTypesArgs,
} from "./getShareGroupType";
export { getShareType, getShareTypeOutput, getShareTypes, getShareTypesOutput } from "./getShareType";
export type { GetShareTypeArgs, GetShareTypeResult, GetShareTypesArgs } from "./getShareType";
export type { GetSummariesArgs, GetSummaryResult, LookUpInputs, LookUpOptions } from "./lookup";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
export { Share } from "./share";
export type { ShareArgs, ShareState, ShareTimeouts } from "./share";
