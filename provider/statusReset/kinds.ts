import { ConsistencyGroupApi } from "../consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../consistencyGroupSnapshot/api";
import type { ResetKind } from "./lifecycle";
import { groupReset, snapshotReset } from "./schema";

/** Resets of the status of consistency groups. */
export const ofGroups: ResetKind = {
  inputs: groupReset,
  reset: groupReset.transform(({ consistencyGroupId: id, ...reset }) => ({ id, ...reset })),
  api: (manila) => new ConsistencyGroupApi(manila),
};

/** Resets of the status of snapshots of consistency groups. */
export const ofSnapshots: ResetKind = {
  inputs: snapshotReset,
  reset: snapshotReset.transform(({ consistencyGroupSnapshotId: id, ...reset }) => ({ id, ...reset })),
  api: (manila) => new ConsistencyGroupSnapshotApi(manila),
};
