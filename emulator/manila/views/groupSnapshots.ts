import type { GroupSnapshot, GroupSnapshotMember } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";

/** A snapshot as a summary list shows it. */
export function snapshotSummary(call: Call, { id, name }: GroupSnapshot): object {
  return { id, name, links: links(call, call.generation.snapshot.collection, id) };
}

/** A snapshot as it is shown by itself and in a detailed list. */
export function snapshotDetail(call: Call, snapshot: GroupSnapshot): object {
  const { generation } = call;
  return {
    ...snapshotSummary(call, snapshot),
    description: snapshot.description,
    status: snapshot.status,
    created_at: generation.storedTime(snapshot.createdAt),
    project_id: snapshot.projectId,
    [`${generation.group.key}_id`]: snapshot.groupId,
    ...(generation.name === "shareGroups" && { members: snapshot.members.map(memberSummary) }),
  };
}

function memberSummary({ id, shareId, sizeGigabytes: size }: GroupSnapshotMember): object {
  return { id, size, share_id: shareId };
}

/** One share's part of a snapshot. */
export function snapshotMember({ generation }: Call, member: GroupSnapshotMember): object {
  return {
    id: member.id,
    created_at: generation.storedTime(member.createdAt),
    size: member.sizeGigabytes,
    share_protocol: member.shareProtocol,
    project_id: member.projectId,
    ...(generation.name === "consistencyGroups" && { share_type_id: member.shareTypeId }),
    [`${generation.snapshot.key}_id`]: member.snapshotId,
    share_id: member.shareId,
  };
}
