import { z } from "zod";
import { given, setOfIds } from "../inputs";
import { optionalText } from "../openstack/reply";
import { item, summary } from "../wire";
import { commonGroup, groupOf } from "./wire";
import type { GroupWire } from "./wire";

const group = commonGroup
  .extend({ source_cgsnapshot_id: optionalText })
  .transform((wire) => ({ ...groupOf(wire), sourceCgsnapshotId: wire.source_cgsnapshot_id }));

/** Consistency groups themselves: microversions 2.4 to 2.30, of which releases offer 2.4 to 2.22. */
export const consistencyGroups: GroupWire = {
  path: "/consistency-groups",
  key: "consistency_group",
  resource: group,
  one: z.object({ consistency_group: group }).transform((body) => body.consistency_group),
  details: z.object({ consistency_groups: z.array(item) }).transform((body) => body.consistency_groups),
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
