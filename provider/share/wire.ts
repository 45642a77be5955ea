import { z } from "zod";
import { optionalText } from "../openstack/reply";
import { describedBy, describedWire } from "../wire";
import type { Share } from "./api";

/** How one generation of Manila's API writes what a share has from its group. */
export interface ShareWire {
  share: z.ZodType<Share>;
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
