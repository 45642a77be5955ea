import { z } from "zod";
import { given } from "../inputs";
import { item, summary } from "../wire";
import { commonSnapshot, member, snapshotOf } from "./wire";
import type { SnapshotWire } from "./wire";

const snapshot = commonSnapshot
  .extend({ consistency_group_id: z.string() })
  .transform((wire) => snapshotOf(wire, wire.consistency_group_id));

/** Snapshots of consistency groups: microversions 2.4 to 2.30. */
export const cgsnapshots: SnapshotWire = {
  path: "/cgsnapshots",
  key: "cgsnapshot",
  resource: snapshot,
  one: z.object({ cgsnapshot: snapshot }).transform((body) => body.cgsnapshot),
  details: z.object({ cgsnapshots: z.array(item) }).transform((body) => body.cgsnapshots),
  summaries: z.object({ cgsnapshots: z.array(summary) }).transform((body) => body.cgsnapshots),
  members: z.object({ cgsnapshot_members: z.array(member) }).transform((body) => body.cgsnapshot_members),
  body: ({ consistencyGroupId, name, description }) =>
    given({ consistency_group_id: consistencyGroupId, name, description }),
  // It ignores all filters, and keeps an order by id.
  query: () => ({}),
};
