import type { FastifyInstance, FastifyReply } from "fastify";
import { availabilityZones } from "./availabilityZones";
import type { Cloud } from "./cloud";
import type { Caller } from "./database";
import { sendAccepted, sendPlainText, sendUnauthorized } from "./faults";
import type { GenerationName } from "./generation";
import { consistencyGroups } from "./generations/consistencyGroups";
import { shareGroups } from "./generations/shareGroups";
import { groups } from "./groups";
import { groupSnapshots } from "./groupSnapshots";
import { messages } from "./messages";
import type { Scope } from "./operation";
import { shareGroupTypes } from "./shareGroupTypes";
import { shareNetworks } from "./shareNetworks";
import { shares } from "./shares";
import { shareTypes } from "./shareTypes";
import { allVersions, onlyVersion1, onlyVersion2 } from "./versions";

/**
 * Who a token stands for: undefined for a token that is unknown, expired or revoked, null for one without a project,
 * which Manila has no use for.
 */
export type Authenticate = (token: string) => Caller | null | undefined;

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls; null before it is known, and for a token without a project. */
    caller: Caller | null;
  }
}

type Resource = (scope: Scope, cloud: Cloud) => void;

const SHARED: readonly Resource[] = [groups, groupSnapshots, shares, shareTypes, shareNetworks];
const RESOURCES: Record<GenerationName, readonly Resource[]> = {
  consistencyGroups: SHARED,
  shareGroups: [...SHARED, shareGroupTypes, messages, availabilityZones],
};

/** Serves Manila: `/`, `/v1/` and `/v2/`, both generations of it, of which the cloud has one at a time. */
export function manila(app: FastifyInstance, cloud: Cloud, authenticate: Authenticate): void {
  app.decorateRequest("caller", null);
  const generations = [consistencyGroups, shareGroups];
  for (const generation of generations) {
    allVersions({ app, generation });
  }
  app.get("/v2", (request, reply) => reply.redirect(`http://${request.host}/v2/`, 302));
  const authenticated = (prefix: string, routes: (scope: FastifyInstance) => void) => {
    app.register(
      (scope, _options, done) => {
        requireToken(scope, cloud, authenticate);
        scope.setNotFoundHandler((_request, reply) => sendUnrouted(reply, cloud.database.generation));
        routes(scope);
        done();
      },
      { prefix },
    );
  };
  authenticated("/v1", onlyVersion1);
  authenticated("/v2", (inner) => {
    for (const generation of generations) {
      const scope = { app: inner, generation };
      onlyVersion2(scope);
      for (const resource of RESOURCES[generation.name]) {
        resource(scope, cloud);
      }
    }
  });
}

/** What the real server answers for paths and methods it has no route for: never 405. */
export function sendUnrouted(reply: FastifyReply, generation: GenerationName): FastifyReply {
  const explanation = "The resource could not be found.";
  return generation === "shareGroups"
    ? sendAccepted(reply, 404, explanation)
    : sendPlainText(reply, 404, explanation);
}

function requireToken(scope: FastifyInstance, cloud: Cloud, authenticate: Authenticate): void {
  scope.addHook("onRequest", (request, reply, done) => {
    const token = request.headers["x-auth-token"];
    const caller = typeof token === "string" ? authenticate(token) : undefined;
    if (caller === undefined) {
      sendUnauthorized(reply, cloud.database.generation);
      return;
    }
    request.caller = caller;
    done();
  });
}
