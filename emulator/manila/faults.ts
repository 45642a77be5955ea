import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { sendJson } from "../json";
import type { GenerationName } from "./generation";

/** A refusal, in the words Manila uses for it. */
export class Fault extends Error {
  constructor(
    readonly status: number,
    explanation: string,
    /** In seconds, also in the body; absent where waiting is no remedy the server speaks of. */
    readonly retryAfter?: number,
  ) {
    super(explanation);
  }
}

const MALFORMED =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";

/** 400; without an explanation it is what Manila answers when its own code trips over the input. */
export const badRequest = (explanation = MALFORMED) => new Fault(400, explanation);

/** 403. */
export const forbidden = (explanation = "Access was denied to this resource.") => new Fault(403, explanation);

/** 404; without an explanation also the answer to an unknown microversion or a missing experimental header. */
export const notFound = (explanation = "The resource could not be found.") => new Fault(404, explanation);

/** 409. */
export const conflict = (explanation: string) => new Fault(409, explanation);

/** 413: waiting won't help. */
export const overLimit = (explanation: string) => new Fault(413, explanation, 0);

/** 422. */
export const unprocessable = () => new Fault(422, "Unable to process the contained instructions");

/** 500: what the real server answers when its database refuses a value. */
export const serverError = () =>
  new Fault(500, "The server has either erred or is incapable of performing the requested operation.");

const FAULT_NAMES: Partial<Record<number, string>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  409: "conflictingRequest",
  413: "overLimit",
  429: "overLimit",
  503: "serviceUnavailable",
};

/** Answers with a fault as JSON. */
export function sendFault(reply: FastifyReply, generation: GenerationName, fault: Fault): FastifyReply {
  const { status, message, retryAfter } = fault;
  const name = FAULT_NAMES[status] ?? "computeFault";
  reply.header("X-Compute-Request-Id", reply.request.id);
  setReason(reply, status);
  const waiting = retryAfter === undefined ? {} : { retryAfter: String(retryAfter) };
  if (retryAfter !== undefined) {
    reply.header("Retry-After", retryAfter);
  }
  const body = { [name]: { message, code: status, ...waiting } };
  const charset = generation === "consistencyGroups" ? "; charset=UTF-8" : "";
  return sendJson(reply, status, body, `application/json${charset}`);
}

/** 401, as the authentication middleware in front of Manila answers it. */
export function sendUnauthorized(reply: FastifyReply, generation: GenerationName): FastifyReply {
  if (generation === "shareGroups") {
    reply.header("WWW-Authenticate", `Keystone uri="http://${reply.request.host}/identity"`);
  }
  const error = {
    message: "The request you have made requires authentication.",
    code: 401,
    title: "Unauthorized",
  };
  return sendJson(reply, 401, { error });
}

const REASONS: Partial<Record<number, string>> = { 413: "Request Entity Too Large" };

/** Sets the reason as the real server has it, and returns it. */
function setReason(reply: FastifyReply, status: number): string {
  const reason = REASONS[status] ?? STATUS_CODES[status] ?? "";
  reply.raw.statusMessage = reason;
  return reason;
}

/** The plain text the web framework under Manila answers for what never reaches a resource. */
export function sendPlainText(reply: FastifyReply, status: number, explanation: string): FastifyReply {
  const reason = setReason(reply.code(status), status);
  if (reply.request.method === "HEAD") {
    return reply.header("Content-Type", "text/html; charset=UTF-8").send();
  }
  return reply
    .header("Content-Type", "text/plain; charset=UTF-8")
    .send(`${status} ${reason}\n\n${explanation}\n\n   `);
}

/**
 * The same for a caller who says what it accepts, of today's web framework: as HTML where that is welcome, as JSON of its
 * own form where only that is.
 */
export function sendAccepted(reply: FastifyReply, status: number, explanation: string): FastifyReply {
  const accepted = reply.request.headers.accept ?? "";
  const title = STATUS_CODES[status] ?? "";
  const detail = `${explanation}<br /><br />\n\n\n`;
  if (/text\/html|\*\/\*/.test(accepted)) {
    const head = ` <head>\n  <title>${status} ${title}</title>\n </head>`;
    const body = ` <body>\n  <h1>${status} ${title}</h1>\n  ${detail}\n </body>`;
    const html = `<html>\n${head}\n${body}\n</html>`;
    return reply.code(status).header("Content-Type", "text/html; charset=UTF-8").send(html);
  }
  if (accepted.includes("application/json")) {
    return sendJson(reply, status, { message: detail, code: `${status} ${title}`, title });
  }
  return sendPlainText(reply, status, explanation);
}

/** A fresh id for X-Compute-Request-Id. */
export function newRequestId(): string {
  return `req-${randomUUID()}`;
}
