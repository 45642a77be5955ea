import { adminActions } from "./adminActions";
import { invalidFields, isUuidLike, unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { isVisible, type Group, type GroupSnapshot, type Share } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Operation, type Reply, type Scope } from "./operation";
import { checkQuota } from "./quotas";
import { search, type Searched } from "./search";
import { storedText } from "./text";
import { preciseTime } from "./time";
import { snapshotDetail, snapshotMember, snapshotSummary } from "./views/groupSnapshots";

/** Serves `/cgsnapshots` or `/share-group-snapshots`. */
export function groupSnapshots(scope: Scope, cloud: Cloud): void {
  const { generation } = scope;
  const path = `/:projectId/${generation.snapshot.path}`;
  const operation = (handle: (cloud: Cloud, call: Call) => Reply, takesBody = false): Operation => ({
    ...generation.offered,
    takesBody,
    handle: (call) => handle(cloud, call),
  });
  serve(scope, "POST", path, operation(create, true));
  serve(scope, "GET", path, operation(list(snapshotSummary)));
  serve(scope, "GET", `${path}/detail`, operation(list(snapshotDetail)));
  serve(scope, "GET", `${path}/:id`, operation(show));
  serve(scope, "GET", `${path}/:id/members`, operation(members));
  serve(scope, "PUT", `${path}/:id`, operation(update, true));
  serve(scope, "DELETE", `${path}/:id`, operation(remove));
  const { snapshots } = cloud.database;
  const actions = adminActions(generation, {
    find: ({ id }) => snapshots.find(id),
    remove: ({ id }: GroupSnapshot) => {
      snapshots.remove(id);
    },
  });
  serveActions(scope, ["POST"], `${path}/:id/action`, actions);
}

function create(cloud: Cloud, call: Call): Reply {
  const { group: words, snapshot: snapshotWords } = call.generation;
  const content = contentOf(call);
  const group = sourceGroup(cloud, call, content[`${words.key}_id`]);
  const shares = cloud.database.sharesOf(group.id);
  const busy = shares.find(({ status }) => status !== "available");
  if (busy !== undefined) {
    throw conflict(
      `${words.invalid}: Share ${busy.id} in ${words.title.toLowerCase()} must have status of available in order to create a ${snapshotWords.short}`,
    );
  }
  checkQuota(cloud, call, "shareGroupSnapshots");
  const snapshot = addSnapshot(cloud, call, content, group, shares);
  cloud.backEnd.createSnapshot(snapshot);
  const asGiven = { name: content.name ?? null, description: content.description ?? null };
  const shown = {
    // The members are stored after the reply has been made.
    ...snapshotDetail(call, { ...snapshot, members: [] }),
    ...asGiven,
    created_at: preciseTime(snapshot.createdAt),
  };
  return reply(call, 202, shown);
}

function sourceGroup({ database }: Cloud, { caller, generation }: Call, id: unknown): Group {
  const { group: words } = generation;
  if (id === undefined || id === null || id === "") {
    throw badRequest(`Must supply '${words.key}_id' attribute.`);
  }
  if (!isUuidLike(id)) {
    throw badRequest(`The '${words.key}_id' attribute must be a uuid.`);
  }
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw badRequest(`${words.missing} ${id} could not be found.`);
  }
  if (group.status !== "available") {
    throw conflict(`${words.invalid}: ${words.title} status must be available`);
  }
  return group;
}

function addSnapshot(
  { database, clock, newId }: Cloud,
  { caller: { projectId } }: Call,
  content: JsonObject,
  group: Group,
  shares: readonly Share[],
): GroupSnapshot {
  const name = storedText(content.name);
  const description = storedText(content.description);
  const [id, createdAt] = [newId(), clock()];
  const members = shares.map((share) => ({
    id: newId(),
    projectId,
    snapshotId: id,
    shareId: share.id,
    shareTypeId: share.shareTypeId,
    shareProtocol: share.shareProtocol,
    sizeGigabytes: share.sizeGigabytes,
    createdAt,
  }));
  const status = "creating";
  return database.snapshots.add({
    id,
    projectId,
    groupId: group.id,
    name,
    description,
    status,
    createdAt,
    members,
  });
}

/** What a list of snapshots of share groups can be searched by. */
const SEARCHED: Searched<GroupSnapshot> = {
  title: "Share group snapshots",
  columns: {
    id: ({ id }) => id,
    project_id: ({ projectId }) => projectId,
    name: ({ name }) => name,
    description: ({ description }) => description,
    status: ({ status }) => status,
    created_at: ({ createdAt }) => createdAt,
    share_group_id: ({ groupId }) => groupId,
  },
  partial: { columns: [], since: "2.31" },
};

function list(view: (call: Call, snapshot: GroupSnapshot) => object) {
  return ({ database }: Cloud, call: Call): Reply => {
    const { name, snapshot: words } = call.generation;
    const found =
      name === "shareGroups"
        ? search(call, database.snapshots.select(), SEARCHED)
        : database.snapshots.list(listed(call));
    const shown = page(found, call);
    const next = nextLink(call, words.linksKey, words.collection, shown, ({ id }) => id);
    return { status: 200, body: { [`${words.key}s`]: shown.map((each) => view(call, each)), ...next } };
  };
}

function show(cloud: Cloud, call: Call): Reply {
  return reply(call, 200, snapshotDetail(call, findSnapshot(cloud, call)));
}

/** The members of any project's snapshot, and none of an unknown one: the real server does not look for the snapshot. */
function members({ database }: Cloud, call: Call): Reply {
  const { key, collection } = call.generation.snapshot;
  const found = page(database.snapshots.find(call.id)?.members ?? [], call);
  const next = nextLink(call, `${key}_members_links`, collection, found, ({ snapshotId }) => snapshotId);
  const shown = found.map((member) => snapshotMember(call, member));
  return { status: 200, body: { [`${key}_members`]: shown, ...next } };
}

function update(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const invalid = invalidFields(call.generation, content, ["name", "description"]);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid or not allowed to be updated.`);
  }
  const snapshot = findSnapshot(cloud, call);
  const stored = Object.entries(content).map(([key, value]) => [key, storedText(value)] as const);
  Object.assign(snapshot, Object.fromEntries(stored));
  return reply(call, 200, { ...snapshotDetail(call, snapshot), ...content });
}

function remove(cloud: Cloud, call: Call): Reply {
  const { group: groupWords, snapshot: words } = call.generation;
  const snapshot = findSnapshot(cloud, call);
  if (cloud.database.groups.find(snapshot.groupId) === undefined) {
    throw notFound(`${groupWords.exception}: ${groupWords.missing} ${snapshot.groupId} could not be found.`);
  }
  if (snapshot.status !== "available" && snapshot.status !== "error") {
    throw conflict(`${words.invalid}: ${words.title} status must be one of ('available', 'error')`);
  }
  cloud.backEnd.deleteSnapshot(snapshot);
  return { status: 202 };
}

function reply({ generation }: Call, status: number, shown: object): Reply {
  return { status, body: { [generation.snapshot.key]: shown } };
}

function contentOf({ body, generation: { snapshot } }: Call): JsonObject {
  const content = unwrap(body, snapshot.key);
  if (content === undefined) {
    throw badRequest(snapshot.notInBody);
  }
  return content;
}

function findSnapshot({ database }: Cloud, { id, caller, generation }: Call): GroupSnapshot {
  const snapshot = database.snapshots.find(id);
  if (snapshot === undefined || !isVisible(caller, snapshot)) {
    throw notFound(`${generation.snapshot.title} ${id} not found.`);
  }
  return snapshot;
}
