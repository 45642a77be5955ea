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
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
export { Share } from "./share";
export type { ShareArgs, ShareState, ShareTimeouts } from "./share";
