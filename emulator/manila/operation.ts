import { TextDecoder } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { z } from "zod";
import { sendJson } from "../json";
import type { Caller } from "./database";
import { badRequest, Fault, forbidden, notFound, sendFault, serverError } from "./faults";
import type { Generation } from "./generation";
import { negotiate, type Microversion } from "./microversion";

const pathParameters = z.record(z.string(), z.string());

/** Where the operations of one generation are served. */
export interface Scope {
  app: FastifyInstance;
  generation: Generation;
}

/** One request, after version and body have been read. */
export interface Call {
  /** As the reply names it. */
  requestId: string;
  generation: Generation;
  caller: Caller;
  version: Microversion;
  /** The id in the path; empty for a collection. */
  id: string;
  query: URLSearchParams;
  /** The JSON body; undefined without one. */
  body: unknown;
  /** Scheme and host by which the caller reached the cloud; links begin with it. */
  origin: string;
}

/** What an operation answers; without a body it is an empty reply. */
export interface Reply {
  status: number;
  body?: object;
}

/** One call of the API: when it exists, who may use it, and what it does. */
export interface Operation {
  /** The first microversion that has it; default 2.0. */
  since?: string;
  /** The last microversion that has it; default the newest. */
  until?: string;
  /** The last microversion that needs the experimental header for it; default none. */
  experimentalUntil?: string;
  /** Whether only administrators may use it; default false. */
  adminOnly?: boolean;
  /** Whether a JSON body is needed (true) or refused (false, the default). */
  takesBody?: boolean;
  handle: (call: Call) => Reply;
}

/** Serves an operation at a path below the scope's prefix. */
export function serve(scope: Scope, method: HTTPMethods, url: string, operation: Operation): void {
  answer(scope, method, url, (request, version) => {
    const text = bodyText(request);
    const body = text === undefined ? undefined : parseJson(decode(text));
    return run(scope.generation, operation, request, version, body);
  });
}

/**
 * Serves admin actions at a path: the one key of the body names the action.
 */
export function serveActions(
  scope: Scope,
  methods: HTTPMethods[],
  url: string,
  actions: Record<string, Operation>,
): void {
  answer(scope, methods, url, (request, version) => {
    const text = bodyText(request);
    if (text === undefined) {
      throw noSuchAction("None");
    }
    const body = parseJson(text.toString("utf8"));
    const name = actionName(body);
    const operation = new Map(Object.entries(actions)).get(name);
    if (operation === undefined) {
      throw noSuchAction(name);
    }
    return run(scope.generation, operation, request, version, body);
  });
}

type Answer = (request: FastifyRequest, version: Microversion) => Reply;

function answer(
  { app, generation }: Scope,
  method: HTTPMethods | HTTPMethods[],
  url: string,
  handle: Answer,
): void {
  app.route({
    method,
    url,
    constraints: { generation: generation.name },
    prefixTrailingSlash: "slash",
    handler: (request, reply) => {
      try {
        return send(reply, generation, handle(request, negotiate(generation, request, reply)));
      } catch (error) {
        if (error instanceof Fault) {
          return sendFault(reply, generation.name, error);
        }
        throw error;
      }
    },
  });
}

/** The checks every operation shares, in the real server's order. */
function run(
  generation: Generation,
  operation: Operation,
  request: FastifyRequest,
  version: Microversion,
  body: unknown,
): Reply {
  const { caller, id: requestId } = request;
  if (caller === null) {
    throw forbidden();
  }
  const { projectId = caller.projectId, id = "" } = pathParameters.parse(request.params);
  if (projectId !== caller.projectId) {
    throw badRequest("Malformed request url");
  }
  if (!isOffered(operation, version)) {
    throw notFound();
  }
  if (operation.adminOnly === true && !caller.isAdmin) {
    throw forbidden();
  }
  if ((body !== undefined) !== (operation.takesBody ?? false)) {
    throw badRequest();
  }
  if (generation.name === "shareGroups" && request.method !== "GET" && !caller.mayWrite) {
    throw forbidden();
  }
  const { searchParams: query } = new URL(request.url, "http://localhost");
  const origin = `http://${request.host}`;
  return operation.handle({ requestId, generation, caller, version, id, query, body, origin });
}

function isOffered({ since, until, experimentalUntil }: Operation, version: Microversion): boolean {
  if (experimentalUntil !== undefined && version.atMost(experimentalUntil) && !version.experimental) {
    return false;
  }
  return (since === undefined || version.atLeast(since)) && (until === undefined || version.atMost(until));
}

function send(reply: FastifyReply, { name }: Generation, { status, body }: Reply): FastifyReply {
  if (body !== undefined || name === "shareGroups") {
    reply.header("X-Compute-Request-Id", reply.request.id);
  }
  if (body !== undefined) {
    return sendJson(reply, status, body);
  }
  return reply.code(status).header("Content-Type", "text/html; charset=UTF-8").send();
}

/** A body counts only when it is not empty and says that it is JSON. */
function bodyText(request: FastifyRequest): Buffer | undefined {
  const mediaType = request.headers["content-type"]?.split(";")[0]?.trim();
  const isJson = mediaType === "application/json";
  return isJson && Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined;
}

/** The real server logs the body before it reads it, and trips over bytes that are not UTF-8. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw serverError();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("Malformed request body");
  }
}

function actionName(body: unknown): string {
  if (typeof body !== "string" && (typeof body !== "object" || body === null)) {
    throw notFound();
  }
  const keys = Object.keys(body);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined) {
    throw badRequest("Malformed request body");
  }
  if (typeof body === "string" || Array.isArray(body)) {
    throw notFound();
  }
  return name;
}

const noSuchAction = (name: string) => badRequest(`There is no such action: ${name}`);
