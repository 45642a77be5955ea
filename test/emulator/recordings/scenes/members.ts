import type { Sent } from "../recorder";
import { asAdmin, GROUPS, NOWHERE, SHARES, type Stage } from "./stage";

/** Shares in a group; returns the id of one that is kept. */
export async function members({ recorder, manila }: Stage, groupId: string): Promise<string> {
  const share = (content: object): Sent => ({
    body: { share: { share_proto: "NFS", size: 1, share_group_id: groupId, ...content } },
  });
  const type = manila.shareTypes.default;
  await recorder.post("member refused: unknown group", SHARES, share({ share_group_id: NOWHERE }));
  await recorder.post("member refused: another project's group", "/v2/other/shares", {
    who: "member:other",
    ...share({}),
  });
  await recorder.post("member refused: type", SHARES, share({ share_type: manila.shareTypes.share_servers }));
  await recorder.post(
    "member refused: network",
    SHARES,
    share({ share_type: type, share_network_id: manila.shareNetworkId }),
  );
  await recorder.post("member refused: zone", SHARES, share({ availability_zone: "moon" }));
  const id = await recorder.create("member: create", SHARES, share({ name: "member", share_type: type }));
  const path = `${SHARES}/${id}`;
  await recorder.settle(path);
  for (const version of ["2.30", "2.31", "2.54", "2.69", "2.99"]) {
    await recorder.get(`member: show at ${version}`, path, { version });
  }
  await recorder.get("member: show as admin", asAdmin(path), { who: "admin:admin" });
  await recorder.get("member: export locations", `${path}/export_locations`);
  await recorder.get("member: list by group", `${SHARES}?share_group_id=${groupId}`);
  await recorder.get("member: detail by group", `${SHARES}/detail?share_group_id=${groupId}`);
  await recorder.get("member: list by another group", `${SHARES}?share_group_id=${NOWHERE}`);
  await recorder.get("member: list by name", `${SHARES}?name=member`);
  await recorder.get("member: list with limit", `${SHARES}?limit=1`);
  await recorder.put("member: update", path, {
    body: { share: { display_name: "renamed", display_description: "d" } },
  });
  await recorder.delete("delete refused: with shares", `${GROUPS}/${groupId}`);
  await recorder.delete("member delete refused: no group", path);
  await recorder.delete("member delete refused: another group", `${path}?share_group_id=${NOWHERE}`);
  await recorder.delete(
    "member delete refused: another project",
    `/v2/other/shares/${id}?share_group_id=${groupId}`,
    { who: "member:other" },
  );
  await recorder.get("member: show to another project", `/v2/other/shares/${id}`, {
    who: "member:other",
  });
  await recorder.get("member: show unknown", `${SHARES}/${NOWHERE}`);
  await recorder.delete("member delete refused: unknown", `${SHARES}/${NOWHERE}`);
  const second = await recorder.create("member: create without a type", SHARES, share({ name: "second" }));
  await recorder.settle(`${SHARES}/${second}`);
  await recorder.delete("member: delete", `${SHARES}/${second}?share_group_id=${groupId}`);
  await recorder.settle(`${SHARES}/${second}`);
  await recorder.get("member: show deleted", `${SHARES}/${second}`);
  const alone = await recorder.create("share: in no group", SHARES, {
    body: { share: { share_proto: "nfs", size: 2, name: "alone", metadata: { a: "b" } } },
  });
  await recorder.settle(`${SHARES}/${alone}`);
  await recorder.get("share: show", `${SHARES}/${alone}`);
  await recorder.delete("share: delete", `${SHARES}/${alone}`);
  await recorder.settle(`${SHARES}/${alone}`);
  return id;
}
