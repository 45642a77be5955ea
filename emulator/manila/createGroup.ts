import type { ShareGroupType, ShareType } from "../seed";
import { invalidFields, isUuidLike, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { isVisible, type Group, type GroupSnapshot, type GroupSnapshotMember } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import type { Call } from "./operation";
import { checkQuota } from "./quotas";
import { newShare } from "./shares";
import { storedText } from "./text";

/**
 * Makes a group of what a create request holds, and sets its creation going.
 *
 * @throws Fault 400, 404, 409, 413 or 500, checked in the real server's order
 */
export function createGroup(cloud: Cloud, call: Call, content: JsonObject): Group {
  const { generation } = call;
  const invalid = invalidFields(generation, content, generation.createFields);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid.`);
  }
  const source = sourceKey(call);
  if ("share_types" in content && source in content) {
    throw badRequest(`Cannot supply both 'share_types' and '${source}' attributes.`);
  }
  return source in content ? cloneFromSnapshot(cloud, call, content) : createFromTypes(cloud, call, content);
}

const sourceKey = ({ generation }: Call) => `source_${generation.snapshot.key}_id`;

function createFromTypes(cloud: Cloud, call: Call, content: JsonObject): Group {
  const shareTypeIds = wantedTypes(cloud, content.share_types);
  const availabilityZone = wantedZone(cloud, content);
  const shareNetworkId = wantedNetwork(content);
  const groupTypeId = wantedGroupType(cloud, call, content);
  const types = shareTypeIds.map((id) => findType(cloud, call, id));
  checkServers(cloud, types, shareNetworkId);
  checkGroupType(cloud, groupTypeId, shareTypeIds);
  const fields = { shareTypeIds, shareNetworkId, groupTypeId, availabilityZone };
  const group = addGroup(cloud, call, content, fields);
  cloud.backEnd.createGroup(group, call.requestId);
  return group;
}

function cloneFromSnapshot(cloud: Cloud, call: Call, content: JsonObject): Group {
  checkInherited(call, content);
  const snapshotId = snapshotIdOf(call, content);
  const groupTypeId = wantedGroupType(cloud, call, content);
  const snapshot = sourceSnapshot(cloud, call, snapshotId);
  const source = sourceGroup(cloud, call, snapshot);
  const { shareTypeIds, shareNetworkId, shareServerId, host, availabilityZone } = source;
  checkGroupType(cloud, groupTypeId, shareTypeIds);
  const inherited = { shareTypeIds, shareNetworkId, shareServerId, host, availabilityZone };
  const fields = { ...inherited, groupTypeId, sourceSnapshotId: snapshot.id };
  const group = addGroup(cloud, call, content, fields);
  const clones = snapshot.members.map((member) => cloneMember(cloud, call, group, member));
  cloud.backEnd.cloneGroup(group, clones);
  return group;
}

function addGroup(cloud: Cloud, call: Call, content: JsonObject, fields: Partial<Group>): Group {
  checkQuota(cloud, call, "shareGroups");
  return cloud.database.groups.add({
    name: storedText(content.name),
    description: storedText(content.description),
    id: cloud.newId(),
    projectId: call.caller.projectId,
    status: "creating",
    createdAt: cloud.clock(),
    host: null,
    shareTypeIds: [],
    shareNetworkId: null,
    shareServerId: null,
    sourceSnapshotId: null,
    groupTypeId: null,
    availabilityZone: null,
    consistentSnapshotSupport: null,
    ...fields,
  });
}

function cloneMember(cloud: Cloud, { caller }: Call, group: Group, member: GroupSnapshotMember) {
  return newShare(cloud, caller, {
    groupId: group.id,
    host: group.host ?? "",
    availabilityZone: group.availabilityZone,
    sizeGigabytes: member.sizeGigabytes,
    shareProtocol: member.shareProtocol,
    shareTypeId: member.shareTypeId,
    shareNetworkId: group.shareNetworkId,
    shareServerId: group.shareServerId,
    sourceMemberId: member.id,
  });
}

function wantedTypes({ database }: Cloud, given: unknown): string[] {
  const isEmpty = Array.isArray(given) ? given.length === 0 : !given;
  if (isEmpty) {
    return defaultType(database.shareTypes);
  }
  if (Array.isArray(given) && given.every(isUuidLike)) {
    return given;
  }
  if (typeof given === "number" || typeof given === "boolean") {
    throw badRequest();
  }
  throw badRequest("The 'share_types' attribute must be a list of uuids");
}

function defaultType(types: readonly ShareType[]): string[] {
  const type = types.find(({ isDefault }) => isDefault);
  if (type !== undefined) {
    return [type.id];
  }
  throw badRequest("Must specify at least one share type as a default share type has not been configured.");
}

function wantedZone({ availabilityZones }: Cloud, { availability_zone: zone }: JsonObject): string | null {
  if (typeof zone !== "string" || zone === "") {
    return null;
  }
  const known = availabilityZones.find((name) => name === zone);
  if (known === undefined) {
    throw notFound(`Availability zone ${zone} could not be found.`);
  }
  return known;
}

function wantedNetwork(content: JsonObject): string | null {
  if (!("share_network_id" in content)) {
    return null;
  }
  const { share_network_id: id } = content;
  if (!isUuidLike(id)) {
    throw badRequest("The 'share_network_id' attribute must be a uuid.");
  }
  return id;
}

/** The id of the share group type; null for consistency groups, which have none. */
function wantedGroupType({ database }: Cloud, { generation }: Call, content: JsonObject): string | null {
  if (generation.name === "consistencyGroups") {
    return null;
  }
  if ("share_group_type_id" in content) {
    const { share_group_type_id: id } = content;
    if (isUuidLike(id)) {
      return id;
    }
    throw badRequest("The 'share_group_type_id' attribute must be a uuid.");
  }
  const type = database.shareGroupTypes.find(({ isDefault }) => isDefault);
  if (type !== undefined) {
    return type.id;
  }
  throw badRequest("Must specify a share group type as a default share group type has not been configured.");
}

function findType({ database }: Cloud, { generation }: Call, id: string): ShareType {
  const type = database.findShareType(id);
  if (type === undefined) {
    throw badRequest(generation.noSuchShareType(id));
  }
  return type;
}

/** The types must agree on driver_handles_share_servers, and the network on the types. */
function checkServers({ database }: Cloud, types: readonly ShareType[], networkId: string | null): void {
  const handled = types.map((type) => type.extraSpecs.driver_handles_share_servers?.toLowerCase() === "true");
  for (const handles of handled) {
    if (handles !== handled[0]) {
      throw invalidInput(
        "The specified share_types cannot have conflicting values for the driver_handles_share_servers extra spec.",
      );
    }
    if (!handles && networkId !== null) {
      throw invalidInput(
        "When using a share types with the driver_handles_share_servers extra spec as False, a share_network_id must not be provided.",
      );
    }
  }
  if (networkId !== null && database.shareNetworks.find(networkId) === undefined) {
    throw invalidInput("The specified share network does not exist.");
  }
  if (handled[0] === true && networkId === null) {
    throw invalidInput(
      "When using a share type with the driver_handles_share_servers extra spec as True, a share_network_id must be provided.",
    );
  }
}

/** The share types must be among those of the group's type. */
function checkGroupType({ database }: Cloud, id: string | null, shareTypeIds: readonly string[]): void {
  if (id === null) {
    return;
  }
  const type: ShareGroupType | undefined = database.findShareGroupType(id);
  if (type === undefined) {
    throw invalidInput(`The specified share group type ${id} does not exist.`);
  }
  if (!shareTypeIds.every((one) => type.shareTypeIds.includes(one))) {
    throw invalidInput(
      "The specified share types must be a subset of the share types supported by the share group type.",
    );
  }
}

/** What a group has from its snapshot cannot be asked for. */
function checkInherited(call: Call, content: JsonObject): void {
  const asked = { share_network_id: "share network", availability_zone: "availability zone" };
  for (const [key, what] of Object.entries(asked)) {
    const isGiven = key === "share_network_id" ? key in content : Boolean(content[key]);
    if (isGiven) {
      throw badRequest(
        `Cannot supply both '${key}' and '${sourceKey(call)}' attributes as the ${what} is inherited from the source.`,
      );
    }
  }
}

function snapshotIdOf(call: Call, content: JsonObject): string {
  const key = sourceKey(call);
  const id = content[key];
  if (!isUuidLike(id)) {
    throw badRequest(`The '${key}' attribute must be a uuid.`);
  }
  return id;
}

function sourceSnapshot({ database }: Cloud, { caller, generation }: Call, id: string): GroupSnapshot {
  const { title, invalid, mustBeAvailable } = generation.snapshot;
  const snapshot = database.snapshots.find(id);
  if (snapshot === undefined || !isVisible(caller, snapshot)) {
    throw badRequest(`${title} ${id} could not be found.`);
  }
  if (snapshot.status !== "available") {
    throw conflict(`${invalid}: ${mustBeAvailable}`);
  }
  return snapshot;
}

function sourceGroup({ database }: Cloud, { caller, generation }: Call, { groupId }: GroupSnapshot): Group {
  const { exception, missing } = generation.group;
  const group = database.groups.find(groupId);
  if (group === undefined || !isVisible(caller, group)) {
    throw notFound(`${exception}: ${missing} ${groupId} could not be found.`);
  }
  return group;
}

const invalidInput = (reason: string) => badRequest(`Invalid input received: ${reason}`);
