import { GROUPS, NOWHERE, snapshot, SNAPSHOTS, type Stage } from "./stage";

/** Groups that cannot be made. */
export async function refusedCreations({ recorder, manila }: Stage): Promise<void> {
  const type = manila.shareTypes.default;
  const servers = manila.shareTypes.share_servers;
  const serverGroups = manila.shareGroupTypes.share_servers;
  const network = manila.shareNetworkId;
  const refused: Record<string, unknown> = {
    "no share_group": { group: {} },
    "a list": { share_group: [] },
    null: { share_group: null },
    "unknown field": { share_group: { colour: "red" } },
    "types and snapshot": { share_group: { share_types: [type], source_share_group_snapshot_id: NOWHERE } },
    "network and snapshot": {
      share_group: { share_network_id: network, source_share_group_snapshot_id: NOWHERE },
    },
    "zone and snapshot": {
      share_group: { availability_zone: "nova", source_share_group_snapshot_id: NOWHERE },
    },
    "types no uuids": { share_group: { share_types: ["default"] } },
    "types a text": { share_group: { share_types: type } },
    "types a number": { share_group: { share_types: 7 } },
    "unknown type": { share_group: { share_types: [NOWHERE] } },
    "unknown zone": { share_group: { availability_zone: "moon" } },
    "network null": { share_group: { share_network_id: null } },
    "network with types that handle no servers": {
      share_group: { share_types: [type], share_network_id: network },
    },
    "unknown network": {
      share_group: { share_types: [servers], share_group_type_id: serverGroups, share_network_id: NOWHERE },
    },
    "no network": { share_group: { share_types: [servers], share_group_type_id: serverGroups } },
    "conflicting types": { share_group: { share_types: [type, servers] } },
    "group type null": { share_group: { share_group_type_id: null } },
    "group type no uuid": { share_group: { share_group_type_id: "default" } },
    "unknown group type": { share_group: { share_group_type_id: NOWHERE } },
    "types that are not the group type's": {
      share_group: { share_types: [servers], share_network_id: network },
    },
    "snapshot null": { share_group: { source_share_group_snapshot_id: null } },
    "unknown snapshot": { share_group: { source_share_group_snapshot_id: NOWHERE } },
    "name too long": { share_group: { name: "n".repeat(256) } },
    "description too long": { share_group: { description: "d".repeat(256) } },
    "name with an emoji": { share_group: { name: "\u{1f600}" } },
    "not JSON": { __raw__: "{" },
  };
  for (const [name, body] of Object.entries(refused)) {
    await recorder.post(`create refused: ${name}`, GROUPS, { body });
  }
  await recorder.post("create refused: no body", GROUPS);
}

/** Snapshots that cannot be made. */
export async function refusedSnapshots({ recorder }: Stage, groupId: string): Promise<void> {
  const refused: Record<string, unknown> = {
    "no share_group_snapshot": { snapshot: {} },
    "no group": { share_group_snapshot: {} },
    "group no uuid": { share_group_snapshot: { share_group_id: "x" } },
    "unknown group": { share_group_snapshot: { share_group_id: NOWHERE } },
    "name too long": { share_group_snapshot: { share_group_id: groupId, name: "n".repeat(256) } },
  };
  for (const [name, body] of Object.entries(refused)) {
    await recorder.post(`snapshot refused: ${name}`, SNAPSHOTS, { body });
  }
  const foreign = { who: "member:other" as const, ...snapshot({ share_group_id: groupId }) };
  await recorder.post("snapshot refused: another project", "/v2/other/share-group-snapshots", foreign);
}
