import { asAdmin, EXPERIMENTAL, group, GROUPS, NOWHERE, type Stage } from "./stage";

const TYPES = "/v2/demo/share-group-types";

/** What is offered at which microversion, and what is gone. */
export async function versions({ recorder }: Stage): Promise<void> {
  await recorder.get("versions: all, without a token", "/", { who: null, version: null });
  await recorder.get("versions: /v2 without a slash", "/v2", { version: null });
  await recorder.get("versions: without a token", "/v2/", { who: null, version: null });
  await recorder.get("versions: garbage for a token", "/v2/", {
    who: null,
    version: null,
    headers: { "X-Auth-Token": "garbage" },
  });
  await recorder.get("versions: v2, no version header", "/v2/", { version: null });
  await recorder.get("versions: v2 at 2.99", "/v2/");
  for (const version of ["2.0", "2.30", "2.31", "2.54", "2.55", "2.99"]) {
    await recorder.get(`microversion ${version}`, GROUPS, { version });
    await recorder.get(`microversion ${version}, experimental`, GROUPS, {
      version,
      headers: EXPERIMENTAL,
    });
  }
  for (const version of ["2.100", "1.0", "latest", "2", "2.04", null]) {
    await recorder.get(`microversion ${version ?? "not given"}`, GROUPS, { version });
  }
  for (const path of ["consistency-groups", "consistency-groups/detail", `cgsnapshots/${NOWHERE}`]) {
    for (const version of ["2.22", "2.99"]) {
      const sent = { version, headers: EXPERIMENTAL };
      await recorder.get(`gone: ${path} at ${version}`, `/v2/demo/${path}`, sent);
    }
  }
  for (const accept of ["application/json", "application/json, text/plain, */*", "text/plain"]) {
    const sent = { headers: { Accept: accept } };
    await recorder.get(`gone: accepting ${accept}`, "/v2/demo/consistency-groups", sent);
  }
  await recorder.get("gone: v1", "/v1/", { version: null });
  await recorder.post("gone: create of a consistency group", "/v2/demo/consistency-groups", {
    body: { consistency_group: {} },
  });
  await recorder.get("another project in the path", "/v2/other/share-groups");
  await recorder.get("no token", GROUPS, { who: null });
  await recorder.get("garbage for a token", GROUPS, {
    who: null,
    headers: { "X-Auth-Token": "garbage" },
  });
  await recorder.patch("unknown method", GROUPS, group());
}

/** Types of groups and shares, zones and networks. */
export async function types({ recorder, manila }: Stage): Promise<void> {
  const id = manila.shareGroupTypes.default;
  for (const version of ["2.45", "2.46", "2.99"]) {
    const sent = { version, headers: EXPERIMENTAL };
    await recorder.get(`group types: list at ${version}`, TYPES, sent);
    await recorder.get(`group types: default at ${version}`, `${TYPES}/default`, sent);
  }
  await recorder.get("group types: show", `${TYPES}/${id}`);
  await recorder.get("group types: show as admin", asAdmin(`${TYPES}/${id}`), {
    who: "admin:admin",
  });
  await recorder.get("group types: unknown", `${TYPES}/${NOWHERE}`);
  await recorder.get("group types: at 2.30", TYPES, { version: "2.30", headers: EXPERIMENTAL });
  for (const version of ["2.31", "2.46", "2.99"]) {
    await recorder.get(`share types: list at ${version}`, "/v2/demo/types", { version });
  }
  await recorder.get("share types: default", "/v2/demo/types/default");
  await recorder.get("share types: show as admin", `/v2/admin/types/${manila.shareTypes.default}`, {
    who: "admin:admin",
  });
  await recorder.get("share types: unknown", `/v2/demo/types/${NOWHERE}`);
  await recorder.get("availability zones", "/v2/demo/availability-zones");
  await recorder.get("share network", `/v2/demo/share-networks/${manila.shareNetworkId}`);
  await recorder.get("share networks", "/v2/demo/share-networks");
  await recorder.get("share network: unknown", `/v2/demo/share-networks/${NOWHERE}`);
}
