import { z } from "zod";
import { given } from "../inputs";
import { item, queryOf, summary } from "../wire";
import { commonSnapshot, member, snapshotOf } from "./wire";
import type { SnapshotWire } from "./wire";

// The members that are in it as well lack their protocols.
const snapshot = commonSnapshot
  .extend({ share_group_id: z.string() })
  .transform((wire) => snapshotOf(wire, wire.share_group_id));

/** Snapshots of share groups, from microversion 2.31 on. */
export const shareGroupSnapshots: SnapshotWire = {
  path: "/share-group-snapshots",
  key: "share_group_snapshot",
  resource: snapshot,
  one: z.object({ share_group_snapshot: snapshot }).transform((body) => body.share_group_snapshot),
  details: z.object({ share_group_snapshots: z.array(item) }).transform((body) => body.share_group_snapshots),
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
