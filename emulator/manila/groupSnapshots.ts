import { isUuidLike, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { COLUMNS, serveCollection } from "./collection";
import { isVisible, type Group, type GroupSnapshot, type Share } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { nextLink, page } from "./lists";
import { serve, type Call, type Reply, type Scope } from "./operation";
import { checkQuota } from "./quotas";
import type { Searched } from "./search";
import { storedText } from "./text";
import { snapshotDetail, snapshotMember, snapshotSummary } from "./views/groupSnapshots";

/** What a list of snapshots of share groups can be searched by. */
const SEARCHED: Searched<GroupSnapshot> = {
  title: "Share group snapshots",
  columns: {
    ...COLUMNS,
    share_group_id: ({ groupId }) => groupId,
  },
  partial: { columns: [], since: "2.31" },
};

/** Serves `/cgsnapshots` or `/share-group-snapshots`. */
export function groupSnapshots(scope: Scope, cloud: Cloud): void {
  const { offered, name, snapshot: words } = scope.generation;
  const { snapshots } = cloud.database;
  serveCollection(scope, {
    words,
    table: snapshots,
    searched: SEARCHED,
    summary: snapshotSummary,
    detail: snapshotDetail,
    create: (call, content) => create(cloud, call, content),
    // The real server stores the members after it has read the snapshot.
    shownWhenNew: name === "shareGroups" ? { members: [] } : {},
    remove: (call, snapshot) => {
      remove(cloud, call, snapshot);
    },
    forceDelete: ({ id }) => {
      snapshots.remove(id);
    },
  });
  serve(scope, "GET", `/:projectId/${words.path}/:id/members`, {
    ...offered,
    handle: (call) => members(cloud, call),
  });
}

function create(cloud: Cloud, call: Call, content: JsonObject): GroupSnapshot {
  const { group: words, snapshot: snapshotWords } = call.generation;
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
  return snapshot;
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

/** The members of any project's snapshot, and none of an unknown one: the real server does not look for the snapshot. */
function members({ database }: Cloud, call: Call): Reply {
  const { key, collection } = call.generation.snapshot;
  const found = page(database.snapshots.find(call.id)?.members ?? [], call);
  const next = nextLink(call, `${key}_members_links`, collection, found, ({ snapshotId }) => snapshotId);
  const shown = found.map((member) => snapshotMember(call, member));
  return { status: 200, body: { [`${key}_members`]: shown, ...next } };
}

function remove({ database, backEnd }: Cloud, { generation }: Call, snapshot: GroupSnapshot): void {
  const { group, snapshot: words } = generation;
  if (database.groups.find(snapshot.groupId) === undefined) {
    throw notFound(`${group.exception}: ${group.missing} ${snapshot.groupId} could not be found.`);
  }
  if (snapshot.status !== "available" && snapshot.status !== "error") {
    throw conflict(`${words.invalid}: ${words.title} status must be one of ('available', 'error')`);
  }
  backEnd.deleteSnapshot(snapshot);
}
