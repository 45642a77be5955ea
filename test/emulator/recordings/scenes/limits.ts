import { action, asAdmin, group, GROUPS, snapshot, type Stage } from "./stage";

/** A group on a share network. */
export async function network({ recorder, manila }: Stage): Promise<void> {
  const content = {
    name: "served",
    share_types: [manila.shareTypes.share_servers],
    share_group_type_id: manila.shareGroupTypes.share_servers,
    share_network_id: manila.shareNetworkId,
  };
  const id = await recorder.create("network: create", GROUPS, group(content));
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
  await recorder.get("network: show", `${GROUPS}/${id}`);
  await recorder.get("network: show as admin", asAdmin(`${GROUPS}/${id}`), { who: "admin:admin" });
  await recorder.delete("network: delete refused", `/v2/demo/share-networks/${manila.shareNetworkId}`);
  await recorder.delete("network: delete the group", `${GROUPS}/${id}`);
  await recorder.settle(`${GROUPS}/${id}`);
}

/** One group and one snapshot too many. */
export async function quotas({ recorder }: Stage): Promise<void> {
  const other = "/v2/other/share-groups";
  const who = "member:other" as const;
  const id = await recorder.create("quota: the only group", other, { who, ...group({ name: "only" }) });
  await recorder.settle(`${other}/${id}`, who);
  await recorder.post("quota: exceeded", other, { who, ...group({ name: "too many" }) });
  const snapshotId = await recorder.create("quota: the only snapshot", "/v2/other/share-group-snapshots", {
    who,
    ...snapshot({ share_group_id: id }),
  });
  await recorder.settle(`/v2/other/share-group-snapshots/${snapshotId}`, who);
  await recorder.post("quota: of snapshots exceeded", "/v2/other/share-group-snapshots", {
    who,
    ...snapshot({ share_group_id: id }),
  });
  await recorder.post(
    "force_delete: with a snapshot",
    `/v2/admin/share-groups/${id}/action`,
    action("force_delete", null),
  );
  await recorder.get("snapshot: gone with its group", `/v2/other/share-group-snapshots/${snapshotId}`, {
    who,
  });
}
