import type { ShareType } from "../seed";
import type { Cloud } from "./cloud";
import type { Database } from "./database";
import { badRequest, notFound } from "./faults";
import { serve, type Call, type Reply, type Scope } from "./operation";

const REQUIRED = ["driver_handles_share_servers"];

/** What members are told of every type, since when: where a type does not say it, it is false. */
const INFERRED: Record<string, string> = {
  snapshot_support: "2.24",
  create_share_from_snapshot_support: "2.24",
  revert_to_snapshot_support: "2.24",
  mount_snapshot_support: "2.24",
  snapshot_inherit_share_access_support: "2.99",
};

const SHOWN_TO_MEMBERS = [...REQUIRED, "snapshot_support", "replication_type"];

/** Serves `/types`: the share types of the seed, which can be deleted and not changed. */
export function shareTypes(scope: Scope, { database }: Cloud): void {
  const path = "/:projectId/types";
  const isNewer = scope.generation.name === "shareGroups";
  const listed = (): readonly ShareType[] =>
    isNewer
      ? database.shareTypes.toSorted((one, other) => (one.name < other.name ? -1 : 1))
      : database.shareTypes;
  serve(scope, "GET", path, {
    handle: (call) => {
      const types = listed().map((type) => view(call, type, REQUIRED));
      return { status: 200, body: { volume_types: types, share_types: types } };
    },
  });
  serve(scope, "GET", `${path}/default`, {
    handle: (call) => {
      const type = database.shareTypes.find(({ isDefault }) => isDefault);
      if (type === undefined) {
        throw notFound("Default share type not found");
      }
      // Up to share groups the real server leaves the required extra specs of the default type empty.
      return single(view(call, type, isNewer ? REQUIRED : []));
    },
  });
  serve(scope, "GET", `${path}/:id`, {
    handle: (call) => single(view(call, findType(database, call), REQUIRED)),
  });
  serve(scope, "DELETE", `${path}/:id`, {
    adminOnly: true,
    handle: (call) => {
      const { id } = findType(database, call);
      const groups = database.groups.select(({ shareTypeIds }) => shareTypeIds.includes(id));
      if (groups.length > 0 || database.shares.select(({ shareTypeId }) => shareTypeId === id).length > 0) {
        throw badRequest("Target share type is still in use.");
      }
      database.removeShareType(id);
      return { status: 202 };
    },
  });
}

function findType(database: Database, { id }: Call): ShareType {
  const type = database.findShareType(id);
  if (type === undefined) {
    throw notFound("Share type not found.");
  }
  return type;
}

function single(type: object): Reply {
  return { status: 200, body: { volume_type: type, share_type: type } };
}

function view(call: Call, type: ShareType, required: readonly string[]): object {
  const { caller, version } = call;
  const isPublic = version.atLeast("2.7") ? "share_type_access:is_public" : "os-share-type-access:is_public";
  return {
    id: type.id,
    name: type.name,
    extra_specs: caller.isAdmin ? type.extraSpecs : specsForMembers(call, type),
    required_extra_specs: only(type.extraSpecs, required),
    [isPublic]: true,
    ...(version.atLeast("2.41") && { description: null }),
    ...(version.atLeast("2.46") && { is_default: type.isDefault }),
  };
}

function specsForMembers({ version }: Call, { extraSpecs }: ShareType): Record<string, string | false> {
  const inferred = Object.entries(INFERRED).flatMap(([key, since]) => (version.atLeast(since) ? [key] : []));
  const unsaid = inferred.map((key) => [key, false] as const);
  return { ...Object.fromEntries(unsaid), ...only(extraSpecs, [...SHOWN_TO_MEMBERS, ...inferred]) };
}

function only(specs: Record<string, string>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).filter(([key]) => keys.includes(key)));
}
