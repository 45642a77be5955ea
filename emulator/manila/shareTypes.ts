import type { FastifyInstance } from "fastify";
import type { ShareType } from "../seed";
import type { Cloud } from "./cloud";
import { notFound } from "./faults";
import { serve, type Call, type Reply } from "./operation";

const SHOWN_TO_MEMBERS = ["snapshot_support", "replication_type", "driver_handles_share_servers"];
const REQUIRED = ["driver_handles_share_servers"];

/** Serves `/types`: the share types of the seed, which cannot be changed. */
export function shareTypes(app: FastifyInstance, { database }: Cloud): void {
  const path = "/:projectId/types";
  serve(app, "GET", path, {
    handle: (call) => {
      const types = database.shareTypes.map((type) => view(call, type, REQUIRED));
      return { status: 200, body: { volume_types: types, share_types: types } };
    },
  });
  serve(app, "GET", `${path}/default`, {
    handle: (call) => {
      const type = database.shareTypes.find(({ isDefault }) => isDefault);
      if (type === undefined) {
        throw notFound("Default share type not found");
      }
      // The real server leaves the required extra specs of the default type empty.
      return single(view(call, type, []));
    },
  });
  serve(app, "GET", `${path}/:id`, {
    handle: (call) => {
      const type = database.findShareType(call.id);
      if (type === undefined) {
        throw notFound("Share type not found.");
      }
      return single(view(call, type, REQUIRED));
    },
  });
}

function single(type: object): Reply {
  return { status: 200, body: { volume_type: type, share_type: type } };
}

function view({ caller, version }: Call, type: ShareType, required: readonly string[]): object {
  const isPublic = version.atLeast("2.7") ? "share_type_access:is_public" : "os-share-type-access:is_public";
  const extraSpecs = caller.isAdmin ? type.extraSpecs : only(type.extraSpecs, SHOWN_TO_MEMBERS);
  return {
    id: type.id,
    name: type.name,
    extra_specs: extraSpecs,
    required_extra_specs: only(type.extraSpecs, required),
    [isPublic]: true,
  };
}

function only(specs: Record<string, string>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).filter(([key]) => keys.includes(key)));
}
