import { z } from "zod";
import { given, setOfIds } from "../inputs";
import { optionalText } from "../openstack/reply";
import { links, summary } from "../resourceApi";
import type { ConsistencyGroup, GroupWire } from "./api";

const group = z
  .object({
    id: z.string(),
    name: optionalText,
    description: optionalText,
    status: z.string(),
    created_at: optionalText,
    project_id: z.string(),
    host: optionalText,
    share_types: z.array(z.string()),
    share_network_id: optionalText,
    source_cgsnapshot_id: optionalText,
    share_server_id: optionalText,
    links,
  })
  .transform((wire): ConsistencyGroup => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    status: wire.status,
    createdAt: wire.created_at,
    projectId: wire.project_id,
    host: wire.host,
    shareTypes: setOfIds(wire.share_types),
    shareNetworkId: wire.share_network_id,
    sourceCgsnapshotId: wire.source_cgsnapshot_id,
    shareServerId: wire.share_server_id,
    links: wire.links,
  }));

/** Consistency groups themselves: microversions 2.4 to 2.30, of which releases offer 2.4 to 2.22. */
export const consistencyGroups: GroupWire = {
  path: "/consistency-groups",
  key: "consistency_group",
  one: z.object({ consistency_group: group }).transform((body) => body.consistency_group),
  details: z.object({ consistency_groups: z.array(group) }).transform((body) => body.consistency_groups),
  summaries: z.object({ consistency_groups: z.array(summary) }).transform((body) => body.consistency_groups),
  shareParameter: "consistency_group_id",
  body: ({ name, description, shareTypes, shareNetworkId, sourceCgsnapshotId }) =>
    given({
      name,
      description,
      share_types: shareTypes && setOfIds(shareTypes),
      share_network_id: shareNetworkId,
      source_cgsnapshot_id: sourceCgsnapshotId,
    }),
  // It ignores all filters, and keeps an order by id.
  query: () => ({}),
};
