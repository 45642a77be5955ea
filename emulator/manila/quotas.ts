import type { Cloud } from "./cloud";
import { overLimit } from "./faults";
import type { Call } from "./operation";

const REFUSALS = {
  shareGroups: "ShareGroupsLimitExceeded: Maximum number of allowed share-groups is exceeded.",
  shareGroupSnapshots:
    "ShareGroupSnapshotsLimitExceeded: Maximum number of allowed share-group-snapshots is exceeded.",
};

/**
 * Checks that a project may have one more. Consistency groups know no quotas.
 *
 * @throws Fault 413
 */
export function checkQuota(
  { database, quotas }: Cloud,
  { caller, generation }: Call,
  what: keyof typeof REFUSALS,
): void {
  const quota = quotas.find(({ projectId }) => projectId === caller.projectId)?.[what];
  if (generation.name === "consistencyGroups" || quota === undefined) {
    return;
  }
  const table = what === "shareGroups" ? database.groups : database.snapshots;
  const used = table.select(({ projectId }: { projectId: string }) => projectId === caller.projectId).length;
  if (used >= quota) {
    throw overLimit(REFUSALS[what]);
  }
}
