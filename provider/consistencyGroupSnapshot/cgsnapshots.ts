import { z } from "zod";
import { given } from "../inputs";
import { optionalText } from "../openstack/reply";
import { links, summary } from "../resourceApi";
import type { ConsistencyGroupSnapshot, SnapshotWire } from "./api";
import type { SnapshotMember } from "./schema";

const snapshot = z
  .object({
    id: z.string(),
    name: optionalText,
    description: optionalText,
    status: z.string(),
    created_at: optionalText,
    project_id: z.string(),
    consistency_group_id: z.string(),
    links,
  })
  .transform((wire): ConsistencyGroupSnapshot => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    status: wire.status,
    createdAt: wire.created_at,
    projectId: wire.project_id,
    consistencyGroupId: wire.consistency_group_id,
    links: wire.links,
  }));

const member = z
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

/** Snapshots of consistency groups: microversions 2.4 to 2.30. */
export const cgsnapshots: SnapshotWire = {
  path: "/cgsnapshots",
  key: "cgsnapshot",
  one: z.object({ cgsnapshot: snapshot }).transform((body) => body.cgsnapshot),
  details: z.object({ cgsnapshots: z.array(snapshot) }).transform((body) => body.cgsnapshots),
  summaries: z.object({ cgsnapshots: z.array(summary) }).transform((body) => body.cgsnapshots),
  members: z.object({ cgsnapshot_members: z.array(member) }).transform((body) => body.cgsnapshot_members),
  body: ({ consistencyGroupId, name, description }) =>
    given({ consistency_group_id: consistencyGroupId, name, description }),
  // It ignores all filters, and keeps an order by id.
  query: () => ({}),
};
