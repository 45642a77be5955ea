import type { Generation } from "../generation";
import { preciseTime } from "../time";

/** Manila as of today: measured on 23.0.1. */
export const shareGroups: Generation = {
  name: "shareGroups",
  maximumVersion: "2.99",
  offered: { since: "2.31", experimentalUntil: "2.54" },
  group: {
    path: "share-groups",
    key: "share_group",
    linksKey: "share_groups_links",
    collection: "share-groups",
    title: "Share group",
    missing: "Share group",
    exception: "ShareGroupNotFound",
    invalid: "Invalid share group",
    notInBody: "'share_group' is missing from the request body.",
    actionMethods: ["POST"],
  },
  snapshot: {
    path: "share-group-snapshots",
    key: "share_group_snapshot",
    linksKey: "share_group_snapshot_links",
    collection: "share-group-snapshots",
    title: "Share group snapshot",
    missing: "Share group snapshot",
    invalid: "Invalid share group snapshot",
    notInBody: "'share_group_snapshot' is missing from the request body.",
    plural: "snapshots",
    short: "group snapshot",
    members: "share group snapshot members",
    mustBeAvailable: "Share group snapshot status must be available.",
  },
  createFields: [
    "name",
    "description",
    "share_types",
    "share_group_type_id",
    "source_share_group_snapshot_id",
    "share_network_id",
    "availability_zone",
  ],
  // The real server gives them in another order each time it is started.
  statuses: [
    "creating",
    "server_migrating",
    "migrating_to",
    "deleting",
    "available",
    "error",
    "migrating",
    "error_deleting",
  ],
  listOfKeys: (keys) => `{${keys.map((key) => `'${key}'`).join(", ")}}`,
  groupNotAvailable: (status) => `Share group status must be available, got ${status}.`,
  noSuchShareType: (id) => `Share type with id ${id} could not be found.`,
  storedTime: preciseTime,
};
