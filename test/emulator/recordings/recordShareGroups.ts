import { join } from "node:path";
import { z } from "zod";
import { startCloud, type RealCloud } from "../../acceptance/cloud";
import { recordedSeed } from "./recording";
import { Recorder, type Sent } from "./recorder";

const GROUPS = "/v2/demo/share-groups";
const SNAPSHOTS = "/v2/demo/share-group-snapshots";
const TYPES = "/v2/demo/share-group-types";
const SHARES = "/v2/demo/shares";
const NOWHERE = "99999999-9999-4999-8999-999999999999";
const EXPERIMENTAL = { "X-OpenStack-Manila-API-Experimental": "True" };
const ABOUT =
  'Recorded by recordShareGroups.ts from Manila 23.0.1 with its dummy driver (0.5 s a call) behind keystonemiddleware, in one run. In order, "at" in seconds since the start; what only waits for a status is left out. Tokens read role:project. "seed" is what the server held before.';

type Manila = NonNullable<RealCloud["manila"]>;

/** What the scenes share. */
interface Stage {
  recorder: Recorder;
  manila: Manila;
}

const group = (content: object = {}): Sent => ({ body: { share_group: content } });
const snapshot = (content: object = {}): Sent => ({ body: { share_group_snapshot: content } });
const action = (name: string, content: unknown): Sent => ({ who: "admin:admin", body: { [name]: content } });
const asAdmin = (path: string) => path.replace("/v2/demo/", "/v2/admin/");

async function versions({ recorder }: Stage): Promise<void> {
  await recorder.record("versions: all, without a token", "GET", "/", { who: null, version: null });
  await recorder.record("versions: /v2 without a slash", "GET", "/v2", { version: null });
  await recorder.record("versions: without a token", "GET", "/v2/", { who: null, version: null });
  await recorder.record("versions: garbage for a token", "GET", "/v2/", {
    who: null,
    version: null,
    headers: { "X-Auth-Token": "garbage" },
  });
  await recorder.record("versions: v2, no version header", "GET", "/v2/", { version: null });
  await recorder.record("versions: v2 at 2.99", "GET", "/v2/");
  for (const version of ["2.0", "2.30", "2.31", "2.54", "2.55", "2.99"]) {
    await recorder.record(`microversion ${version}`, "GET", GROUPS, { version });
    await recorder.record(`microversion ${version}, experimental`, "GET", GROUPS, {
      version,
      headers: EXPERIMENTAL,
    });
  }
  for (const version of ["2.100", "1.0", "latest", "2", "2.04", null]) {
    await recorder.record(`microversion ${version ?? "not given"}`, "GET", GROUPS, { version });
  }
  for (const path of ["consistency-groups", "consistency-groups/detail", `cgsnapshots/${NOWHERE}`]) {
    for (const version of ["2.22", "2.99"]) {
      const sent = { version, headers: EXPERIMENTAL };
      await recorder.record(`gone: ${path} at ${version}`, "GET", `/v2/demo/${path}`, sent);
    }
  }
  for (const accept of ["application/json", "application/json, text/plain, */*", "text/plain"]) {
    const sent = { headers: { Accept: accept } };
    await recorder.record(`gone: accepting ${accept}`, "GET", "/v2/demo/consistency-groups", sent);
  }
  await recorder.record("gone: v1", "GET", "/v1/", { version: null });
  await recorder.record("gone: create of a consistency group", "POST", "/v2/demo/consistency-groups", {
    body: { consistency_group: {} },
  });
  await recorder.record("another project in the path", "GET", "/v2/other/share-groups");
  await recorder.record("no token", "GET", GROUPS, { who: null });
  await recorder.record("garbage for a token", "GET", GROUPS, {
    who: null,
    headers: { "X-Auth-Token": "garbage" },
  });
  await recorder.record("unknown method", "PATCH", GROUPS, group());
}

async function types({ recorder, manila }: Stage): Promise<void> {
  const id = manila.shareGroupTypes.default ?? "";
  for (const version of ["2.45", "2.46", "2.99"]) {
    const sent = { version, headers: EXPERIMENTAL };
    await recorder.record(`group types: list at ${version}`, "GET", TYPES, sent);
    await recorder.record(`group types: default at ${version}`, "GET", `${TYPES}/default`, sent);
  }
  await recorder.record("group types: show", "GET", `${TYPES}/${id}`);
  await recorder.record("group types: show as admin", "GET", asAdmin(`${TYPES}/${id}`), {
    who: "admin:admin",
  });
  await recorder.record("group types: unknown", "GET", `${TYPES}/${NOWHERE}`);
  await recorder.record("group types: at 2.30", "GET", TYPES, { version: "2.30", headers: EXPERIMENTAL });
  for (const version of ["2.31", "2.46", "2.99"]) {
    await recorder.record(`share types: list at ${version}`, "GET", "/v2/demo/types", { version });
  }
  await recorder.record("share types: default", "GET", "/v2/demo/types/default");
  await recorder.record(
    "share types: show as admin",
    "GET",
    `/v2/admin/types/${manila.shareTypes.default ?? ""}`,
    { who: "admin:admin" },
  );
  await recorder.record("share types: unknown", "GET", `/v2/demo/types/${NOWHERE}`);
  await recorder.record("availability zones", "GET", "/v2/demo/availability-zones");
  await recorder.record("share network", "GET", `/v2/demo/share-networks/${manila.shareNetworkId}`);
  await recorder.record("share networks", "GET", "/v2/demo/share-networks");
  await recorder.record("share network: unknown", "GET", `/v2/demo/share-networks/${NOWHERE}`);
}

async function refusedCreations({ recorder, manila }: Stage): Promise<void> {
  const type = manila.shareTypes.default ?? "";
  const servers = manila.shareTypes.share_servers ?? "";
  const serverGroups = manila.shareGroupTypes.share_servers ?? "";
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
    await recorder.record(`create refused: ${name}`, "POST", GROUPS, { body });
  }
  await recorder.record("create refused: no body", "POST", GROUPS);
}

async function life({ recorder, manila }: Stage): Promise<string> {
  const id = await recorder.create(
    "create: name and description",
    GROUPS,
    group({ name: "one", description: "The first" }),
  );
  const path = `${GROUPS}/${id}`;
  await recorder.settle(path);
  for (const version of ["2.31", "2.33", "2.34", "2.55", "2.99"]) {
    await recorder.record(`show at ${version}`, "GET", path, { version, headers: EXPERIMENTAL });
  }
  await recorder.record("show as admin", "GET", asAdmin(path), { who: "admin:admin" });
  await recorder.record("show as another project", "GET", `/v2/other/share-groups/${id}`, {
    who: "member:other",
  });
  await recorder.record("show: unknown", "GET", `${GROUPS}/${NOWHERE}`);
  await recorder.record("show: no uuid", "GET", `${GROUPS}/none`);
  await recorder.record("show: in capitals", "GET", `${GROUPS}/${id.toUpperCase()}`);
  await recorder.record("show: with a body", "GET", path, { body: {} });
  await recorder.record("update: name", "PUT", path, group({ name: "renamed" }));
  await recorder.record(
    "update: name null, description empty",
    "PUT",
    path,
    group({ name: null, description: "" }),
  );
  await recorder.record("update: nothing", "PUT", path, group());
  await recorder.record("update refused: another field", "PUT", path, group({ share_types: [] }));
  await recorder.record("update refused: name too long", "PUT", path, group({ name: "n".repeat(256) }));
  await recorder.record("update refused: no share_group", "PUT", path, { body: {} });
  await recorder.record("update refused: unknown group", "PUT", `${GROUPS}/${NOWHERE}`, group({ name: "x" }));
  await recorder.record("update refused: another project", "PUT", `/v2/other/share-groups/${id}`, {
    who: "member:other",
    ...group({ name: "x" }),
  });
  await recorder.record("delete refused: another project", "DELETE", `/v2/other/share-groups/${id}`, {
    who: "member:other",
  });
  await recorder.record("delete refused: unknown group", "DELETE", `${GROUPS}/${NOWHERE}`);
  await recorder.record("delete refused: with a body", "DELETE", path, { body: {} });
  const all = {
    share_types: [manila.shareTypes.default],
    share_group_type_id: manila.shareGroupTypes.default,
  };
  const full = await recorder.create(
    "create: types, group type and zone",
    GROUPS,
    group({ name: "full", availability_zone: "nova", ...all }),
  );
  await recorder.settle(`${GROUPS}/${full}`);
  await recorder.record("show: with zone", "GET", `${GROUPS}/${full}`);
  const none = await recorder.create(
    "create: empty list of types",
    GROUPS,
    group({ share_types: [], name: "" }),
  );
  await recorder.settle(`${GROUPS}/${none}`);
  await recorder.record("delete", "DELETE", `${GROUPS}/${none}`);
  await recorder.settle(`${GROUPS}/${none}`);
  await recorder.record("show: deleted", "GET", `${GROUPS}/${none}`);
  await recorder.record("delete refused: deleted", "DELETE", `${GROUPS}/${none}`);
  const old = await recorder.create("create at 2.31", GROUPS, {
    version: "2.31",
    headers: EXPERIMENTAL,
    ...group({ name: "old" }),
  });
  await recorder.settle(`${GROUPS}/${old}`);
  return id;
}

async function failed({ recorder, manila }: Stage): Promise<void> {
  const type = manila.shareGroupTypes.unschedulable;
  const id = await recorder.create(
    "create: no host has the group type",
    GROUPS,
    group({ name: "nowhere", share_group_type_id: type }),
  );
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.record("show: in error", "GET", `${GROUPS}/${id}`);
  const messages = "/v2/demo/messages";
  const { text } = await recorder.record("messages: of a group", "GET", `${messages}?resource_id=${id}`);
  const [message] = z
    .object({ messages: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(text)).messages;
  const one = `${messages}/${message?.id ?? ""}`;
  await recorder.record("messages: at 2.37", "GET", `${messages}?resource_id=${id}`, { version: "2.37" });
  await recorder.record("messages: at 2.36", "GET", messages, { version: "2.36" });
  await recorder.record("messages: by resource type", "GET", `${messages}?resource_type=SHARE_GROUP`);
  await recorder.record("messages: of nothing", "GET", `${messages}?resource_id=${NOWHERE}`);
  await recorder.record("messages: unknown filter", "GET", `${messages}?colour=red`);
  await recorder.record("messages: limit", "GET", `${messages}?limit=1`);
  await recorder.record("messages: show", "GET", one);
  await recorder.record("messages: unknown", "GET", `${messages}/${NOWHERE}`);
  await recorder.record("messages: of another project", "GET", "/v2/other/messages", { who: "member:other" });
  await recorder.record(
    "messages: show to another project",
    "GET",
    `/v2/other/messages/${message?.id ?? ""}`,
    { who: "member:other" },
  );
  await recorder.record("messages: as admin", "GET", `/v2/admin/messages?resource_id=${id}`, {
    who: "admin:admin",
  });
  await recorder.record("messages: delete", "DELETE", one);
  await recorder.record("messages: deleted", "GET", one);
  await recorder.record(
    "snapshot refused: group in error",
    "POST",
    SNAPSHOTS,
    snapshot({ share_group_id: id }),
  );
  await recorder.record("delete: without a host", "DELETE", `${GROUPS}/${id}`);
  await recorder.record("show: deleted at once", "GET", `${GROUPS}/${id}`);
}

async function lists({ recorder }: Stage, id: string): Promise<void> {
  const queries = [
    "",
    "/detail",
    "?name=full",
    "/detail?name=full",
    "?name~=ul",
    "/detail?name~=o",
    "?description~=first",
    "?name=FULL",
    "?name=absent",
    "?status=available",
    "?status=error",
    `?id=${id}`,
    "?host=acceptance@alpha%23fake_pool_for_ALPHA",
    `?share_group_type_id=${NOWHERE}`,
    `?group_type_id=${NOWHERE}`,
    `?source_share_group_snapshot_id=${NOWHERE}`,
    `?share_network_id=${NOWHERE}`,
    "?availability_zone=nova",
    "?consistent_snapshot_support=pool",
    "?project_id=demo",
    "?colour=red",
    "?description=",
    "?share_types=x",
    "?limit=1",
    "/detail?limit=2",
    "?limit=2&offset=1",
    "/detail?limit=1&offset=1",
    "?limit=0",
    "?limit=x",
    "?limit=-1",
    "?offset=x",
    "?offset=-1",
    "?offset=99",
    "?marker=x",
    "?limit=1&sort_key=name",
    "?sort_key=name&sort_dir=asc",
    "?sort_key=name&sort_dir=desc",
    "?sort_key=created_at&sort_dir=asc",
    "?sort_key=status",
    "?sort_key=colour",
    "?sort_dir=up",
    "?all_tenants=1",
    "?all_tenants=0",
  ];
  for (const query of queries) {
    await recorder.record(`list ${query}`, "GET", GROUPS + query);
  }
  await recorder.record("list ?name~= at 2.35", "GET", `${GROUPS}?name~=ul`, {
    version: "2.35",
    headers: EXPERIMENTAL,
  });
  for (const query of ["", "?all_tenants=1", "/detail?all_tenants=1", "?all_tenants=0", "?all_tenants="]) {
    await recorder.record(`list as admin ${query}`, "GET", asAdmin(GROUPS + query), { who: "admin:admin" });
  }
}

async function actions({ recorder }: Stage): Promise<void> {
  const id = await recorder.create("create: for actions", GROUPS, group({ name: "acted" }));
  const path = `${GROUPS}/${id}`;
  const url = asAdmin(`${path}/action`);
  await recorder.settle(path);
  await recorder.record("reset_status as member", "POST", `${path}/action`, {
    body: { reset_status: { status: "error" } },
  });
  await recorder.record("force_delete as member", "POST", `${path}/action`, { body: { force_delete: null } });
  for (const status of ["creating", "deleting", "error_deleting", "error", "available"]) {
    await recorder.record(`reset_status: ${status}`, "POST", url, action("reset_status", { status }));
    await recorder.record(`show: ${status}`, "GET", path);
    if (status !== "error" && status !== "available") {
      await recorder.record(`delete refused: ${status}`, "DELETE", path);
      await recorder.record(
        `snapshot refused: ${status}`,
        "POST",
        SNAPSHOTS,
        snapshot({ share_group_id: id }),
      );
      await recorder.record(`update: ${status}`, "PUT", path, group({ description: status }));
    }
  }
  await recorder.record("reset_status: unknown", "POST", url, action("reset_status", { status: "gone" }));
  await recorder.record("reset_status: nothing", "POST", url, action("reset_status", {}));
  await recorder.record("reset_status: null", "POST", url, action("reset_status", null));
  await recorder.record(
    "reset_status: unknown group",
    "POST",
    asAdmin(`${GROUPS}/${NOWHERE}/action`),
    action("reset_status", { status: "error" }),
  );
  await recorder.record(
    "reset_status: old name",
    "POST",
    url,
    action("os-reset_status", { status: "error" }),
  );
  await recorder.record("reset_status: at 2.54 without experimental", "POST", url, {
    version: "2.54",
    ...action("reset_status", { status: "error" }),
  });
  await recorder.record("action: unknown", "POST", url, action("dance", null));
  await recorder.record("action: two", "POST", url, {
    who: "admin:admin",
    body: { reset_status: { status: "error" }, force_delete: null },
  });
  await recorder.record("action: none", "POST", url, { who: "admin:admin", body: {} });
  await recorder.record("action: no body", "POST", url, { who: "admin:admin" });
  await recorder.record(
    "force_delete: unknown group",
    "POST",
    asAdmin(`${GROUPS}/${NOWHERE}/action`),
    action("force_delete", null),
  );
  await recorder.record("force_delete", "POST", url, action("force_delete", null));
  await recorder.record("show: forced away", "GET", path);
}

async function members({ recorder, manila }: Stage, groupId: string): Promise<string> {
  const share = (content: object): Sent => ({
    body: { share: { share_proto: "NFS", size: 1, share_group_id: groupId, ...content } },
  });
  const type = manila.shareTypes.default;
  await recorder.record("member refused: unknown group", "POST", SHARES, share({ share_group_id: NOWHERE }));
  await recorder.record("member refused: another project's group", "POST", "/v2/other/shares", {
    who: "member:other",
    ...share({}),
  });
  await recorder.record(
    "member refused: type",
    "POST",
    SHARES,
    share({ share_type: manila.shareTypes.share_servers }),
  );
  await recorder.record(
    "member refused: network",
    "POST",
    SHARES,
    share({ share_type: type, share_network_id: manila.shareNetworkId }),
  );
  await recorder.record("member refused: zone", "POST", SHARES, share({ availability_zone: "moon" }));
  const id = await recorder.create("member: create", SHARES, share({ name: "member", share_type: type }));
  const path = `${SHARES}/${id}`;
  await recorder.settle(path);
  for (const version of ["2.30", "2.31", "2.54", "2.69", "2.99"]) {
    await recorder.record(`member: show at ${version}`, "GET", path, { version });
  }
  await recorder.record("member: show as admin", "GET", asAdmin(path), { who: "admin:admin" });
  await recorder.record("member: export locations", "GET", `${path}/export_locations`);
  await recorder.record("member: list by group", "GET", `${SHARES}?share_group_id=${groupId}`);
  await recorder.record("member: detail by group", "GET", `${SHARES}/detail?share_group_id=${groupId}`);
  await recorder.record("member: list by another group", "GET", `${SHARES}?share_group_id=${NOWHERE}`);
  await recorder.record("member: list by name", "GET", `${SHARES}?name=member`);
  await recorder.record("member: list with limit", "GET", `${SHARES}?limit=1`);
  await recorder.record("member: update", "PUT", path, {
    body: { share: { display_name: "renamed", display_description: "d" } },
  });
  await recorder.record("delete refused: with shares", "DELETE", `${GROUPS}/${groupId}`);
  await recorder.record("member delete refused: no group", "DELETE", path);
  await recorder.record(
    "member delete refused: another group",
    "DELETE",
    `${path}?share_group_id=${NOWHERE}`,
  );
  await recorder.record(
    "member delete refused: another project",
    "DELETE",
    `/v2/other/shares/${id}?share_group_id=${groupId}`,
    { who: "member:other" },
  );
  await recorder.record("member: show to another project", "GET", `/v2/other/shares/${id}`, {
    who: "member:other",
  });
  await recorder.record("member: show unknown", "GET", `${SHARES}/${NOWHERE}`);
  await recorder.record("member delete refused: unknown", "DELETE", `${SHARES}/${NOWHERE}`);
  const second = await recorder.create("member: create without a type", SHARES, share({ name: "second" }));
  await recorder.settle(`${SHARES}/${second}`);
  await recorder.record("member: delete", "DELETE", `${SHARES}/${second}?share_group_id=${groupId}`);
  await recorder.settle(`${SHARES}/${second}`);
  await recorder.record("member: show deleted", "GET", `${SHARES}/${second}`);
  const alone = await recorder.create("share: in no group", SHARES, {
    body: { share: { share_proto: "nfs", size: 2, name: "alone", metadata: { a: "b" } } },
  });
  await recorder.settle(`${SHARES}/${alone}`);
  await recorder.record("share: show", "GET", `${SHARES}/${alone}`);
  await recorder.record("share: delete", "DELETE", `${SHARES}/${alone}`);
  await recorder.settle(`${SHARES}/${alone}`);
  return id;
}

async function refusedSnapshots({ recorder }: Stage, groupId: string): Promise<void> {
  const refused: Record<string, unknown> = {
    "no share_group_snapshot": { snapshot: {} },
    "no group": { share_group_snapshot: {} },
    "group no uuid": { share_group_snapshot: { share_group_id: "x" } },
    "unknown group": { share_group_snapshot: { share_group_id: NOWHERE } },
    "name too long": { share_group_snapshot: { share_group_id: groupId, name: "n".repeat(256) } },
  };
  for (const [name, body] of Object.entries(refused)) {
    await recorder.record(`snapshot refused: ${name}`, "POST", SNAPSHOTS, { body });
  }
  const foreign = { who: "member:other" as const, ...snapshot({ share_group_id: groupId }) };
  await recorder.record(
    "snapshot refused: another project",
    "POST",
    "/v2/other/share-group-snapshots",
    foreign,
  );
}

async function snapshots(stage: Stage, groupId: string, shareId: string): Promise<string> {
  const { recorder } = stage;
  await refusedSnapshots(stage, groupId);
  const reset = (status: string) =>
    recorder.record(
      `member: reset to ${status}`,
      "POST",
      asAdmin(`${SHARES}/${shareId}/action`),
      action("reset_status", { status }),
    );
  await reset("error");
  await recorder.record(
    "snapshot refused: member in error",
    "POST",
    SNAPSHOTS,
    snapshot({ share_group_id: groupId }),
  );
  await reset("available");
  const id = await recorder.create(
    "snapshot: create",
    SNAPSHOTS,
    snapshot({ share_group_id: groupId, name: "snap", description: "d", colour: "red" }),
  );
  const path = `${SNAPSHOTS}/${id}`;
  await recorder.settle(path);
  await recorder.record("snapshot: show", "GET", path);
  await recorder.record("snapshot: show at 2.31", "GET", path, { version: "2.31", headers: EXPERIMENTAL });
  await recorder.record("snapshot: show at 2.31, not experimental", "GET", path, { version: "2.31" });
  await recorder.record("snapshot: show as admin", "GET", asAdmin(path), { who: "admin:admin" });
  await recorder.record("snapshot: show to another project", "GET", `/v2/other/share-group-snapshots/${id}`, {
    who: "member:other",
  });
  await recorder.record("snapshot: unknown", "GET", `${SNAPSHOTS}/${NOWHERE}`);
  await recorder.record("snapshot: members", "GET", `${path}/members`);
  await recorder.record(
    "snapshot: members to another project",
    "GET",
    `/v2/other/share-group-snapshots/${id}/members`,
    { who: "member:other" },
  );
  await recorder.record("snapshot: members of an unknown one", "GET", `${SNAPSHOTS}/${NOWHERE}/members`);
  await recorder.record("snapshot: members with limit", "GET", `${path}/members?limit=1`);
  const queries = [
    "",
    "/detail",
    "?limit=1",
    "/detail?limit=1",
    "?name=snap",
    "?name=absent",
    "?name~=sn",
    `?share_group_id=${groupId}`,
    `/detail?share_group_id=${NOWHERE}`,
    "?status=available",
    "?colour=red",
    "?sort_key=name&sort_dir=asc",
    "?sort_key=colour",
    "?sort_dir=up",
    "?marker=x",
  ];
  for (const query of queries) {
    await recorder.record(`snapshot list ${query}`, "GET", SNAPSHOTS + query);
  }
  await recorder.record("snapshot list of another project", "GET", "/v2/other/share-group-snapshots", {
    who: "member:other",
  });
  await recorder.record(
    "snapshot list as admin ?all_tenants=1",
    "GET",
    "/v2/admin/share-group-snapshots?all_tenants=1",
    { who: "admin:admin" },
  );
  await recorder.record("snapshot: update", "PUT", path, snapshot({ name: "renamed", description: null }));
  await recorder.record(
    "snapshot update refused: another field",
    "PUT",
    path,
    snapshot({ share_group_id: groupId }),
  );
  await recorder.record("snapshot update refused: no share_group_snapshot", "PUT", path, { body: {} });
  await recorder.record(
    "snapshot update refused: unknown",
    "PUT",
    `${SNAPSHOTS}/${NOWHERE}`,
    snapshot({ name: "x" }),
  );
  await recorder.record("delete refused: with snapshots", "DELETE", `${GROUPS}/${groupId}`);
  await recorder.record(
    "member delete refused: in a snapshot",
    "DELETE",
    `${SHARES}/${shareId}?share_group_id=${groupId}`,
  );
  return id;
}

async function snapshotActions({ recorder }: Stage, groupId: string, id: string): Promise<void> {
  const path = `${SNAPSHOTS}/${id}`;
  const url = asAdmin(`${path}/action`);
  await recorder.record("snapshot: reset_status as member", "POST", `${path}/action`, {
    body: { reset_status: { status: "error" } },
  });
  await recorder.record(
    "snapshot: reset_status",
    "POST",
    url,
    action("reset_status", { status: "creating" }),
  );
  await recorder.record("snapshot delete refused: creating", "DELETE", path);
  await recorder.record(
    "create refused: snapshot creating",
    "POST",
    GROUPS,
    group({ source_share_group_snapshot_id: id }),
  );
  await recorder.record(
    "snapshot: reset_status unknown",
    "POST",
    url,
    action("reset_status", { status: "gone" }),
  );
  await recorder.record(
    "snapshot: reset_status back",
    "POST",
    url,
    action("reset_status", { status: "available" }),
  );
  await recorder.record(
    "snapshot: reset_status of an unknown one",
    "POST",
    asAdmin(`${SNAPSHOTS}/${NOWHERE}/action`),
    action("reset_status", { status: "error" }),
  );
  const forced = await recorder.create(
    "snapshot: create without a name",
    SNAPSHOTS,
    snapshot({ share_group_id: groupId }),
  );
  await recorder.settle(`${SNAPSHOTS}/${forced}`);
  await recorder.record(
    "snapshot: force_delete",
    "POST",
    asAdmin(`${SNAPSHOTS}/${forced}/action`),
    action("force_delete", null),
  );
  await recorder.record("snapshot: forced away", "GET", `${SNAPSHOTS}/${forced}`);
}

async function clones(
  { recorder }: Stage,
  groupId: string,
  snapshotId: string,
  shareId: string,
): Promise<void> {
  const source = { source_share_group_snapshot_id: snapshotId };
  const foreign = { who: "member:other" as const, ...group(source) };
  await recorder.record("clone refused: another project", "POST", "/v2/other/share-groups", foreign);
  const id = await recorder.create("clone: create", GROUPS, group({ name: "clone", ...source }));
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.record("clone: show", "GET", `${GROUPS}/${id}`);
  const { text } = await recorder.record("clone: shares", "GET", `${SHARES}/detail?share_group_id=${id}`);
  const { shares } = z.object({ shares: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(text));
  await recorder.record("clone: delete refused", "DELETE", `${GROUPS}/${id}`);
  for (const share of shares) {
    await recorder.record("clone: share", "GET", `${SHARES}/${share.id}`);
    await recorder.record("clone: delete its share", "DELETE", `${SHARES}/${share.id}?share_group_id=${id}`);
    await recorder.settle(`${SHARES}/${share.id}`);
  }
  await recorder.record("clone: delete", "DELETE", `${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.record("snapshot: delete", "DELETE", `${SNAPSHOTS}/${snapshotId}`);
  await recorder.settle(`${SNAPSHOTS}/${snapshotId}`);
  await recorder.record("snapshot: show deleted", "GET", `${SNAPSHOTS}/${snapshotId}`);
  await recorder.record(
    "member: delete the last",
    "DELETE",
    `${SHARES}/${shareId}?share_group_id=${groupId}`,
  );
  await recorder.settle(`${SHARES}/${shareId}`);
  await recorder.record("delete: emptied", "DELETE", `${GROUPS}/${groupId}`);
  await recorder.settle(`${GROUPS}/${groupId}`);
  await recorder.record("show: emptied and deleted", "GET", `${GROUPS}/${groupId}`);
}

/** A share server takes the real driver longer than the emulator, hence the second wait for all. */
async function network({ recorder, manila }: Stage): Promise<void> {
  const content = {
    name: "served",
    share_types: [manila.shareTypes.share_servers],
    share_group_type_id: manila.shareGroupTypes.share_servers,
    share_network_id: manila.shareNetworkId,
  };
  const id = await recorder.create("network: create", GROUPS, group(content));
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.record("network: show", "GET", `${GROUPS}/${id}`);
  await recorder.record("network: show as admin", "GET", asAdmin(`${GROUPS}/${id}`), { who: "admin:admin" });
  await recorder.record(
    "network: delete refused",
    "DELETE",
    `/v2/demo/share-networks/${manila.shareNetworkId}`,
  );
  await recorder.record("network: delete the group", "DELETE", `${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
}

async function quotas({ recorder }: Stage): Promise<void> {
  const other = "/v2/other/share-groups";
  const who = "member:other" as const;
  const id = await recorder.create("quota: the only group", other, { who, ...group({ name: "only" }) });
  await recorder.settle(`${other}/${id}`, who);
  await recorder.record("quota: exceeded", "POST", other, { who, ...group({ name: "too many" }) });
  const snapshotId = await recorder.create("quota: the only snapshot", "/v2/other/share-group-snapshots", {
    who,
    ...snapshot({ share_group_id: id }),
  });
  await recorder.settle(`/v2/other/share-group-snapshots/${snapshotId}`, who);
  await recorder.record("quota: of snapshots exceeded", "POST", "/v2/other/share-group-snapshots", {
    who,
    ...snapshot({ share_group_id: id }),
  });
  await recorder.record(
    "force_delete: with a snapshot",
    "POST",
    `/v2/admin/share-groups/${id}/action`,
    action("force_delete", null),
  );
  await recorder.record(
    "snapshot: gone with its group",
    "GET",
    `/v2/other/share-group-snapshots/${snapshotId}`,
    { who },
  );
}

/** What the server holds, in the words of its API. */
async function seedOf({ recorder, manila }: Stage): Promise<object> {
  const all = async (path: string): Promise<unknown> =>
    JSON.parse((await recorder.unrecorded("GET", `/v2/admin/${path}`, { who: "admin:admin" })).text);
  const pools = z.object({ pools: z.array(z.object({ name: z.string() })) });
  return {
    ...recordedSeed.pick({ share_types: true }).parse(await all("types")),
    ...recordedSeed.pick({ share_group_types: true }).parse(await all("share-group-types")),
    share_networks: [{ id: manila.shareNetworkId, project_id: "demo", name: "network" }],
    pools: pools.parse(await all("scheduler-stats/pools")).pools.map(({ name }) => name),
    quotas: [{ project_id: "other", share_groups: 1, share_group_snapshots: 1 }],
  };
}

async function main(): Promise<void> {
  const cloud = await startCloud();
  try {
    const recorder = await Recorder.connect(cloud);
    const stage = { recorder, manila: z.custom<Manila>().parse(cloud.manila) };
    const body = { quota_set: { share_groups: 1, share_group_snapshots: 1 } };
    await recorder.unrecorded("PUT", `/v2/admin/quota-sets/${cloud.other.projectId}`, {
      who: "admin:admin",
      body,
    });
    const seed = await seedOf(stage);
    await versions(stage);
    await types(stage);
    await refusedCreations(stage);
    const id = await life(stage);
    await failed(stage);
    await lists(stage, id);
    await actions(stage);
    const shareId = await members(stage, id);
    const snapshotId = await snapshots(stage, id, shareId);
    await snapshotActions(stage, id, snapshotId);
    await clones(stage, id, snapshotId, shareId);
    await network(stage);
    await quotas(stage);
    recorder.write(join(__dirname, "manila-23.0.1-share-groups.json"), ABOUT, seed);
  } finally {
    await cloud.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
