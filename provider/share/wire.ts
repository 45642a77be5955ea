import { z } from "zod";
import { given } from "../inputs";
import { optionalText } from "../openstack/reply";
import { describedBy, describedWire, item, queryOf, summary } from "../wire";
import type { Wire } from "../wire";
import type { NewShare, Share, ShareChanges } from "./api";

/** How shares are written beside one generation of groups. */
export interface ShareWire extends Wire<Share, NewShare> {
  /** What the group is called in a request, and in the query of lists and deletions. */
  group: string;
}

/** What both generations write alike. */
export const commonShare = describedWire.extend({
  host: optionalText,
  share_proto: z.string(),
  size: z.number(),
  share_type: optionalText,
  share_type_name: z.string().nullish(),
  share_network_id: optionalText,
  availability_zone: optionalText,
  metadata: z.record(z.string(), z.string()),
  is_public: z.boolean().nullish(),
  snapshot_id: optionalText,
  share_server_id: optionalText,
  export_locations: z.array(z.string()).optional(),
});

export function shareOf(wire: z.output<typeof commonShare>): Share {
  return {
    ...describedBy(wire),
    host: wire.host === "" ? undefined : wire.host,
    shareProtocol: wire.share_proto,
    size: wire.size,
    // Before 2.6 there is no name beside it: it is the name itself.
    shareTypeId: wire.share_type_name === undefined ? undefined : wire.share_type,
    shareNetworkId: wire.share_network_id,
    availabilityZone: wire.availability_zone,
    metadata: wire.metadata,
    isPublic: wire.is_public ?? false,
    snapshotId: wire.snapshot_id,
    shareServerId: wire.share_server_id,
    exportLocations: wire.export_locations,
  };
}

/** The same path and bodies beside both generations, but for what a share has from its group. */
export function shareWire(group: string, share: z.ZodType<Share>): ShareWire {
  return {
    path: "/shares",
    key: "share",
    group,
    resource: share,
    one: z.object({ share }).transform((body) => body.share),
    details: z.object({ shares: z.array(item) }).transform((body) => body.shares),
    summaries: z.object({ shares: z.array(summary) }).transform((body) => body.shares),
    body: (wanted) => ({
      ...given({
        name: wanted.name,
        description: wanted.description,
        share_proto: wanted.shareProtocol,
        share_type: wanted.shareTypeId,
        share_network_id: wanted.shareNetworkId,
        availability_zone: wanted.availabilityZone,
        metadata: wanted.metadata,
        is_public: wanted.isPublic,
        [group]: wanted.consistencyGroupId,
        snapshot_id: wanted.snapshotId,
      }),
      // Manila trips over a missing size; null stands for the snapshot's.
      size: wanted.size ?? null,
    }),
    query: ({ consistencyGroupId }) => queryOf({ [group]: consistencyGroupId }),
  };
}

/** A null clears a text. */
export function changesWire({ name, description, isPublic }: ShareChanges): object {
  const changes = { display_name: name, display_description: description, is_public: isPublic };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
