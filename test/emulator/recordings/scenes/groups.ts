import { z } from "zod";
import { asAdmin, EXPERIMENTAL, group, GROUPS, NOWHERE, snapshot, SNAPSHOTS, type Stage } from "./stage";

/** Groups from creation to deletion; returns the id of one that is kept. */
export async function life({ recorder, manila }: Stage): Promise<string> {
  const id = await recorder.create(
    "create: name and description",
    GROUPS,
    group({ name: "one", description: "The first" }),
  );
  const path = `${GROUPS}/${id}`;
  await recorder.settle(path);
  for (const version of ["2.31", "2.33", "2.34", "2.55", "2.99"]) {
    await recorder.get(`show at ${version}`, path, { version, headers: EXPERIMENTAL });
  }
  await recorder.get("show as admin", asAdmin(path), { who: "admin:admin" });
  await recorder.get("show as another project", `/v2/other/share-groups/${id}`, {
    who: "member:other",
  });
  await recorder.get("show: unknown", `${GROUPS}/${NOWHERE}`);
  await recorder.get("show: no uuid", `${GROUPS}/none`);
  await recorder.get("show: in capitals", `${GROUPS}/${id.toUpperCase()}`);
  await recorder.get("show: with a body", path, { body: {} });
  await recorder.put("update: name", path, group({ name: "renamed" }));
  await recorder.put("update: name null, description empty", path, group({ name: null, description: "" }));
  await recorder.put("update: nothing", path, group());
  await recorder.put("update refused: another field", path, group({ share_types: [] }));
  await recorder.put("update refused: name too long", path, group({ name: "n".repeat(256) }));
  await recorder.put("update refused: no share_group", path, { body: {} });
  await recorder.put("update refused: unknown group", `${GROUPS}/${NOWHERE}`, group({ name: "x" }));
  await recorder.put("update refused: another project", `/v2/other/share-groups/${id}`, {
    who: "member:other",
    ...group({ name: "x" }),
  });
  await recorder.delete("delete refused: another project", `/v2/other/share-groups/${id}`, {
    who: "member:other",
  });
  await recorder.delete("delete refused: unknown group", `${GROUPS}/${NOWHERE}`);
  await recorder.delete("delete refused: with a body", path, { body: {} });
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
  await recorder.get("show: with zone", `${GROUPS}/${full}`);
  const none = await recorder.create(
    "create: empty list of types",
    GROUPS,
    group({ share_types: [], name: "" }),
  );
  await recorder.settle(`${GROUPS}/${none}`);
  await recorder.delete("delete", `${GROUPS}/${none}`);
  await recorder.settle(`${GROUPS}/${none}`);
  await recorder.get("show: deleted", `${GROUPS}/${none}`);
  await recorder.delete("delete refused: deleted", `${GROUPS}/${none}`);
  const old = await recorder.create("create at 2.31", GROUPS, {
    version: "2.31",
    headers: EXPERIMENTAL,
    ...group({ name: "old" }),
  });
  await recorder.settle(`${GROUPS}/${old}`);
  return id;
}

/** A group that no host serves, and the message about it. */
export async function failed({ recorder, manila }: Stage): Promise<void> {
  const type = manila.shareGroupTypes.unschedulable;
  const id = await recorder.create(
    "create: no host has the group type",
    GROUPS,
    group({ name: "nowhere", share_group_type_id: type }),
  );
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.get("show: in error", `${GROUPS}/${id}`);
  const messages = "/v2/demo/messages";
  const { text } = await recorder.get("messages: of a group", `${messages}?resource_id=${id}`);
  const [message] = z
    .object({ messages: z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse(text)).messages;
  const one = `${messages}/${message?.id ?? ""}`;
  await recorder.get("messages: at 2.37", `${messages}?resource_id=${id}`, { version: "2.37" });
  await recorder.get("messages: at 2.36", messages, { version: "2.36" });
  await recorder.get("messages: by resource type", `${messages}?resource_type=SHARE_GROUP`);
  await recorder.get("messages: of nothing", `${messages}?resource_id=${NOWHERE}`);
  await recorder.get("messages: unknown filter", `${messages}?colour=red`);
  await recorder.get("messages: limit", `${messages}?limit=1`);
  await recorder.get("messages: show", one);
  await recorder.get("messages: unknown", `${messages}/${NOWHERE}`);
  await recorder.get("messages: of another project", "/v2/other/messages", { who: "member:other" });
  await recorder.get("messages: show to another project", `/v2/other/messages/${message?.id ?? ""}`, {
    who: "member:other",
  });
  await recorder.get("messages: as admin", `/v2/admin/messages?resource_id=${id}`, {
    who: "admin:admin",
  });
  await recorder.delete("messages: delete", one);
  await recorder.get("messages: deleted", one);
  await recorder.post("snapshot refused: group in error", SNAPSHOTS, snapshot({ share_group_id: id }));
  await recorder.delete("delete: without a host", `${GROUPS}/${id}`);
  await recorder.get("show: deleted at once", `${GROUPS}/${id}`);
}
