import { z } from "zod";
import { given, setOfIds } from "../inputs";
import { optionalText } from "../openstack/reply";
import { item, queryOf, summary } from "../wire";
import { commonGroup, groupOf } from "./wire";
import type { GroupWire } from "./wire";

const group = commonGroup
  .extend({
    source_share_group_snapshot_id: optionalText,
    share_group_type_id: optionalText,
    availability_zone: optionalText,
    consistent_snapshot_support: optionalText,
  })
  .transform((wire) => ({
    ...groupOf(wire),
    sourceCgsnapshotId: wire.source_share_group_snapshot_id,
    shareGroupTypeId: wire.share_group_type_id,
    availabilityZone: wire.availability_zone,
    consistentSnapshotSupport: wire.consistent_snapshot_support,
  }));

/** Share groups, which took the place of consistency groups with microversion 2.31 and kept their ids. */
export const shareGroups: GroupWire = {
  path: "/share-groups",
  key: "share_group",
  resource: group,
  one: z.object({ share_group: group }).transform((body) => body.share_group),
  details: z.object({ share_groups: z.array(item) }).transform((body) => body.share_groups),
  summaries: z.object({ share_groups: z.array(summary) }).transform((body) => body.share_groups),
  shareParameter: "share_group_id",
  body: (wanted) =>
    given({
      name: wanted.name,
      description: wanted.description,
      share_types: wanted.shareTypes && setOfIds(wanted.shareTypes),
      share_network_id: wanted.shareNetworkId,
      source_share_group_snapshot_id: wanted.sourceCgsnapshotId,
      share_group_type_id: wanted.shareGroupTypeId,
      availability_zone: wanted.availabilityZone,
    }),
  query: (filter) =>
    queryOf({
      name: filter.name,
      status: filter.status,
      host: filter.host,
      project_id: filter.projectId,
      share_network_id: filter.shareNetworkId,
      source_share_group_snapshot_id: filter.sourceCgsnapshotId,
      share_group_type_id: filter.shareGroupTypeId,
      // Newest first, its own order, would move all of them whenever one is made.
      sort_key: "id",
      sort_dir: "asc",
    }),
};
