import {
  action,
  asAdmin,
  EXPERIMENTAL,
  group,
  GROUPS,
  NOWHERE,
  SHARES,
  snapshot,
  SNAPSHOTS,
  type Stage,
} from "./stage";

/** A snapshot of a group; returns its id. */
export async function snapshots(stage: Stage, groupId: string, shareId: string): Promise<string> {
  const { recorder } = stage;
  const reset = (status: string) =>
    recorder.post(
      `member: reset to ${status}`,
      asAdmin(`${SHARES}/${shareId}/action`),
      action("reset_status", { status }),
    );
  await reset("error");
  await recorder.post("snapshot refused: member in error", SNAPSHOTS, snapshot({ share_group_id: groupId }));
  await reset("available");
  const id = await recorder.create(
    "snapshot: create",
    SNAPSHOTS,
    snapshot({ share_group_id: groupId, name: "snap", description: "d", colour: "red" }),
  );
  const path = `${SNAPSHOTS}/${id}`;
  await recorder.settle(path);
  await recorder.get("snapshot: show", path);
  await recorder.get("snapshot: show at 2.31", path, { version: "2.31", headers: EXPERIMENTAL });
  await recorder.get("snapshot: show at 2.31, not experimental", path, { version: "2.31" });
  await recorder.get("snapshot: show as admin", asAdmin(path), { who: "admin:admin" });
  await recorder.get("snapshot: show to another project", `/v2/other/share-group-snapshots/${id}`, {
    who: "member:other",
  });
  await recorder.get("snapshot: unknown", `${SNAPSHOTS}/${NOWHERE}`);
  await recorder.get("snapshot: members", `${path}/members`);
  await recorder.get(
    "snapshot: members to another project",
    `/v2/other/share-group-snapshots/${id}/members`,
    { who: "member:other" },
  );
  await recorder.get("snapshot: members of an unknown one", `${SNAPSHOTS}/${NOWHERE}/members`);
  await recorder.get("snapshot: members with limit", `${path}/members?limit=1`);
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
    await recorder.get(`snapshot list ${query}`, SNAPSHOTS + query);
  }
  await recorder.get("snapshot list of another project", "/v2/other/share-group-snapshots", {
    who: "member:other",
  });
  await recorder.get(
    "snapshot list as admin ?all_tenants=1",
    "/v2/admin/share-group-snapshots?all_tenants=1",
    { who: "admin:admin" },
  );
  await recorder.put("snapshot: update", path, snapshot({ name: "renamed", description: null }));
  await recorder.put("snapshot update refused: another field", path, snapshot({ share_group_id: groupId }));
  await recorder.put("snapshot update refused: no share_group_snapshot", path, { body: {} });
  await recorder.put("snapshot update refused: unknown", `${SNAPSHOTS}/${NOWHERE}`, snapshot({ name: "x" }));
  await recorder.delete("delete refused: with snapshots", `${GROUPS}/${groupId}`);
  await recorder.delete(
    "member delete refused: in a snapshot",
    `${SHARES}/${shareId}?share_group_id=${groupId}`,
  );
  return id;
}

/** The administrator's actions on snapshots. */
export async function snapshotActions({ recorder }: Stage, groupId: string, id: string): Promise<void> {
  const path = `${SNAPSHOTS}/${id}`;
  const url = asAdmin(`${path}/action`);
  await recorder.post("snapshot: reset_status as member", `${path}/action`, {
    body: { reset_status: { status: "error" } },
  });
  await recorder.post("snapshot: reset_status", url, action("reset_status", { status: "creating" }));
  await recorder.delete("snapshot delete refused: creating", path);
  await recorder.post(
    "create refused: snapshot creating",
    GROUPS,
    group({ source_share_group_snapshot_id: id }),
  );
  await recorder.post("snapshot: reset_status unknown", url, action("reset_status", { status: "gone" }));
  await recorder.post("snapshot: reset_status back", url, action("reset_status", { status: "available" }));
  await recorder.post(
    "snapshot: reset_status of an unknown one",
    asAdmin(`${SNAPSHOTS}/${NOWHERE}/action`),
    action("reset_status", { status: "error" }),
  );
  const forced = await recorder.create(
    "snapshot: create without a name",
    SNAPSHOTS,
    snapshot({ share_group_id: groupId }),
  );
  await recorder.settle(`${SNAPSHOTS}/${forced}`);
  await recorder.post(
    "snapshot: force_delete",
    asAdmin(`${SNAPSHOTS}/${forced}/action`),
    action("force_delete", null),
  );
  await recorder.get("snapshot: forced away", `${SNAPSHOTS}/${forced}`);
}
