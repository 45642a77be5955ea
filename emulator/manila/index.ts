import type { FastifyInstance } from "fastify";
import { cgsnapshots } from "./cgsnapshots";
import type { Cloud } from "./cloud";
import { consistencyGroups } from "./consistencyGroups";
import type { Caller } from "./database";
import { sendPlainText, sendUnauthorized } from "./faults";
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

/** Serves Manila: `/`, `/v1/` and `/v2/`. */
export function manila(app: FastifyInstance, cloud: Cloud, authenticate: Authenticate): void {
  app.decorateRequest("caller", null);
  allVersions(app);
  app.get("/v2", (request, reply) => reply.redirect(`http://${request.host}/v2/`, 302));
  const authenticated = (prefix: string, routes: (scope: FastifyInstance) => void) => {
    app.register(
      (scope, _options, done) => {
        requireToken(scope, authenticate);
        scope.setNotFoundHandler((_request, reply) => sendUnrouted(reply));
        routes(scope);
        done();
      },
      { prefix },
    );
  };
  authenticated("/v1", onlyVersion1);
  authenticated("/v2", (scope) => {
    onlyVersion2(scope);
    for (const resource of [consistencyGroups, cgsnapshots, shares, shareTypes, shareNetworks]) {
      resource(scope, cloud);
    }
  });
}

/** What the real server answers for paths and methods it has no route for: never 405. */
export const sendUnrouted = (reply: Parameters<typeof sendPlainText>[0]) =>
  sendPlainText(reply, 404, "The resource could not be found.");

function requireToken(scope: FastifyInstance, authenticate: Authenticate): void {
  scope.addHook("onRequest", (request, reply, done) => {
    const token = request.headers["x-auth-token"];
    const caller = typeof token === "string" ? authenticate(token) : undefined;
    if (caller === undefined) {
      sendUnauthorized(reply);
      return;
    }
    request.caller = caller;
    done();
  });
}
