import type { Group } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";
import { storedTime } from "../time";

/** The collection's name in links, which the real server does not answer. */
export const COLLECTION = "consistency_groups";

/** A group as a summary list shows it. */
export function groupSummary(call: Call, { id, name }: Group): object {
  return { id, name, links: links(call, COLLECTION, id) };
}

/** A group as it is shown by itself and in a detailed list. */
export function groupDetail(call: Call, group: Group): object {
  return {
    ...groupSummary(call, group),
    description: group.description,
    status: group.status,
    created_at: storedTime(group.createdAt),
    project_id: group.projectId,
    host: group.host,
    source_cgsnapshot_id: group.sourceSnapshotId,
    share_network_id: group.shareNetworkId,
    share_types: group.shareTypeIds,
    ...(call.caller.isAdmin && { share_server_id: group.shareServerId }),
  };
}
