import { z } from "zod";
import { optionalText } from "../openstack/reply";
import { describedBy, describedWire, links } from "../wire";
import type { Wire } from "../wire";
import type { ConsistencyGroupSnapshot, NewConsistencyGroupSnapshot } from "./api";
import type { SnapshotMember } from "./schema";

/** How one generation of Manila's API writes snapshots of groups, and their members. */
export interface SnapshotWire extends Wire<ConsistencyGroupSnapshot, NewConsistencyGroupSnapshot> {
  members: z.ZodType<SnapshotMember[]>;
}

/** What both generations write alike. */
export const commonSnapshot = describedWire.extend({
  links,
});

export function snapshotOf(
  wire: z.output<typeof commonSnapshot>,
  consistencyGroupId: string,
): ConsistencyGroupSnapshot {
  return {
    ...describedBy(wire),
    consistencyGroupId,
    links: wire.links,
  };
}

/** What both generations write alike of a member; only consistency groups tell its share type. */
export const member = z
  .object({
    id: z.string(),
    share_id: z.string(),
    size: z.number(),
    share_protocol: z.string(),
    share_type_id: optionalText,
  })
  .transform((wire): SnapshotMember => ({
    id: wire.id,
    shareId: wire.share_id,
    size: wire.size,
    shareProtocol: wire.share_protocol,
    ...(wire.share_type_id !== undefined && { shareTypeId: wire.share_type_id }),
  }));
