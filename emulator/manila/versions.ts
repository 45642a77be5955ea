import type { FastifyInstance } from "fastify";
import { sendJson } from "../json";
import { newRequestId } from "./faults";
import { echoVersion, MAXIMUM_VERSION, MINIMUM_VERSION } from "./microversion";
import { serve } from "./operation";

/** Serves `GET /`: both versions, to anyone. */
export function allVersions(app: FastifyInstance): void {
  app.get("/", (request, reply) => {
    const origin = `http://${request.host}`;
    return sendJson(reply, 300, { versions: [version1(origin), version2(origin)] });
  });
}

/** Serves `GET /v1/`, all there is of the first version, which has no microversions and no consistency groups. */
export function onlyVersion1(app: FastifyInstance): void {
  app.get("/", { prefixTrailingSlash: "slash" }, (request, reply) => {
    echoVersion(reply, "1.0");
    reply.header("X-Compute-Request-Id", newRequestId());
    return sendJson(reply, 200, { versions: [version1(`http://${request.host}`)] });
  });
}

/** Serves `GET /v2/`. */
export function onlyVersion2(app: FastifyInstance): void {
  serve(app, "GET", "/", {
    handle: ({ origin }) => ({ status: 200, body: { versions: [version2(origin)] } }),
  });
}

function version1(origin: string): object {
  const range = { min_version: "", version: "" };
  return { id: "v1.0", status: "SUPPORTED", ...range, ...common(`${origin}/v1/`) };
}

function version2(origin: string): object {
  const range = { min_version: MINIMUM_VERSION, version: MAXIMUM_VERSION };
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
