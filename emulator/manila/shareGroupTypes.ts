import type { ShareGroupType } from "../seed";
import type { Cloud } from "./cloud";
import { notFound } from "./faults";
import { serve, type Call, type Reply, type Scope } from "./operation";

/** Serves `/share-group-types`: those of the seed, which cannot be changed. */
export function shareGroupTypes(scope: Scope, { database }: Cloud): void {
  const path = "/:projectId/share-group-types";
  const serveAt = (url: string, handle: (call: Call) => Reply) => {
    serve(scope, "GET", url, { ...scope.generation.offered, handle });
  };
  serveAt(path, (call) => {
    const byName = database.shareGroupTypes.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return { status: 200, body: { share_group_types: byName.map((type) => view(call, type)) } };
  });
  serveAt(`${path}/default`, (call) => {
    const type = database.shareGroupTypes.find(({ isDefault }) => isDefault);
    return single(call, type, "Default share group type not found.");
  });
  serveAt(`${path}/:id`, (call) => {
    const type = database.findShareGroupType(call.id);
    return single(call, type, `Share group type with id ${call.id} not found.`);
  });
}

function single(call: Call, type: ShareGroupType | undefined, missing: string): Reply {
  if (type === undefined) {
    throw notFound(missing);
  }
  return { status: 200, body: { share_group_type: view(call, type) } };
}

function view({ version }: Call, type: ShareGroupType): object {
  return {
    id: type.id,
    name: type.name,
    is_public: true,
    group_specs: type.groupSpecs,
    share_types: type.shareTypeIds,
    ...(version.atLeast("2.46") && { is_default: type.isDefault }),
  };
}
