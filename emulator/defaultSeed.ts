const DEMO = "de300000000000000000000000000001";
const ALT = "a1700000000000000000000000000002";
const MEMBER = "3e3be400000000000000000000000002";

const nowhere: Record<string, string[]> = {};
const everywhere: Record<string, string[]> = { [DEMO]: ["member"], [ALT]: ["member"] };

const servers = (handled: boolean): Record<string, string> => ({
  driver_handles_share_servers: handled ? "True" : "False",
  snapshot_support: "True",
});

/** What the cloud holds when nobody says otherwise; docs/emulator.md lists it. The ids never change. */
export const defaultSeed = {
  projects: [
    { id: DEMO, name: "demo" },
    { id: ALT, name: "alt" },
  ],
  users: [
    {
      id: "ad300000000000000000000000000001",
      name: "admin",
      password: "emulator",
      administrator: true,
      roles: nowhere,
    },
    {
      id: MEMBER,
      name: "member",
      password: "emulator",
      administrator: false,
      roles: everywhere,
    },
    {
      id: "51570000000000000000000000000003",
      name: "visitor",
      password: "emulator",
      administrator: false,
      roles: nowhere,
    },
  ],
  applicationCredentials: [
    {
      id: "acced000000000000000000000000001",
      name: "automation",
      secret: "emulator",
      userId: MEMBER,
      projectId: DEMO,
    },
  ],
  shareTypes: [
    {
      id: "11111111-1111-4111-8111-111111111111",
      name: "default",
      extraSpecs: servers(false),
      isDefault: true,
    },
    {
      id: "22222222-2222-4222-8222-222222222222",
      name: "ssd",
      extraSpecs: servers(false),
      isDefault: false,
    },
    {
      id: "33333333-3333-4333-8333-333333333333",
      name: "share-servers",
      extraSpecs: servers(true),
      isDefault: false,
    },
    {
      id: "44444444-4444-4444-8444-444444444444",
      name: "no-back-end",
      extraSpecs: { ...servers(false), share_backend_name: "NONE" },
      isDefault: false,
    },
  ],
  shareNetworks: [
    { id: "55555555-5555-4555-8555-555555555555", projectId: DEMO, name: "demo-network" },
    { id: "66666666-6666-4666-8666-666666666666", projectId: ALT, name: "alt-network" },
  ],
  pools: [
    { name: "emulator@plain#pool", capabilities: { ...servers(false), share_backend_name: "PLAIN" } },
    { name: "emulator@servers#pool", capabilities: { ...servers(true), share_backend_name: "SERVERS" } },
  ],
};

/** The share group types when a seed has none: each takes all share types. */
export function defaultShareGroupTypes(shareTypes: readonly { id: string }[]) {
  const shareTypeIds = shareTypes.map(({ id }) => id);
  const type = (id: string, name: string, groupSpecs: Record<string, string>, isDefault = false) => ({
    id,
    name,
    shareTypeIds,
    groupSpecs,
    isDefault,
  });
  return [
    type("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "default", { consistent_snapshot_support: "pool" }, true),
    type("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "no-promise", {}),
    type("cccccccc-cccc-4ccc-8ccc-cccccccccccc", "no-back-end", { consistent_snapshot_support: "host" }),
  ];
}
