import { z } from "zod";
import { setOfIds } from "../inputs";
import { optionalText } from "../openstack/reply";
import { describedBy, describedWire, links } from "../wire";
import type { Wire } from "../wire";
import type { ConsistencyGroup, NewConsistencyGroup } from "./api";

/** How one generation of Manila's API writes groups, and names one where shares are listed. */
export interface GroupWire extends Wire<ConsistencyGroup, NewConsistencyGroup> {
  shareParameter: string;
}

/** What both generations write alike. */
export const commonGroup = describedWire.extend({
  host: optionalText,
  share_types: z.array(z.string()),
  share_network_id: optionalText,
  share_server_id: optionalText,
  links,
});

export function groupOf(wire: z.output<typeof commonGroup>): ConsistencyGroup {
  return {
    ...describedBy(wire),
    host: wire.host,
    shareTypes: setOfIds(wire.share_types),
    shareNetworkId: wire.share_network_id,
    shareServerId: wire.share_server_id,
    links: wire.links,
  };
}
