import type { GroupSnapshot, GroupSnapshotMember } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";
import { storedTime } from "../time";

/** The collection's name in links, which the real server does not answer. */
export const COLLECTION = "cgsnapshot";

/** A snapshot as a summary list shows it. */
export function snapshotSummary(call: Call, { id, name }: GroupSnapshot): object {
  return { id, name, links: links(call, COLLECTION, id) };
}

/** A snapshot as it is shown by itself and in a detailed list. */
export function snapshotDetail(call: Call, snapshot: GroupSnapshot): object {
  return {
    ...snapshotSummary(call, snapshot),
    description: snapshot.description,
    status: snapshot.status,
    created_at: storedTime(snapshot.createdAt),
    project_id: snapshot.projectId,
    consistency_group_id: snapshot.groupId,
  };
}

/** One share's part of a snapshot. */
export function snapshotMember(member: GroupSnapshotMember): object {
  return {
    id: member.id,
    created_at: storedTime(member.createdAt),
    size: member.sizeGigabytes,
    share_protocol: member.shareProtocol,
    project_id: member.projectId,
    share_type_id: member.shareTypeId,
    cgsnapshot_id: member.snapshotId,
    share_id: member.shareId,
  };
}
