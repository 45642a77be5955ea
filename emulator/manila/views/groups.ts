import type { Group } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";

/** A group as a summary list shows it. */
export function groupSummary(call: Call, { id, name }: Group): object {
  return { id, name, links: links(call, call.generation.group.collection, id) };
}

/** A group as it is shown by itself and in a detailed list. */
export function groupDetail(call: Call, group: Group): object {
  const { generation, caller } = call;
  return {
    ...groupSummary(call, group),
    description: group.description,
    status: group.status,
    created_at: generation.storedTime(group.createdAt),
    project_id: group.projectId,
    host: group.host,
    [`source_${generation.snapshot.key}_id`]: group.sourceSnapshotId,
    share_network_id: group.shareNetworkId,
    share_types: group.shareTypeIds,
    ...(generation.name === "shareGroups" && fieldsOfShareGroups(call, group)),
    ...(caller.isAdmin && { share_server_id: group.shareServerId }),
  };
}

function fieldsOfShareGroups({ version }: Call, group: Group): object {
  const newer = {
    availability_zone: group.availabilityZone,
    consistent_snapshot_support: group.consistentSnapshotSupport,
  };
  return { share_group_type_id: group.groupTypeId, ...(version.atLeast("2.34") && newer) };
}
