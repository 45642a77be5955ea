import type { Group } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";

/** A group as a summary list shows it. */
export function groupSummary(call: Call, { id, name }: Group): object {
  return { id, name, links: links(call, call.generation.group.collection, id) };
}

/**
 * A group as it is shown by itself and in a detailed list. One literal, in which what is undefined is not shown: lists of
 * a thousand groups are made of it.
 */
export function groupDetail(call: Call, group: Group): object {
  const { generation, caller, version } = call;
  const isShareGroup = generation.name === "shareGroups";
  const hasZone = isShareGroup && version.atLeast("2.34");
  return {
    id: group.id,
    name: group.name,
    links: links(call, generation.group.collection, group.id),
    description: group.description,
    status: group.status,
    created_at: generation.storedTime(group.createdAt),
    project_id: group.projectId,
    host: group.host,
    source_cgsnapshot_id: isShareGroup ? undefined : group.sourceSnapshotId,
    source_share_group_snapshot_id: isShareGroup ? group.sourceSnapshotId : undefined,
    share_network_id: group.shareNetworkId,
    share_types: group.shareTypeIds,
    share_group_type_id: isShareGroup ? group.groupTypeId : undefined,
    availability_zone: hasZone ? group.availabilityZone : undefined,
    consistent_snapshot_support: hasZone ? group.consistentSnapshotSupport : undefined,
    share_server_id: caller.isAdmin ? group.shareServerId : undefined,
  };
}
