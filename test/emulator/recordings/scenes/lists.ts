import { asAdmin, EXPERIMENTAL, GROUPS, NOWHERE, type Stage } from "./stage";

/** What lists of groups show, in which order. */
export async function lists({ recorder }: Stage, id: string): Promise<void> {
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
    await recorder.get(`list ${query}`, GROUPS + query);
  }
  await recorder.get("list ?name~= at 2.35", `${GROUPS}?name~=ul`, {
    version: "2.35",
    headers: EXPERIMENTAL,
  });
  for (const query of ["", "?all_tenants=1", "/detail?all_tenants=1", "?all_tenants=0", "?all_tenants="]) {
    await recorder.get(`list as admin ${query}`, asAdmin(GROUPS + query), { who: "admin:admin" });
  }
}
