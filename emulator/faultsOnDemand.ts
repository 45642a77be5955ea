import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { GenerationName } from "./manila/generation";
import { Fault, sendFault, sendUnauthorized } from "./manila/faults";

/** What goes wrong before the server acts, which then does nothing. */
type BeforeActing =
  /** The connection is reset. */
  | { kind: "resetBeforeActing" }
  /** Nothing is ever answered. */
  | { kind: "noReplyBeforeActing" }
  /** A refusal with this status. */
  | { kind: "reply"; status: number; retryAfterSeconds?: number }
  /** A page of some proxy; default status 200. */
  | { kind: "html"; status?: number }
  /** The refusal of a token that is not in force. */
  | { kind: "unauthorized" };

/** What goes wrong after the server has done what it is asked for. */
type AfterActing =
  /** The connection is reset. */
  | { kind: "resetAfterActing" }
  /** Nothing is ever answered. */
  | { kind: "noReplyAfterActing" }
  /** The reply breaks off in its middle. */
  | { kind: "truncatedBody" }
  /** The reply is about something else: {@link ANOTHER_ID}. */
  | { kind: "anotherId" };

/** What goes wrong. */
export type FaultKind = BeforeActing | AfterActing;

/** A fault, and which requests it strikes. */
export type FaultOnDemand = FaultKind & {
  /** As in the log of requests, for example `POST /v2/{project_id}/share-groups`; default every request. */
  on?: string;
  /** The first of them that it strikes, counted from now on; default 1. */
  nth?: number;
  /** How many it strikes; default 1. */
  times?: number;
};

/** The id that a reply about something else has. */
export const ANOTHER_ID = "0ddba110-0000-4000-8000-000000000000";

const PAGE = "<html><body><h1>Something is between you and the server.</h1></body></html>";

/** Faults that a test has asked for. */
export class FaultsOnDemand {
  readonly #faults: { fault: FaultOnDemand; seen: number }[] = [];

  /** Makes something go wrong from now on. Of several faults for a request the one that was added first strikes. */
  add(fault: FaultOnDemand): void {
    this.#faults.push({ fault, seen: 0 });
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#faults.length = 0;
  }

  /** What strikes a request of this kind, if anything does; counts it. */
  next(kind: string): FaultKind | undefined {
    const concerned = this.#faults.filter(({ fault }) => fault.on === undefined || fault.on === kind);
    for (const each of concerned) {
      each.seen += 1;
    }
    return concerned.find(({ seen, fault: { nth = 1, times = 1 } }) => seen >= nth && seen < nth + times)
      ?.fault;
  }
}

const AFTER_ACTING: readonly string[] = [
  "resetAfterActing",
  "noReplyAfterActing",
  "truncatedBody",
  "anotherId",
] satisfies AfterActing["kind"][];

/** Whether a fault strikes once the server has acted. */
export function isAfterActing(fault: FaultKind): fault is AfterActing {
  return AFTER_ACTING.includes(fault.kind);
}

/** Lets a fault strike instead of the server's acting; `unanswered` is called when a request has ended without a reply. */
export function strikeBefore(
  fault: BeforeActing,
  reply: FastifyReply,
  generation: GenerationName,
  unanswered: () => void,
): void {
  switch (fault.kind) {
    case "resetBeforeActing":
      reply.hijack();
      reply.raw.once("close", unanswered);
      reply.raw.socket?.resetAndDestroy();
      break;
    case "noReplyBeforeActing":
      reply.hijack();
      reply.raw.once("close", unanswered);
      break;
    case "reply":
      sendFault(reply, generation, new Fault(fault.status, "On demand.", fault.retryAfterSeconds));
      break;
    case "html":
      reply
        .code(fault.status ?? 200)
        .header("Content-Type", "text/html")
        .send(PAGE);
      break;
    case "unauthorized":
      sendUnauthorized(reply, generation);
  }
}

/** Lets a fault strike a reply that is ready: what is sent in place of it, undefined if nothing more is. */
export function strikeAfter(fault: AfterActing, reply: FastifyReply, payload: unknown): unknown {
  switch (fault.kind) {
    case "resetAfterActing":
      reply.raw.socket?.resetAndDestroy();
      return undefined;
    case "noReplyAfterActing":
      return undefined;
    case "truncatedBody":
      sendHalf(reply, payload);
      return undefined;
    case "anotherId":
      return withAnotherId(payload);
  }
}

function sendHalf(reply: FastifyReply, payload: unknown): void {
  const { raw, statusCode } = reply;
  const whole = Buffer.isBuffer(payload) ? payload : Buffer.from(typeof payload === "string" ? payload : "");
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) {
      raw.setHeader(name, value);
    }
  }
  raw.writeHead(statusCode, { "content-length": whole.length });
  raw.write(whole.subarray(0, whole.length / 2), () => raw.socket?.destroy());
}

const aboutOne = z.record(z.string(), z.looseObject({ id: z.string() }));

function withAnotherId(payload: unknown): unknown {
  if (!Buffer.isBuffer(payload)) {
    return payload;
  }
  const text = payload.toString("utf8");
  const parsed = aboutOne.safeParse(JSON.parse(text));
  const [content] = parsed.success ? Object.values(parsed.data) : [];
  return content === undefined ? payload : Buffer.from(text.replaceAll(content.id, ANOTHER_ID));
}
