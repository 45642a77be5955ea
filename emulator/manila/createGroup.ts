import type { ShareType } from "../seed";
import { invalidFields, isUuidLike, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import { isVisible, type Caller, type Group, type GroupSnapshot, type GroupSnapshotMember } from "./database";
import { badRequest, conflict, notFound } from "./faults";
import { newShare } from "./shares";
import { storedText } from "./text";

const FIELDS = ["name", "description", "share_types", "source_cgsnapshot_id", "share_network_id"];

/**
 * Makes a group of what a create request holds, and sets its creation going.
 *
 * @throws Fault 400, 409 or 500, checked in the real server's order
 */
export function createGroup(cloud: Cloud, caller: Caller, content: JsonObject): Group {
  const invalid = invalidFields(content, FIELDS);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid.`);
  }
  if ("share_types" in content && "source_cgsnapshot_id" in content) {
    throw badRequest("Cannot supply both 'share_types' and 'source_cgsnapshot_id' attributes.");
  }
  return "source_cgsnapshot_id" in content
    ? cloneFromSnapshot(cloud, caller, content)
    : createFromTypes(cloud, caller, content);
}

function createFromTypes(cloud: Cloud, caller: Caller, content: JsonObject): Group {
  const shareTypeIds = wantedTypes(cloud, content.share_types);
  const shareNetworkId = wantedNetwork(content);
  checkServers(
    cloud,
    shareTypeIds.map((id) => findType(cloud, id)),
    shareNetworkId,
  );
  const group = addGroup(cloud, caller, content, { shareTypeIds, shareNetworkId });
  cloud.backEnd.createGroup(group);
  return group;
}

function cloneFromSnapshot(cloud: Cloud, caller: Caller, content: JsonObject): Group {
  const snapshot = sourceSnapshot(cloud, caller, content);
  const source = cloud.database.groups.find(snapshot.groupId);
  if (source === undefined || !isVisible(caller, source)) {
    throw notFound(`ConsistencyGroupNotFound: ConsistencyGroup ${snapshot.groupId} could not be found.`);
  }
  const { shareTypeIds, shareNetworkId, shareServerId, host } = source;
  const inherited = { shareTypeIds, shareNetworkId, shareServerId, host, sourceSnapshotId: snapshot.id };
  const group = addGroup(cloud, caller, content, inherited);
  const clones = snapshot.members.map((member) => cloneMember(cloud, caller, group, member));
  cloud.backEnd.cloneGroup(group, clones);
  return group;
}

function addGroup(cloud: Cloud, caller: Caller, content: JsonObject, fields: Partial<Group>): Group {
  return cloud.database.groups.add({
    name: storedText(content.name),
    description: storedText(content.description),
    id: cloud.newId(),
    projectId: caller.projectId,
    status: "creating",
    createdAt: cloud.clock(),
    host: null,
    shareTypeIds: [],
    shareNetworkId: null,
    shareServerId: null,
    sourceSnapshotId: null,
    ...fields,
  });
}

function cloneMember(cloud: Cloud, caller: Caller, group: Group, member: GroupSnapshotMember) {
  return newShare(cloud, caller, {
    groupId: group.id,
    host: group.host ?? "",
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

function findType({ database }: Cloud, id: string): ShareType {
  const type = database.findShareType(id);
  if (type === undefined) {
    throw badRequest(`Share type with id ${id} could not be found`);
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

function sourceSnapshot({ database }: Cloud, caller: Caller, content: JsonObject): GroupSnapshot {
  if ("share_network_id" in content) {
    throw badRequest(
      "Cannot supply both 'share_network_id' and 'source_cgsnapshot_id' attributes as the share network is inherited from the source.",
    );
  }
  const { source_cgsnapshot_id: id } = content;
  if (!isUuidLike(id)) {
    throw badRequest("The 'source_cgsnapshot_id' attribute must be a uuid.");
  }
  const snapshot = database.snapshots.find(id);
  if (snapshot === undefined || !isVisible(caller, snapshot)) {
    throw badRequest(`Consistency group snapshot ${id} could not be found.`);
  }
  if (snapshot.status !== "available") {
    throw conflict("Invalid CGSnapshot: Consistency group snapshot status must be available");
  }
  return snapshot;
}

const invalidInput = (reason: string) => badRequest(`Invalid input received: ${reason}`);
