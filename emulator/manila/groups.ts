import { adminActions } from "./adminActions";
import { invalidFields, unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { createGroup } from "./createGroup";
import { isVisible, type Database, type Group } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Operation, type Reply, type Scope } from "./operation";
import { search, type Searched } from "./search";
import { storedText } from "./text";
import { preciseTime } from "./time";
import { groupDetail, groupSummary } from "./views/groups";

/** Serves `/consistency-groups` or `/share-groups`. */
export function groups(scope: Scope, cloud: Cloud): void {
  const { generation } = scope;
  const path = `/:projectId/${generation.group.path}`;
  const operation = (handle: (cloud: Cloud, call: Call) => Reply, takesBody = false): Operation => ({
    ...generation.offered,
    takesBody,
    handle: (call) => handle(cloud, call),
  });
  serve(scope, "POST", path, operation(create, true));
  serve(scope, "GET", path, operation(list(groupSummary)));
  serve(scope, "GET", `${path}/detail`, operation(list(groupDetail)));
  serve(scope, "GET", `${path}/:id`, operation(show));
  serve(scope, "PUT", `${path}/:id`, operation(update, true));
  serve(scope, "DELETE", `${path}/:id`, operation(remove));
  const actions = adminActions(generation, {
    find: ({ id }) => cloud.database.groups.find(id),
    remove: (group: Group) => {
      forceDelete(cloud.database, generation.name === "shareGroups", group);
    },
  });
  serveActions(scope, generation.group.actionMethods, `${path}/:id/action`, actions);
}

function create(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const group = createGroup(cloud, call, content);
  const asGiven = { name: content.name ?? null, description: content.description ?? null };
  const shown = { ...groupDetail(call, group), ...asGiven, created_at: preciseTime(group.createdAt) };
  // The real server's database gives the types in an order of its own: here always another one than was given.
  group.shareTypeIds = group.shareTypeIds.toReversed();
  return reply(call, 202, shown);
}

/** What a list of share groups can be searched by. */
const SEARCHED: Searched<Group> = {
  title: "Share groups",
  columns: {
    id: ({ id }) => id,
    project_id: ({ projectId }) => projectId,
    name: ({ name }) => name,
    description: ({ description }) => description,
    status: ({ status }) => status,
    created_at: ({ createdAt }) => createdAt,
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

function list(view: (call: Call, group: Group) => object) {
  return ({ database }: Cloud, call: Call): Reply => {
    const { name, group: words } = call.generation;
    const found =
      name === "shareGroups"
        ? search(call, database.groups.select(), SEARCHED)
        : database.groups.list(listed(call));
    const shown = page(found, call);
    const next = nextLink(call, words.linksKey, words.collection, shown, ({ id }) => id);
    return { status: 200, body: { [`${words.key}s`]: shown.map((group) => view(call, group)), ...next } };
  };
}

function show(cloud: Cloud, call: Call): Reply {
  return reply(call, 200, groupDetail(call, findGroup(cloud, call)));
}

function update(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const invalid = invalidFields(call.generation, content, ["name", "description"]);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid or not allowed to be updated.`);
  }
  const group = findGroup(cloud, call);
  const stored = Object.entries(content).map(([key, value]) => [key, storedText(value)] as const);
  Object.assign(group, Object.fromEntries(stored));
  return reply(call, 200, { ...groupDetail(call, group), ...content });
}

function remove(cloud: Cloud, call: Call): Reply {
  const { database, backEnd } = cloud;
  const { group: words, snapshot } = call.generation;
  const group = findGroup(cloud, call);
  if (group.host === null) {
    database.groups.remove(group.id);
    return { status: 202 };
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
  return { status: 202 };
}

/** Takes a group out of the database, and with a share group what is in it; shares of a consistency group are left behind. */
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

function reply({ generation }: Call, status: number, shown: object): Reply {
  return { status, body: { [generation.group.key]: shown } };
}

function contentOf({ body, generation: { group } }: Call): JsonObject {
  const content = unwrap(body, group.key);
  if (content === undefined) {
    throw badRequest(group.notInBody);
  }
  return content;
}

function findGroup({ database }: Cloud, { id, caller, generation }: Call): Group {
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw notFound(`${generation.group.title} ${id} not found.`);
  }
  return group;
}
