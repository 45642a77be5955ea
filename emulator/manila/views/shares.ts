import type { Database, ExportLocation, Share } from "../database";
import { links } from "../lists";
import type { Call } from "../operation";

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
    created_at: call.generation.storedTime(share.createdAt),
    status: share.status,
    description: share.description,
    project_id: share.projectId,
    snapshot_id: null,
    share_network_id: share.shareNetworkId,
    share_proto: share.shareProtocol,
    metadata: share.metadata,
    share_type: typeName,
    volume_type: typeName,
    is_public: share.isPublic,
    ...versionedFields(call, share, typeName),
    ...(mayKnowHost(call) && { host: share.host }),
    ...(call.caller.isAdmin && { share_server_id: share.shareServerId }),
  };
}

function mayKnowHost({ caller, generation }: Call): boolean {
  return caller.isAdmin || generation.name === "consistencyGroups";
}

function versionedFields({ version, generation }: Call, share: Share, typeName: string | null): object {
  const paths = share.status === "available" ? share.exportLocations.map(({ path }) => path) : [];
  const exportLocations = { export_location: paths[0] ?? null, export_locations: paths };
  const groupFields = {
    [`${generation.group.key}_id`]: share.groupId,
    [`source_${generation.snapshot.key}_member_id`]: share.sourceMemberId,
  };
  return {
    ...(version.atLeast("2.2") && { snapshot_support: share.snapshotSupport }),
    ...(version.atLeast(generation.offered.since) && groupFields),
    ...(version.atLeast("2.5") && { task_state: null }),
    ...(version.atLeast("2.6") && { share_type: share.shareTypeId, share_type_name: typeName }),
    ...(version.atMost("2.8") && exportLocations),
    ...(version.atLeast("2.10") && { access_rules_status: "active" }),
    ...(version.atLeast("2.11") && { replication_type: null, has_replicas: false }),
    ...(version.atLeast("2.16") && { user_id: share.userId }),
    ...(version.atLeast("2.24") && {
      create_share_from_snapshot_support: share.createFromSnapshotSupport,
    }),
    ...(version.atLeast("2.27") && { revert_to_snapshot_support: false }),
    ...(version.atLeast("2.32") && { mount_snapshot_support: false }),
    ...(version.atLeast("2.54") && { progress: share.status === "creating" ? null : "100%" }),
    ...(version.atLeast("2.69") && { is_soft_deleted: false, scheduled_to_be_deleted_at: null }),
    ...(version.atLeast("2.80") && { source_backup_id: null }),
    ...(version.atLeast("2.90") && { encryption_key_ref: null }),
    ...(version.atLeast("2.99") && { snapshot_inherit_share_access_support: false }),
  };
}

/** A path by which a share is mounted. */
export function exportLocationSummary({ caller, version }: Call, location: ExportLocation): object {
  return {
    id: location.id,
    path: location.path,
    ...(version.atLeast("2.14") && { preferred: location.preferred }),
    ...(version.atLeast("2.87") && { metadata: {} }),
    ...(caller.isAdmin && { is_admin_only: location.isAdminOnly }),
  };
}
