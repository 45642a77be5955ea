import type { Generation } from "../generation";
import { storedTime } from "../time";

/** Manila up to 3.0.0 (Newton). */
export const consistencyGroups: Generation = {
  name: "consistencyGroups",
  maximumVersion: "2.22",
  offered: { since: "2.4", until: "2.30", experimentalUntil: "2.30" },
  group: {
    path: "consistency-groups",
    key: "consistency_group",
    linksKey: "consistency_groups_links",
    // The real server's links do not work: they have underscores where its paths have hyphens.
    collection: "consistency_groups",
    title: "Consistency group",
    missing: "ConsistencyGroup",
    exception: "ConsistencyGroupNotFound",
    invalid: "Invalid ConsistencyGroup",
    notInBody: "'consistency_group' is missing from the request body.",
    actionMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
  },
  snapshot: {
    path: "cgsnapshots",
    key: "cgsnapshot",
    linksKey: "cgsnapshot_links",
    collection: "cgsnapshot",
    title: "Consistency group snapshot",
    missing: "Consistency group snapshot",
    invalid: "Invalid CGSnapshot",
    notInBody: "'cgsnapshot' is missing from the request body",
    actionMethods: ["POST"],
    plural: "cgsnapshots",
    short: "CG snapshot",
    members: "cgsnapshot members",
    mustBeAvailable: "Consistency group snapshot status must be available",
  },
  createFields: ["name", "description", "share_types", "source_cgsnapshot_id", "share_network_id"],
  statuses: ["available", "error_deleting", "deleting", "creating", "error"],
  listOfKeys: (keys) => `set([${keys.map((key) => `u'${key}'`).join(", ")}])`,
  // The real server's message lacks the space too.
  groupNotAvailable: (status) => `Consistency group status must be available, got${status}.`,
  noSuchShareType: (id) => `Share type with id ${id} could not be found`,
  storedTime,
};
