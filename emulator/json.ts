import type { FastifyReply } from "fastify";

/** Answers with JSON. It is sent as bytes: to a text fastify would add a charset that the real servers do not send. */
export function sendJson(
  reply: FastifyReply,
  status: number,
  body: object,
  contentType = "application/json",
): FastifyReply {
  return reply
    .code(status)
    .header("Content-Type", contentType)
    .send(Buffer.from(JSON.stringify(body)));
}
