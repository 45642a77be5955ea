import type { FastifyInstance } from "fastify";
import { sendJson } from "../json";
import type { Generation } from "./generation";
import { echoVersion, MINIMUM_VERSION } from "./microversion";
import { serve, type Scope } from "./operation";

/** Serves `GET /`: all versions, to anyone. Today's Manila has no first version any more. */
export function allVersions({ app, generation }: Scope): void {
  app.get("/", { constraints: { generation: generation.name } }, (request, reply) => {
    const origin = `http://${request.host}`;
    const first = generation.name === "consistencyGroups" ? [version1(origin)] : [];
    return sendJson(reply, 300, { versions: [...first, version2(origin, generation)] });
  });
}

/** Serves `GET /v1/`, all there is of the first version, which has no microversions and no consistency groups. */
export function onlyVersion1(app: FastifyInstance): void {
  const options = { prefixTrailingSlash: "slash", constraints: { generation: "consistencyGroups" } } as const;
  app.get("/", options, (request, reply) => {
    echoVersion(reply, "1.0");
    reply.header("X-Compute-Request-Id", request.id);
    return sendJson(reply, 200, { versions: [version1(`http://${request.host}`)] });
  });
}

/** Serves `GET /v2/`. */
export function onlyVersion2(scope: Scope): void {
  serve(scope, "GET", "/", {
    handle: ({ origin, generation }) => ({
      status: 200,
      body: { versions: [version2(origin, generation)] },
    }),
  });
}

function version1(origin: string): object {
  const range = { min_version: "", version: "" };
  return { id: "v1.0", status: "SUPPORTED", ...range, ...common(`${origin}/v1/`) };
}

function version2(origin: string, { maximumVersion }: Generation): object {
  const range = { min_version: MINIMUM_VERSION, version: maximumVersion };
  return { id: "v2.0", status: "CURRENT", ...range, ...common(`${origin}/v2/`) };
}

function common(self: string): object {
  return {
    updated: "2015-08-27T11:33:21Z",
    links: [
      { href: "http://docs.openstack.org/", type: "text/html", rel: "describedby" },
      { href: self, rel: "self" },
    ],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.share+json;version=1" }],
  };
}
