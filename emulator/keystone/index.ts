import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "../json";
import type { Seed } from "../seed";
import { authenticate } from "./authenticate";
import { forbidden, KeystoneFault, malformed, notFound, sendKeystoneFault, unauthorized } from "./faults";
import { parseAuthRequest } from "./schema";
import type { Token, Tokens } from "./tokens";
import { tokenView, versionView } from "./views";

/** Serves Keystone v3: discovery, and tokens. */
export function keystone(app: FastifyInstance, seed: Seed, tokens: Tokens): void {
  app.setErrorHandler((error: Error, _request, reply) => {
    if (error instanceof KeystoneFault) {
      return sendKeystoneFault(reply, error);
    }
    process.emitWarning(error);
    return sendKeystoneFault(reply, new KeystoneFault(500, "An unexpected error occurred."));
  });
  app.setNotFoundHandler((_request, reply) =>
    sendKeystoneFault(reply, notFound("The resource could not be found.")),
  );
  app.get("/", (request, reply) =>
    sendJson(reply, 300, { versions: { values: [versionView(originOf(request))] } }),
  );
  for (const path of ["/v3", "/v3/"]) {
    app.get(path, (request, reply) => sendJson(reply, 200, { version: versionView(originOf(request)) }));
  }
  app.post("/v3/auth/tokens", (request, reply) => {
    const { identity, scope } = parseAuthRequest(jsonOf(request));
    return sendToken(request, reply, 201, tokens.issue(authenticate(seed, tokens, identity, scope)));
  });
  app.get("/v3/auth/tokens", (request, reply) => sendToken(request, reply, 200, subjectOf(request, tokens)));
  app.delete("/v3/auth/tokens", (request, reply) => {
    tokens.revoke(subjectOf(request, tokens).id);
    return reply.code(204).send();
  });
}

/** The token a request is about: its owner may ask, and administrators. */
function subjectOf(request: FastifyRequest, tokens: Tokens): Token {
  const asking = tokens.find(headerOf(request, "x-auth-token"));
  if (asking === undefined) {
    throw unauthorized();
  }
  const subject = tokens.find(headerOf(request, "x-subject-token"));
  if (subject === undefined) {
    throw notFound("Failed to validate token");
  }
  if (!asking.roles.includes("admin") && asking.user.id !== subject.user.id) {
    throw forbidden();
  }
  return subject;
}

function sendToken(request: FastifyRequest, reply: FastifyReply, status: number, token: Token): FastifyReply {
  reply.header("X-Subject-Token", token.id).header("Vary", "X-Auth-Token");
  return sendJson(reply, status, tokenView(originOf(request), token));
}

function jsonOf(request: FastifyRequest): unknown {
  if (!Buffer.isBuffer(request.body)) {
    throw malformed("auth");
  }
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    throw malformed("valid JSON");
  }
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function originOf(request: FastifyRequest): string {
  return `http://${request.host}`;
}
