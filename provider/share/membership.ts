import type { ConsistencyGroup } from "../consistencyGroup/api";
import { ResourceError } from "../lifecycle";
import { ApiError } from "../openstack/errors";
import { AVAILABLE, CREATING, find, named, whileIn } from "../provisioning";
import type { Operation } from "../provisioning";
import { Watcher } from "../watching";
import type { Share, ShareApi } from "./api";

/** The group of this id, once it is available: Manila puts shares into no other. */
export async function readyGroup(
  operation: Operation<Share, ShareApi>,
  id: string,
): Promise<ConsistencyGroup> {
  const api = operation.api.groups;
  const { manila, outside } = operation;
  const groups = { ...operation, api, watcher: new Watcher(api, outside, manila.listFreshnessMilliseconds) };
  const found = await find(groups.api, id);
  const group = found && (await whileIn(CREATING, groups, found));
  if (group?.status === AVAILABLE) {
    return group;
  }
  throw new ResourceError(
    group === undefined
      ? `There is no consistency group ${id} in project ${operation.manila.projectId} to put a share into. ` +
          "Check the input consistencyGroupId."
      : `Consistency group ${named(group)} is in status "${group.status}", and only one that is available takes ` +
          "shares. Once it is repaired or replaced, run the operation again.",
  );
}

/** The share that a clone of a group has for a member of the group snapshot that it was made from. */
export async function copyOf(api: ShareApi, memberId: string, group: ConsistencyGroup): Promise<Share> {
  const shares = await api.detail({ consistencyGroupId: group.id });
  const copy = shares.find(
    (share) => share.sourceCgsnapshotMemberId?.toLowerCase() === memberId.toLowerCase(),
  );
  if (copy !== undefined) {
    return copy;
  }
  const origin =
    group.sourceCgsnapshotId === undefined
      ? "the group was not made from a group snapshot"
      : `the group was made from group snapshot ${group.sourceCgsnapshotId}: the id must be that of one of its ` +
        "members, and the copy must not have been deleted";
  throw new ResourceError(
    `Consistency group ${named(group)} has no copy of member ${memberId}: ${origin}. Check the inputs ` +
      "sourceCgsnapshotMemberId and consistencyGroupId.",
  );
}

/** Manila puts a share where its group is, and a group from before its cloud's upgrade is in no availability zone. */
export function isForWantOfZone(error: unknown): error is ApiError {
  const causes = ["Availability zone None could not be found", "different than share group's one (None)"];
  return error instanceof ApiError && causes.some((cause) => error.serverMessage.includes(cause));
}

/** What to do about a group that takes no new share for want of a zone. */
export function withoutZone(
  { name = "" }: { name?: string },
  group: ConsistencyGroup,
  error: ApiError,
): ResourceError {
  return new ResourceError(
    `Share "${name}" can't be put into consistency group ${named(group)}: the group was made before its cloud was ` +
      "upgraded to share groups and is in no availability zone, without which Manila takes no new share into it. A " +
      `group made from a snapshot of it (sourceCgsnapshotId) takes new shares. Manila says: ${error.serverMessage}`,
    { cause: error },
  );
}

/** What a share takes over from its group where the program does not say: it could have no other network. */
export function inherited({ shareNetworkId, shareTypes }: ConsistencyGroup): {
  shareNetworkId?: string;
  shareTypeId?: string;
} {
  const [shareTypeId, ...others] = shareTypes;
  return {
    ...(shareNetworkId !== undefined && { shareNetworkId }),
    ...(shareTypeId !== undefined && others.length === 0 && { shareTypeId }),
  };
}
