import { z } from "zod";
import { group, GROUPS, SHARES, SNAPSHOTS, type Stage } from "./stage";

/** A group from a snapshot; ends with the deletion of all there is. */
export async function copies(
  { recorder }: Stage,
  groupId: string,
  snapshotId: string,
  shareId: string,
): Promise<void> {
  const source = { source_share_group_snapshot_id: snapshotId };
  const foreign = { who: "member:other" as const, ...group(source) };
  await recorder.post("clone refused: another project", "/v2/other/share-groups", foreign);
  const id = await recorder.create("clone: create", GROUPS, group({ name: "clone", ...source }));
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.get("clone: show", `${GROUPS}/${id}`);
  const { text } = await recorder.get("clone: shares", `${SHARES}/detail?share_group_id=${id}`);
  const { shares } = z.object({ shares: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(text));
  await recorder.delete("clone: delete refused", `${GROUPS}/${id}`);
  for (const share of shares) {
    await recorder.get("clone: share", `${SHARES}/${share.id}`);
    await recorder.delete("clone: delete its share", `${SHARES}/${share.id}?share_group_id=${id}`);
    await recorder.settle(`${SHARES}/${share.id}`);
  }
  await recorder.delete("clone: delete", `${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.delete("snapshot: delete", `${SNAPSHOTS}/${snapshotId}`);
  await recorder.settle(`${SNAPSHOTS}/${snapshotId}`);
  await recorder.get("snapshot: show deleted", `${SNAPSHOTS}/${snapshotId}`);
  await recorder.delete("member: delete the last", `${SHARES}/${shareId}?share_group_id=${groupId}`);
  await recorder.settle(`${SHARES}/${shareId}`);
  await recorder.delete("delete: emptied", `${GROUPS}/${groupId}`);
  await recorder.settle(`${GROUPS}/${groupId}`);
  await recorder.get("show: emptied and deleted", `${GROUPS}/${groupId}`);
}
