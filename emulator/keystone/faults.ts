import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { sendJson } from "../json";

/** A refusal, in the words Keystone uses for it. */
export class KeystoneFault extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** 401: the same for a wrong password, an unknown user or project, and a user without a role there. */
export const unauthorized = () =>
  new KeystoneFault(401, "The request you have made requires authentication.");

/** 404. */
export const notFound = (message: string) => new KeystoneFault(404, message);

/** 403. */
export const forbidden = () =>
  new KeystoneFault(403, "You are not authorized to perform the requested action.");

/** 400 for a request that lacks something, or has it in the wrong form. */
export const malformed = (path: string) =>
  new KeystoneFault(
    400,
    `Expecting to find ${path} in request body. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
  );

/** Answers with a fault as JSON. */
export function sendKeystoneFault(reply: FastifyReply, { status, message }: KeystoneFault): FastifyReply {
  const error = { code: status, message, title: STATUS_CODES[status] };
  if (status === 401) {
    reply.header("WWW-Authenticate", `Keystone uri="http://${reply.request.host}/identity"`);
  }
  return sendJson(reply, status, { error });
}
