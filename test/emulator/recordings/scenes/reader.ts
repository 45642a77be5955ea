import { GROUPS, SHARES, SNAPSHOTS, group, snapshot, type Stage } from "./stage";

/** Who may only read. */
export async function reader({ recorder }: Stage, groupId: string): Promise<void> {
  const who = "reader:demo" as const;
  const path = `${GROUPS}/${groupId}`;
  await recorder.get("reader: list", GROUPS, { who });
  await recorder.get("reader: show", path, { who });
  await recorder.get("reader: share group types", "/v2/demo/share-group-types", { who });
  await recorder.get("reader: snapshots", SNAPSHOTS, { who });
  await recorder.get("reader: shares", SHARES, { who });
  await recorder.post("reader: create", GROUPS, { who, ...group({ name: "forbidden" }) });
  await recorder.post("reader: create without share_group", GROUPS, { who, body: {} });
  await recorder.post("reader: create without a body", GROUPS, { who });
  await recorder.put("reader: update", path, { who, ...group({ name: "forbidden" }) });
  await recorder.delete("reader: delete", path, { who });
  await recorder.delete("reader: delete an unknown group", `${GROUPS}/none`, { who });
  await recorder.post("reader: snapshot", SNAPSHOTS, { who, ...snapshot({ share_group_id: groupId }) });
  const share = { share_proto: "NFS", size: 1, share_group_id: groupId };
  await recorder.post("reader: share", SHARES, { who, body: { share } });
}
