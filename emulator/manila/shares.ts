import { resetStatus } from "./adminActions";
import { isUuidLike, unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { isVisible, type Caller, type Group, type Share } from "./database";
import { badRequest, forbidden, notFound, unprocessable } from "./faults";
import { lastOf, listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Reply, type Scope } from "./operation";
import type { ShareType } from "../seed";
import { storedText } from "./text";
import { checkMetadata, shareMetadata } from "./shareMetadata";
import { resizing } from "./shareResizing";
import { COLLECTION, exportLocationSummary, shareDetail, shareSummary } from "./views/shares";

const PROTOCOLS = ["NFS", "CIFS"];

/** Serves `/shares`. There are no snapshots of single shares to make one from. */
export function shares(scope: Scope, cloud: Cloud): void {
  const path = "/:projectId/shares";
  const { database } = cloud;
  const detail = (call: Call, share: Share) => shareDetail(database, call, share);
  serve(scope, "POST", path, { takesBody: true, handle: (call) => create(cloud, call) });
  serve(scope, "GET", path, { handle: (call) => list(cloud, call, shareSummary) });
  serve(scope, "GET", `${path}/detail`, { handle: (call) => list(cloud, call, detail) });
  serve(scope, "GET", `${path}/:id`, {
    handle: (call) => ({ status: 200, body: { share: detail(call, findShare(cloud, call, "get")) } }),
  });
  serve(scope, "PUT", `${path}/:id`, { takesBody: true, handle: (call) => update(cloud, call) });
  serve(scope, "DELETE", `${path}/:id`, { handle: (call) => remove(cloud, call) });
  serve(scope, "GET", `${path}/:id/export_locations`, {
    since: "2.9",
    handle: (call) => exportLocations(cloud, call),
  });
  const missing = scope.generation.name === "shareGroups" ? "Share not found." : "share does not exist";
  shareMetadata(scope, `${path}/:id/metadata`, (call, action) => findShare(cloud, call, action, missing));
  const resized = (call: Call) => findShare(cloud, call, "get", `Share ${call.id} could not be found.`);
  const reset = resetStatus(({ id }) => database.shares.find(id));
  const forced = { adminOnly: true, takesBody: true, handle: (call: Call) => forceDelete(cloud, call) };
  serveActions(scope, ["POST"], `${path}/:id/action`, {
    ...resizing(cloud, resized),
    "os-reset_status": { until: "2.6", ...reset },
    reset_status: { since: "2.7", ...reset },
    "os-force_delete": { until: "2.6", ...forced },
    force_delete: { since: "2.7", ...forced },
  });
  // As long as nobody can make one, there is none.
  const none = { status: 200, body: { snapshots: [] } };
  serve(scope, "GET", "/:projectId/snapshots/detail", { handle: () => none });
}

/** Deletes a share in any status, and in a group without naming that. */
function forceDelete(cloud: Cloud, call: Call): Reply {
  cloud.backEnd.deleteShare(findShare(cloud, call, "force_delete"), call.requestId);
  return { status: 202 };
}

/** What a new share must be told; the rest has a default. */
export type NewShare = Pick<Share, "sizeGigabytes" | "shareProtocol"> & Partial<Share>;

/** Stores a share that is being created; what creates it sets it going. */
export function newShare({ database, clock, newId }: Cloud, caller: Caller, fields: NewShare): Share {
  const type = database.findShareType(fields.shareTypeId ?? "");
  return database.shares.add({
    id: newId(),
    userId: caller.userId,
    projectId: caller.projectId,
    groupId: null,
    name: null,
    description: null,
    status: "creating",
    createdAt: clock(),
    host: "",
    availabilityZone: null,
    shareTypeId: null,
    shareNetworkId: null,
    shareServerId: null,
    snapshotSupport: type?.extraSpecs.snapshot_support?.toLowerCase() !== "false",
    createFromSnapshotSupport: type?.extraSpecs.create_share_from_snapshot_support?.toLowerCase() === "true",
    isPublic: false,
    metadata: {},
    exportLocations: [],
    sourceMemberId: null,
    ...fields,
  });
}

function create(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const shareNetworkId = wantedPlace(cloud, content);
  const groupId = groupIdOf(call, content);
  const zone = groupId === null ? null : zoneOfGroup(cloud, call, groupId);
  const type = wantedType(cloud, content);
  if (type !== undefined && groupId === null && shareNetworkId === null && handlesServers(type)) {
    throw badRequest("Share network must be set when the driver_handles_share_servers is true.");
  }
  const metadata = checkMetadata(content.metadata ?? {});
  const sizeGigabytes = wantedSize(content.size);
  const shareProtocol = wantedProtocol(content.share_proto);
  const group = groupId === null ? undefined : wantedGroup(cloud, call, groupId, type, shareNetworkId);
  const share = newShare(cloud, call.caller, {
    sizeGigabytes,
    shareProtocol,
    groupId: group?.id ?? null,
    name: storedText(content.name ?? content.display_name),
    description: storedText(content.description ?? content.display_description),
    shareTypeId: type?.id ?? null,
    shareNetworkId,
    availabilityZone: zone ?? zoneAsGiven(call, content),
    isPublic: content.is_public === true,
    metadata,
  });
  cloud.backEnd.createShare(share, call.requestId);
  return { status: 200, body: { share: shareDetail(cloud.database, call, share) } };
}

/** Ignored where there are no groups yet. */
function groupIdOf({ version, generation }: Call, content: JsonObject): string | null {
  const { group, offered } = generation;
  return version.atLeast(offered.since) ? textOf(content[`${group.key}_id`]) : null;
}

/** The share network, once zone, snapshot and network are known to exist. */
function wantedPlace({ database, availabilityZones }: Cloud, content: JsonObject): string | null {
  const zone = textOf(content.availability_zone);
  if (zone !== null && !availabilityZones.includes(zone)) {
    throw notFound(`Availability zone ${zone} could not be found.`);
  }
  const snapshotId = textOf(content.snapshot_id);
  if (snapshotId !== null) {
    throw notFound(`Snapshot ${snapshotId} could not be found.`);
  }
  const networkId = textOf(content.share_network_id);
  if (networkId !== null && database.shareNetworks.find(networkId) === undefined) {
    throw notFound(`Share network ${networkId} could not be found.`);
  }
  return networkId;
}

function wantedType({ database }: Cloud, content: JsonObject): ShareType | undefined {
  const wanted = textOf(content.share_type ?? content.volume_type);
  if (wanted === null) {
    return database.shareTypes.find(({ isDefault }) => isDefault);
  }
  const type = isUuidLike(wanted)
    ? database.findShareType(wanted)
    : database.shareTypes.find(({ name }) => name === wanted);
  if (type === undefined) {
    throw notFound("Share type not found.");
  }
  return type;
}

function wantedSize(given: unknown): number {
  const size = typeof given === "string" ? Number(given) : given;
  if (typeof size === "number" && Number.isInteger(size) && size > 0) {
    return size;
  }
  throw badRequest(
    `Invalid input received: Share size '${String(given)}' must be an integer and greater than 0.`,
  );
}

function wantedProtocol(given: unknown): string {
  if (typeof given !== "string") {
    throw badRequest();
  }
  const protocol = given.toUpperCase();
  if (PROTOCOLS.includes(protocol)) {
    return protocol;
  }
  const supported = PROTOCOLS.map((name) => `'${name}'`).join(", ");
  throw badRequest(
    `Invalid input received: Invalid share protocol provided: ${protocol}. It is either disabled or unsupported. Available protocols: [${supported}].`,
  );
}

/**
 * Where a share of a share group is, which is where its group is. A group from before share groups is nowhere, and then
 * today's Manila takes no share into it.
 */
function zoneOfGroup({ database }: Cloud, { caller, generation }: Call, id: string): string | null {
  if (generation.name === "consistencyGroups") {
    return null;
  }
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw notFound(`${generation.group.missing} ${id} could not be found.`);
  }
  if (group.availabilityZone === null) {
    throw notFound("AvailabilityZoneNotFound: Availability zone None could not be found.");
  }
  return group.availabilityZone;
}

function wantedGroup(
  { database }: Cloud,
  { caller, generation }: Call,
  id: string,
  type: ShareType | undefined,
  networkId: string | null,
): Group {
  const { group: words } = generation;
  const group = database.groups.find(id);
  if (group === undefined || !isVisible(caller, group)) {
    throw badRequest(`${words.missing} ${id} could not be found.`);
  }
  if (group.status !== "available") {
    throw badRequest(generation.groupNotAvailable(group.status));
  }
  const mismatch = (what: string, wrong: string) =>
    badRequest(
      `The specified ${what} (${wrong}) is not supported by the specified ${words.title.toLowerCase()} (${id}).`,
    );
  if (type !== undefined && !group.shareTypeIds.includes(type.id)) {
    throw mismatch("share type", type.id);
  }
  if (group.shareNetworkId !== networkId) {
    throw mismatch("share network", networkId ?? "None");
  }
  return group;
}

function list({ database }: Cloud, call: Call, view: (call: Call, share: Share) => object): Reply {
  const mayList = listed(call);
  const found = database.shares
    .list((share) => mayList(share) && matches(call, share))
    .sort((one, other) => other.createdAt - one.createdAt);
  const shown = page(found, call);
  const next = nextLink(call, "shares_links", COLLECTION, shown, ({ id }) => id);
  return { status: 200, body: { shares: shown.map((share) => view(call, share)), ...next } };
}

function matches({ query, generation }: Call, share: Share): boolean {
  const filters = {
    [`${generation.group.key}_id`]: share.groupId,
    display_name: share.name,
    name: share.name,
    status: share.status,
    host: share.host,
    share_type_id: share.shareTypeId,
    share_network_id: share.shareNetworkId,
  };
  return Object.entries(filters).every(([key, value]) => {
    const wanted = lastOf(query, key);
    return wanted === undefined || wanted === value;
  });
}

function update(cloud: Cloud, call: Call): Reply {
  const content = contentOf(call);
  const share = findShare(cloud, call, "update");
  const stored = {
    ...("display_name" in content && { name: storedText(content.display_name) }),
    ...("display_description" in content && { description: storedText(content.display_description) }),
    ...("is_public" in content && { isPublic: content.is_public === true }),
  };
  Object.assign(share, stored);
  return { status: 200, body: { share: shareDetail(cloud.database, call, share) } };
}

function remove(cloud: Cloud, call: Call): Reply {
  const { database, backEnd } = cloud;
  const share = findShare(cloud, call, "delete");
  checkGroupParameter(call, share);
  if (share.status !== "available" && share.status !== "error") {
    throw forbidden("Invalid share: Share status must be one of ('available', 'error', 'inactive').");
  }
  const dependents = database.snapshots
    .list()
    .flatMap(({ members }) => members)
    .filter(({ shareId }) => shareId === share.id).length;
  if (dependents > 0) {
    const { members: what } = call.generation.snapshot;
    throw forbidden(`Invalid share: Share still has ${dependents} dependent ${what}.`);
  }
  if (share.host === "") {
    database.shares.remove(share.id);
  } else {
    backEnd.deleteShare(share, call.requestId);
  }
  return { status: 202 };
}

function checkGroupParameter({ query, generation }: Call, { groupId }: Share): void {
  const key = `${generation.group.key}_id`;
  const what = generation.group.title.toLowerCase();
  const given = lastOf(query, key) ?? "";
  if (groupId === null) {
    return;
  }
  if (given === "") {
    throw badRequest(`Must provide '${key}' as a request parameter when deleting a share in a ${what}.`);
  }
  if (given !== groupId) {
    throw badRequest(`The specified '${key}' does not match the ${what} id of the share.`);
  }
}

function exportLocations(cloud: Cloud, call: Call): Reply {
  const share = findShare(cloud, call, "get", `Share '${call.id}' not found.`);
  const shown = share.exportLocations.filter(({ isAdminOnly }) => call.caller.isAdmin || !isAdminOnly);
  const body = { export_locations: shown.map((location) => exportLocationSummary(call, location)) };
  return { status: 200, body };
}

/** `missing` is what the real server says of a share that does not exist; by default nothing about the share. */
function findShare({ database }: Cloud, call: Call, action: string, missing?: string): Share {
  const { id, caller, generation } = call;
  const share = database.shares.find(id);
  if (share === undefined) {
    throw notFound(missing);
  }
  const mayUse = isVisible(caller, share) || (action === "get" && share.isPublic);
  if (!mayUse) {
    if (generation.name === "shareGroups") {
      throw notFound(missing);
    }
    throw forbidden(`Policy doesn't allow share:${action} to be performed.`);
  }
  return share;
}

function contentOf({ body }: Call): JsonObject {
  const content = unwrap(body, "share");
  if (content === undefined) {
    throw unprocessable();
  }
  return content;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Only today's Manila says where a share is to be before it is there. */
function zoneAsGiven({ generation }: Call, content: JsonObject): string | null {
  return generation.name === "shareGroups" ? textOf(content.availability_zone) : null;
}

function handlesServers(type: ShareType): boolean {
  return type.extraSpecs.driver_handles_share_servers?.toLowerCase() === "true";
}
