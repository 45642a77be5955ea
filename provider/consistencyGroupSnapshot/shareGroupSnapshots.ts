import { z } from "zod";
import { given } from "../inputs";
import { optionalText } from "../openstack/reply";
import { links, queryOf, summary } from "../resourceApi";
import type { ConsistencyGroupSnapshot, SnapshotWire } from "./api";
import type { SnapshotMember } from "./schema";

// The members that are in it as well lack their protocols.
const snapshot = z
  .object({
    id: z.string(),
    name: optionalText,
    description: optionalText,
    status: z.string(),
    created_at: optionalText,
    project_id: z.string(),
    share_group_id: z.string(),
    links,
  })
  .transform((wire): ConsistencyGroupSnapshot => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    status: wire.status,
    createdAt: wire.created_at,
    projectId: wire.project_id,
    consistencyGroupId: wire.share_group_id,
    links: wire.links,
  }));

const member = z
  .object({ id: z.string(), share_id: z.string(), size: z.number(), share_protocol: z.string() })
  .transform((wire): SnapshotMember => ({
    id: wire.id,
    shareId: wire.share_id,
    size: wire.size,
    shareProtocol: wire.share_protocol,
  }));

/** Snapshots of share groups, from microversion 2.31 on. */
export const shareGroupSnapshots: SnapshotWire = {
  path: "/share-group-snapshots",
  key: "share_group_snapshot",
  one: z.object({ share_group_snapshot: snapshot }).transform((body) => body.share_group_snapshot),
  details: z
    .object({ share_group_snapshots: z.array(snapshot) })
    .transform((body) => body.share_group_snapshots),
  summaries: z
    .object({ share_group_snapshots: z.array(summary) })
    .transform((body) => body.share_group_snapshots),
  members: z
    .object({ share_group_snapshot_members: z.array(member) })
    .transform((body) => body.share_group_snapshot_members),
  body: ({ consistencyGroupId, name, description }) =>
    given({ share_group_id: consistencyGroupId, name, description }),
  query: ({ name, status, projectId, consistencyGroupId }) =>
    queryOf({
      name,
      status,
      project_id: projectId,
      share_group_id: consistencyGroupId,
      // Newest first, its own order, would move all of them whenever one is made.
      sort_key: "id",
      sort_dir: "asc",
    }),
};
