import type { FastifyInstance } from "fastify";
import { adminActions } from "./adminActions";
import { invalidFields, isUuidLike, unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { isVisible, type Caller, type Group, type GroupSnapshot, type Share } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Operation, type Reply } from "./operation";
import { storedText } from "./text";
import { preciseTime } from "./time";
import { COLLECTION, snapshotDetail, snapshotMember, snapshotSummary } from "./views/cgsnapshots";

const SHARED = { since: "2.4", experimental: true };

/** Serves `/cgsnapshots`. */
export function cgsnapshots(app: FastifyInstance, cloud: Cloud): void {
  const path = "/:projectId/cgsnapshots";
  const operation = (handle: (cloud: Cloud, call: Call) => Reply, takesBody = false): Operation => ({
    ...SHARED,
    takesBody,
    handle: (call) => handle(cloud, call),
  });
  serve(app, "POST", path, operation(create, true));
  serve(app, "GET", path, operation(list(snapshotSummary)));
  serve(app, "GET", `${path}/detail`, operation(list(snapshotDetail)));
  serve(app, "GET", `${path}/:id`, operation(show));
  serve(app, "GET", `${path}/:id/members`, operation(members));
  serve(app, "PUT", `${path}/:id`, operation(update, true));
  serve(app, "DELETE", `${path}/:id`, operation(remove));
  const { snapshots } = cloud.database;
  const actions = adminActions({
    find: ({ id }) => snapshots.find(id),
    remove: ({ id }: GroupSnapshot) => {
      snapshots.remove(id);
    },
  });
  serveActions(app, ["POST"], `${path}/:id/action`, actions);
}

function create(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const group = sourceGroup(cloud, call.caller, content.consistency_group_id);
  const shares = cloud.database.sharesOf(group.id);
  const busy = shares.find(({ status }) => status !== "available");
  if (busy !== undefined) {
    throw refused(
      `Share ${busy.id} in consistency group must have status of available in order to create a CG snapshot`,
    );
  }
  const snapshot = addSnapshot(cloud, call.caller, content, group, shares);
  cloud.backEnd.createSnapshot(snapshot);
  const asGiven = { name: content.name ?? null, description: content.description ?? null };
  const shown = {
    ...snapshotDetail(call, snapshot),
    ...asGiven,
    created_at: preciseTime(snapshot.createdAt),
  };
  return { status: 202, body: { cgsnapshot: shown } };
}

function sourceGroup({ database }: Cloud, caller: Caller, id: unknown): Group {
  if (id === undefined || id === null || id === "") {
    throw badRequest("Must supply 'consistency_group_id' attribute.");
  }
  if (!isUuidLike(id)) {
    throw badRequest("The 'consistency_group_id' attribute must be a uuid.");
  }
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw badRequest(`ConsistencyGroup ${id} could not be found.`);
  }
  if (group.status !== "available") {
    throw refused("Consistency group status must be available");
  }
  return group;
}

function addSnapshot(
  { database, clock, newId }: Cloud,
  { projectId }: Caller,
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

function list(view: (call: Call, snapshot: GroupSnapshot) => object) {
  return ({ database }: Cloud, call: Call): Reply => {
    const snapshots = page(database.snapshots.list(listed(call)), call);
    const next = nextLink(call, "cgsnapshot_links", COLLECTION, snapshots, ({ id }) => id);
    return { status: 200, body: { cgsnapshots: snapshots.map((snapshot) => view(call, snapshot)), ...next } };
  };
}

function show(cloud: Cloud, call: Call): Reply {
  return { status: 200, body: { cgsnapshot: snapshotDetail(call, findSnapshot(cloud, call)) } };
}

/** The members of any project's snapshot, and none of an unknown one: the real server does not look for the snapshot. */
function members({ database }: Cloud, call: Call): Reply {
  const found = page(database.snapshots.find(call.id)?.members ?? [], call);
  const next = nextLink(call, "cgsnapshot_members_links", COLLECTION, found, ({ snapshotId }) => snapshotId);
  return { status: 200, body: { cgsnapshot_members: found.map(snapshotMember), ...next } };
}

function update(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const invalid = invalidFields(content, ["name", "description"]);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid or not allowed to be updated.`);
  }
  const snapshot = findSnapshot(cloud, call);
  const stored = Object.entries(content).map(([key, value]) => [key, storedText(value)] as const);
  Object.assign(snapshot, Object.fromEntries(stored));
  return { status: 200, body: { cgsnapshot: { ...snapshotDetail(call, snapshot), ...content } } };
}

function remove(cloud: Cloud, call: Call): Reply {
  const snapshot = findSnapshot(cloud, call);
  if (cloud.database.groups.find(snapshot.groupId) === undefined) {
    throw notFound(`ConsistencyGroupNotFound: ConsistencyGroup ${snapshot.groupId} could not be found.`);
  }
  if (snapshot.status !== "available" && snapshot.status !== "error") {
    const reason = "Consistency group snapshot status must be one of ('available', 'error')";
    throw conflict(`Invalid CGSnapshot: ${reason}`);
  }
  cloud.backEnd.deleteSnapshot(snapshot);
  return { status: 202 };
}

const refused = (reason: string) => conflict(`Invalid ConsistencyGroup: ${reason}`);

function contentOf({ body }: Call): JsonObject {
  const content = unwrap(body, "cgsnapshot");
  if (content === undefined) {
    throw badRequest("'cgsnapshot' is missing from the request body");
  }
  return content;
}

function findSnapshot({ database }: Cloud, { id, caller }: Call): GroupSnapshot {
  const snapshot = database.snapshots.find(id);
  if (snapshot === undefined || !isVisible(caller, snapshot)) {
    throw notFound(`Consistency group snapshot ${id} not found.`);
  }
  return snapshot;
}
