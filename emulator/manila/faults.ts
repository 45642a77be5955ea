import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { sendJson } from "../json";

/** A refusal, in the words Manila uses for it. */
export class Fault extends Error {
  constructor(
    readonly status: number,
    explanation: string,
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
};

/** Answers with a fault as JSON. */
export function sendFault(reply: FastifyReply, { status, message }: Fault): FastifyReply {
  const name = FAULT_NAMES[status] ?? "computeFault";
  reply.header("X-Compute-Request-Id", newRequestId());
  const body = { [name]: { message, code: status } };
  return sendJson(reply, status, body, "application/json; charset=UTF-8");
}

/** 401, as the authentication middleware in front of Manila answers it. */
export function sendUnauthorized(reply: FastifyReply): FastifyReply {
  const error = {
    message: "The request you have made requires authentication.",
    code: 401,
    title: "Unauthorized",
  };
  return sendJson(reply, 401, { error });
}

const REASONS: Partial<Record<number, string>> = { 413: "Request Entity Too Large" };

/** The plain text the web framework under Manila answers for what never reaches a resource. */
export function sendPlainText(reply: FastifyReply, status: number, explanation: string): FastifyReply {
  const reason = REASONS[status] ?? STATUS_CODES[status] ?? "";
  reply.code(status);
  reply.raw.statusMessage = reason;
  if (reply.request.method === "HEAD") {
    return reply.header("Content-Type", "text/html; charset=UTF-8").send();
  }
  return reply
    .header("Content-Type", "text/plain; charset=UTF-8")
    .send(`${status} ${reason}\n\n${explanation}\n\n   `);
}

/** A fresh id for X-Compute-Request-Id. */
export function newRequestId(): string {
  return `req-${randomUUID()}`;
}
