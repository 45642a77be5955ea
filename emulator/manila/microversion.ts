import type { FastifyReply, FastifyRequest } from "fastify";
import { badRequest, Fault } from "./faults";
import type { Generation } from "./generation";

/** The oldest microversion, and the one meant by a request without the header. */
export const MINIMUM_VERSION = "2.0";

const VERSION_HEADER = "X-OpenStack-Manila-API-Version";
const EXPERIMENTAL_HEADER = "X-OpenStack-Manila-API-Experimental";
const TRUE_WORDS = ["1", "t", "true", "on", "y", "yes"];

/** The microversion a request speaks. */
export class Microversion {
  readonly #rank: number;

  constructor(
    text: string,
    readonly experimental: boolean,
  ) {
    this.#rank = rank(text);
  }

  /** Whether it is `other`, for example `2.7`, or newer. */
  atLeast(other: string): boolean {
    return this.#rank >= rank(other);
  }

  /** Whether it is `other` or older. */
  atMost(other: string): boolean {
    return this.#rank <= rank(other);
  }
}

/**
 * Reads the two headers and echoes them on the reply.
 *
 * @throws Fault 400 for a version that is none, 406 for one out of range
 */
export function negotiate(
  { maximumVersion }: Generation,
  request: FastifyRequest,
  reply: FastifyReply,
): Microversion {
  const text = headerOf(request, VERSION_HEADER)?.trim() ?? MINIMUM_VERSION;
  if (!/^[1-9]\d*\.([1-9]\d*|0)$/.test(text)) {
    throw badRequest(`API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`);
  }
  echoVersion(reply, text);
  const version = new Microversion(text, isTrue(headerOf(request, EXPERIMENTAL_HEADER)));
  if (!version.atLeast(MINIMUM_VERSION) || !version.atMost(maximumVersion)) {
    const range = `Minimum is ${MINIMUM_VERSION} and maximum is ${maximumVersion}`;
    throw new Fault(406, `Version ${text} is not supported by the API. ${range}.`);
  }
  if (version.experimental) {
    reply.header(EXPERIMENTAL_HEADER, "True");
  }
  return version;
}

/** Says on the reply which version it is in. */
export function echoVersion(reply: FastifyReply, text: string): void {
  reply.header(VERSION_HEADER, text).header("Vary", VERSION_HEADER);
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(",") : value;
}

function isTrue(word: string | undefined): boolean {
  return TRUE_WORDS.includes(word?.trim().toLowerCase() ?? "");
}

/** A number for each version, in their order. */
function rank(version: string): number {
  const point = version.indexOf(".");
  return Number(version.slice(0, point)) * 1e6 + Number(version.slice(point + 1));
}
