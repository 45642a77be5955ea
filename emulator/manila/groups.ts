import type { Cloud } from "./cloud";
import { COLUMNS, serveCollection } from "./collection";
import { createGroup } from "./createGroup";
import type { Database, Group } from "./database";
import { conflict } from "./faults";
import type { Call, Scope } from "./operation";
import type { Searched } from "./search";
import { groupDetail, groupSummary } from "./views/groups";

/** What a list of share groups can be searched by. */
const SEARCHED: Searched<Group> = {
  title: "Share groups",
  columns: {
    ...COLUMNS,
    host: ({ host }) => host,
    share_network_id: ({ shareNetworkId }) => shareNetworkId,
    share_server_id: ({ shareServerId }) => shareServerId,
    source_share_group_snapshot_id: ({ sourceSnapshotId }) => sourceSnapshotId,
    share_group_type_id: ({ groupTypeId }) => groupTypeId,
    group_type_id: ({ groupTypeId }) => groupTypeId,
    consistent_snapshot_support: ({ consistentSnapshotSupport }) => consistentSnapshotSupport,
    // The real server stores the zone's id, and finds no group by its name.
    availability_zone: () => null,
  },
  partial: { columns: ["name", "description"], since: "2.36" },
};

/** Serves `/consistency-groups` or `/share-groups`. */
export function groups(scope: Scope, cloud: Cloud): void {
  const { database } = cloud;
  const withContents = scope.generation.name === "shareGroups";
  serveCollection(scope, {
    words: scope.generation.group,
    table: database.groups,
    searched: SEARCHED,
    summary: groupSummary,
    detail: groupDetail,
    create: (call, content) => createGroup(cloud, call, content),
    created: (group) => {
      // The real server's database gives the types in an order of its own: here always another one than was given.
      group.shareTypeIds = group.shareTypeIds.toReversed();
    },
    remove: (call, group) => {
      remove(cloud, call, group);
    },
    forceDelete: (group) => {
      forceDelete(database, withContents, group);
    },
  });
}

function remove({ database, backEnd }: Cloud, { generation }: Call, group: Group): void {
  const { group: words, snapshot } = generation;
  if (group.host === null) {
    database.groups.remove(group.id);
    return;
  }
  const refused = (reason: string) => conflict(`${words.invalid}: ${reason}`);
  const one = `a ${words.title.toLowerCase()}`;
  if (group.status !== "available" && group.status !== "error") {
    throw refused(`${words.title} status must be one of ('available', 'error')`);
  }
  if (database.snapshotsOf(group.id).length > 0) {
    throw refused(`Cannot delete ${one} with ${snapshot.plural}`);
  }
  if (database.sharesOf(group.id).length > 0) {
    throw refused(`Cannot delete ${one} with shares`);
  }
  backEnd.deleteGroup(group);
}

/** With a share group all that is in it goes; shares of a consistency group are left behind. */
function forceDelete(database: Database, withContents: boolean, { id }: Group): void {
  if (withContents) {
    for (const snapshot of database.snapshotsOf(id)) {
      database.snapshots.remove(snapshot.id);
    }
    for (const share of database.sharesOf(id)) {
      database.shares.remove(share.id);
    }
  }
  database.groups.remove(id);
}
