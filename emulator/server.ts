import { setTimeout as sleep } from "node:timers/promises";
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import type { Schedule } from "./clock";
import { sendUnrouted } from "./manila";
import type { Database } from "./manila/database";
import {
  isAfterActing,
  strikeAfter,
  strikeBefore,
  type FaultKind,
  type FaultsOnDemand,
} from "./faultsOnDemand";
import { Fault, newRequestId, sendFault, sendPlainText, serverError } from "./manila/faults";
import type { RateLimit } from "./rateLimit";
import type { RequestLog, RequestRecord } from "./requests";

/** The longest body the real server reads, in bytes. */
const BODY_LIMIT = 114_688;

/** Only bodies below it are kept: what is sent to Keystone, also at a wrong address, may hold a password. */
const MANILA = "/v2/";

declare module "fastify" {
  interface FastifyRequest {
    /** What goes wrong with it; null if nothing does. */
    fault: FaultKind | null;
  }
}

interface ServerSettings {
  requests: RequestLog;
  faults: FaultsOnDemand;
  /** Of requests to Manila; undefined without a limit. */
  rateLimit: RateLimit | undefined;
  schedule: Schedule;
  /** Says which generation of Manila is served. */
  database: Database;
  latencyMilliseconds: number;
  log: ((line: string) => void) | undefined;
}

/** The HTTP server both services share: it counts and logs requests, and keeps the cloud's time. */
export function newServer(settings: ServerSettings): FastifyInstance {
  const { requests, schedule, database, latencyMilliseconds } = settings;
  const app = fastify({
    genReqId: newRequestId,
    routerOptions: { constraints: { generation: byGeneration(database) } },
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // The real server takes the format of the reply from the path's suffix.
    rewriteUrl: ({ url = "/" }) => url.replace(/\.json(?=$|\?)/, ""),
  });
  app.decorateRequest("fault", null);
  acceptBodies(app);
  app.addHook("onRequest", async (request, reply) => {
    requests.begin();
    if (database.generation === "shareGroups") {
      reply.header("X-OpenStack-Request-Id", request.id);
    }
    if (latencyMilliseconds > 0) {
      await sleep(latencyMilliseconds, undefined, { ref: false });
    }
    schedule.runDue();
    return isRefused(settings, request, reply) ? reply : undefined;
  });
  app.addHook("onSend", (request, reply, payload, done) => {
    note(settings, request, reply, reply.statusCode);
    const { fault } = request;
    if (fault === null || !isAfterActing(fault)) {
      done();
      return;
    }
    const sent = strikeAfter(fault, reply, payload);
    if (sent !== undefined) {
      done(null, sent);
    }
  });
  app.setNotFoundHandler((_request, reply) => sendUnrouted(reply, database.generation));
  app.setErrorHandler((error: Error, _request, reply) => {
    if (isTooLarge(error)) {
      return sendTooLarge(reply);
    }
    process.emitWarning(error);
    return sendFault(reply, database.generation, serverError());
  });
  return app;
}

/** Whether a request is answered, or left without an answer, before any service sees it. */
function isRefused(settings: ServerSettings, request: FastifyRequest, reply: FastifyReply): boolean {
  const { faults, rateLimit, database } = settings;
  request.fault = faults.next(kindOf(request)) ?? null;
  if (request.fault !== null && !isAfterActing(request.fault)) {
    strikeBefore(request.fault, reply, database.generation, () => {
      note(settings, request, reply, 0);
    });
    return true;
  }
  const wait = request.originalUrl.startsWith(MANILA) ? (rateLimit?.take() ?? 0) : 0;
  if (wait > 0) {
    sendFault(reply, database.generation, new Fault(429, "This request was rate-limited.", wait));
    return true;
  }
  if (Number(request.headers["content-length"] ?? 0) > BODY_LIMIT) {
    sendTooLarge(reply);
    return true;
  }
  return false;
}

/** Notes how a request has ended: with this status, or 0 if it has never been answered. */
function note(
  { requests, log }: ServerSettings,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
): void {
  requests.end(recordOf(request, status));
  log?.(lineOf(request, reply, status));
}

type RouterOptions = NonNullable<FastifyServerOptions["routerOptions"]>;
type Strategy = NonNullable<RouterOptions["constraints"]>[string];
type Handler = Parameters<ReturnType<Strategy["storage"]>["set"]>[1];

/** Both generations have routes for the same paths: those of the one that is served count. */
function byGeneration(database: Database): Strategy {
  return {
    name: "generation",
    // Routes name only what is a generation.
    validate: () => undefined,
    deriveConstraint: () => database.generation,
    storage: () => {
      const handlers = new Map<string, Handler>();
      return {
        get: (generation) => handlers.get(generation) ?? null,
        set: (generation, handler) => {
          handlers.set(generation, handler);
        },
      };
    },
  };
}

/** Bodies are kept as bytes whatever their type: what they mean is for the services to say, on any method. */
function acceptBodies(app: FastifyInstance): void {
  app.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
}

function recordOf(request: FastifyRequest, status: number): RequestRecord {
  const { method, originalUrl: path } = request;
  const body = path.startsWith(MANILA) ? jsonOf(request.body) : undefined;
  return {
    method,
    path,
    kind: kindOf(request),
    status,
    ...(body !== undefined && { body }),
  };
}

function kindOf({ method, routeOptions }: FastifyRequest): string {
  const route = routeOptions.url?.replace("/:projectId", "/{project_id}").replace(/:(\w+)/g, "{$1}");
  return `${method} ${route ?? "(no route)"}`;
}

function lineOf(request: FastifyRequest, reply: FastifyReply, status: number): string {
  const { method, originalUrl, caller } = request;
  const duration = `${Math.round(reply.elapsedTime)} ms`;
  return [method, originalUrl, status, duration, caller?.projectId ?? "-"].join(" ");
}

/** Undefined for a body that is not JSON. */
function jsonOf(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) {
    return undefined;
  }
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function sendTooLarge(reply: FastifyReply): FastifyReply {
  return sendPlainText(reply, 413, "Request is too large.");
}

function isTooLarge(error: Error): boolean {
  return "code" in error && error.code === "FST_ERR_CTP_BODY_TOO_LARGE";
}
