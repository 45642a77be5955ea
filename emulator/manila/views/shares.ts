import type { Database, ExportLocation, Share } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";
import { storedTime } from "../time";

/** The collection's name in links. */
export const COLLECTION = "shares";

/** A share as a summary list shows it. */
export function shareSummary(call: Call, { id, name }: Share): object {
  return { id, name, links: links(call, COLLECTION, id) };
}

/** A share as it is shown by itself and in a detailed list: newer microversions add fields. */
export function shareDetail(database: Database, call: Call, share: Share): object {
  const typeName =
    share.shareTypeId === null ? null : (database.findShareType(share.shareTypeId)?.name ?? null);
  return {
    ...shareSummary(call, share),
    size: share.sizeGigabytes,
    availability_zone: share.availabilityZone,
    created_at: storedTime(share.createdAt),
    status: share.status,
    description: share.description,
    project_id: share.projectId,
    host: share.host,
    snapshot_id: null,
    share_network_id: share.shareNetworkId,
    share_proto: share.shareProtocol,
    metadata: share.metadata,
    share_type: typeName,
    volume_type: typeName,
    is_public: share.isPublic,
    ...versionedFields(call, share, typeName),
    ...(call.caller.isAdmin && { share_server_id: share.shareServerId }),
  };
}

function versionedFields({ version }: Call, share: Share, typeName: string | null): object {
  const paths = share.status === "available" ? share.exportLocations.map(({ path }) => path) : [];
  const exportLocations = { export_location: paths[0] ?? null, export_locations: paths };
  const groupFields = {
    consistency_group_id: share.groupId,
    source_cgsnapshot_member_id: share.sourceMemberId,
  };
  return {
    ...(version.atLeast("2.2") && { snapshot_support: share.snapshotSupport }),
    ...(version.atLeast("2.4") && groupFields),
    ...(version.atLeast("2.5") && { task_state: null }),
    ...(version.atLeast("2.6") && { share_type: share.shareTypeId, share_type_name: typeName }),
    ...(version.atMost("2.8") && exportLocations),
    ...(version.atLeast("2.10") && { access_rules_status: "active" }),
    ...(version.atLeast("2.11") && { replication_type: null, has_replicas: false }),
    ...(version.atLeast("2.16") && { user_id: share.userId }),
  };
}

/** A path by which a share is mounted. */
export function exportLocationSummary({ caller, version }: Call, location: ExportLocation): object {
  return {
    id: location.id,
    path: location.path,
    ...(version.atLeast("2.14") && { preferred: location.preferred }),
    ...(caller.isAdmin && { is_admin_only: location.isAdminOnly }),
  };
}
