import { action, asAdmin, group, GROUPS, NOWHERE, snapshot, SNAPSHOTS, type Stage } from "./stage";

/** The administrator's actions on groups. */
export async function actions({ recorder }: Stage): Promise<void> {
  const id = await recorder.create("create: for actions", GROUPS, group({ name: "acted" }));
  const path = `${GROUPS}/${id}`;
  const url = asAdmin(`${path}/action`);
  await recorder.settle(path);
  await recorder.post("reset_status as member", `${path}/action`, {
    body: { reset_status: { status: "error" } },
  });
  await recorder.post("force_delete as member", `${path}/action`, { body: { force_delete: null } });
  for (const status of ["creating", "deleting", "error_deleting", "error", "available"]) {
    await recorder.post(`reset_status: ${status}`, url, action("reset_status", { status }));
    await recorder.get(`show: ${status}`, path);
    if (status !== "error" && status !== "available") {
      await recorder.delete(`delete refused: ${status}`, path);
      await recorder.post(`snapshot refused: ${status}`, SNAPSHOTS, snapshot({ share_group_id: id }));
      await recorder.put(`update: ${status}`, path, group({ description: status }));
    }
  }
  await recorder.post("reset_status: unknown", url, action("reset_status", { status: "gone" }));
  await recorder.post("reset_status: nothing", url, action("reset_status", {}));
  await recorder.post("reset_status: null", url, action("reset_status", null));
  await recorder.post(
    "reset_status: unknown group",
    asAdmin(`${GROUPS}/${NOWHERE}/action`),
    action("reset_status", { status: "error" }),
  );
  await recorder.post("reset_status: old name", url, action("os-reset_status", { status: "error" }));
  await recorder.post("reset_status: at 2.54 without experimental", url, {
    version: "2.54",
    ...action("reset_status", { status: "error" }),
  });
  await recorder.post("action: unknown", url, action("dance", null));
  await recorder.post("action: two", url, {
    who: "admin:admin",
    body: { reset_status: { status: "error" }, force_delete: null },
  });
  await recorder.post("action: none", url, { who: "admin:admin", body: {} });
  await recorder.post("action: no body", url, { who: "admin:admin" });
  await recorder.post(
    "force_delete: unknown group",
    asAdmin(`${GROUPS}/${NOWHERE}/action`),
    action("force_delete", null),
  );
  await recorder.post("force_delete", url, action("force_delete", null));
  await recorder.get("show: forced away", path);
}
