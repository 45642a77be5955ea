import type { FastifyInstance } from "fastify";
import { adminActions } from "./adminActions";
import { invalidFields, unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { createGroup } from "./createGroup";
import { isVisible, type Group } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Operation, type Reply } from "./operation";
import { storedText } from "./text";
import { preciseTime } from "./time";
import { COLLECTION, groupDetail, groupSummary } from "./views/consistencyGroups";

const SHARED = { since: "2.4", experimental: true };

/** Serves `/consistency-groups`. */
export function consistencyGroups(app: FastifyInstance, cloud: Cloud): void {
  const path = "/:projectId/consistency-groups";
  const operation = (handle: (cloud: Cloud, call: Call) => Reply, takesBody = false): Operation => ({
    ...SHARED,
    takesBody,
    handle: (call) => handle(cloud, call),
  });
  serve(app, "POST", path, operation(create, true));
  serve(app, "GET", path, operation(list(groupSummary)));
  serve(app, "GET", `${path}/detail`, operation(list(groupDetail)));
  serve(app, "GET", `${path}/:id`, operation(show));
  serve(app, "PUT", `${path}/:id`, operation(update, true));
  serve(app, "DELETE", `${path}/:id`, operation(remove));
  const { groups } = cloud.database;
  const actions = adminActions({
    find: ({ id }) => groups.find(id),
    remove: ({ id }: Group) => {
      groups.remove(id);
    },
  });
  serveActions(app, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], `${path}/:id/action`, actions);
}

function create(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const group = createGroup(cloud, call.caller, content);
  const asGiven = { name: content.name ?? null, description: content.description ?? null };
  const shown = { ...groupDetail(call, group), ...asGiven, created_at: preciseTime(group.createdAt) };
  // The real server's database gives the types in an order of its own: here always another one than was given.
  group.shareTypeIds = group.shareTypeIds.toReversed();
  return { status: 202, body: { consistency_group: shown } };
}

function list(view: (call: Call, group: Group) => object) {
  return ({ database }: Cloud, call: Call): Reply => {
    const groups = page(database.groups.list(listed(call)), call);
    const next = nextLink(call, "consistency_groups_links", COLLECTION, groups, ({ id }) => id);
    return { status: 200, body: { consistency_groups: groups.map((group) => view(call, group)), ...next } };
  };
}

function show(cloud: Cloud, call: Call): Reply {
  return { status: 200, body: { consistency_group: groupDetail(call, findGroup(cloud, call)) } };
}

function update(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const invalid = invalidFields(content, ["name", "description"]);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid or not allowed to be updated.`);
  }
  const group = findGroup(cloud, call);
  const stored = Object.entries(content).map(([key, value]) => [key, storedText(value)] as const);
  Object.assign(group, Object.fromEntries(stored));
  return { status: 200, body: { consistency_group: { ...groupDetail(call, group), ...content } } };
}

function remove(cloud: Cloud, call: Call): Reply {
  const { database, backEnd } = cloud;
  const group = findGroup(cloud, call);
  if (group.host === null) {
    database.groups.remove(group.id);
    return { status: 202 };
  }
  if (group.status !== "available" && group.status !== "error") {
    throw refused("Consistency group status must be one of ('available', 'error')");
  }
  if (database.snapshotsOf(group.id).length > 0) {
    throw refused("Cannot delete a consistency group with cgsnapshots");
  }
  if (database.sharesOf(group.id).length > 0) {
    throw refused("Cannot delete a consistency group with shares");
  }
  backEnd.deleteGroup(group);
  return { status: 202 };
}

const refused = (reason: string) => conflict(`Invalid ConsistencyGroup: ${reason}`);

function contentOf({ body }: Call): JsonObject {
  const content = unwrap(body, "consistency_group");
  if (content === undefined) {
    throw badRequest("'consistency_group' is missing from the request body.");
  }
  return content;
}

function findGroup({ database }: Cloud, { id, caller }: Call): Group {
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw notFound(`Consistency group ${id} not found.`);
  }
  return group;
}
