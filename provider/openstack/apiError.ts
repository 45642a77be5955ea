import { z } from "zod";
import { ApiError } from "./errors";
import type { HttpReply, HttpRequest } from "./message";
import type { Redaction } from "./redaction";
import { MAY_BE_DONE, needsLooking } from "./message";
import { parsedJson } from "./reply";

const SHOWN = 500;

const described = z.object({ message: z.string() });
/** `{"itemNotFound": {"message": …}}` of Manila, `{"error": {"message": …}}` of Keystone and of its middleware. */
const wrapped = z.record(z.string(), described);

const REMEDIES: Partial<Record<number, string>> = {
  403: "The user lacks a role for this in the project: changes need the role member (a reader may only look), and an administrator's actions the role admin. An operator's policy may ask for others.",
  407: "The proxy wants a login: write it into HTTPS_PROXY or HTTP_PROXY, as http://user:password@host:port.",
  413: "A quota or the size of the request is used up: waiting does not help. Delete what is not needed, or ask for a higher quota.",
  429: "The API limits how often it may be called: try later, or lower manila:maxRequestsInFlight.",
};

const SERVER_FAILED = "The server failed: its operator finds out more with the request id.";

/** What to tell of a reply with an error status, secrets masked. */
export function apiError(request: HttpRequest, reply: HttpReply, redaction: Redaction): ApiError {
  const { action, method, url, advise } = request;
  const { status } = reply;
  // Before it is read, lest a secret is cut in two, and afterwards: JSON can write one in many ways.
  const { fault, message: said } = serverMessage({ ...reply, text: redaction.apply(reply.text) });
  const message = redaction.apply(said);
  const id = requestId(reply.headers);
  const advice = advise?.(status, message, fault) ?? REMEDIES[status] ?? generalAdvice(reply);
  const sentences = [
    `Can't ${action}: ${method} ${url} answered ${status}${fault === undefined ? "" : ` ${fault}`}: ${sentence(message)}`,
    advice,
    status >= 500 && needsLooking(request) ? MAY_BE_DONE : undefined,
    askedToWait(reply.headers),
    id === undefined ? undefined : `Request id: ${id}`,
  ];
  return new ApiError(sentences.filter((text) => text !== undefined).join(" "), {
    status,
    fault,
    serverMessage: message,
    requestId: id,
  });
}

function askedToWait(headers: Headers): string | undefined {
  const wait = headers.get("Retry-After");
  return wait === null || wait === "0"
    ? undefined
    : `It asks to be called again ${/^\d+$/.test(wait) ? `after ${wait} s` : `at ${wait}`}.`;
}

function generalAdvice({ status, headers }: HttpReply): string | undefined {
  if (status >= 500) {
    return SERVER_FAILED;
  }
  const [location] = (headers.get("location") ?? "").split("?");
  return status < 400
    ? `It redirects to "${location}", which is not followed, lest the token goes elsewhere: correct the address.`
    : undefined;
}

/** The id under which the server's logs tell more of a request; newer releases of Manila use the former name. */
export function requestId(headers: Headers): string | undefined {
  return headers.get("x-openstack-request-id") ?? headers.get("x-compute-request-id") ?? undefined;
}

/** What the server said, in its own words, and its name for the fault. */
function serverMessage({ text, headers }: HttpReply): { fault?: string; message: string } {
  if (headers.get("content-type")?.includes("html")) {
    const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1]?.trim() ?? "without a title";
    return { message: `an HTML page (${title}), so this was a proxy or another service, not the API` };
  }
  const body = parsedJson(text);
  const [fault, inner] = Object.entries(wrapped.safeParse(body).data ?? {})[0] ?? [];
  const message = inner?.message ?? described.safeParse(body).data?.message ?? plain(text);
  return { ...(fault !== undefined && fault !== "error" && { fault }), message };
}

function plain(text: string): string {
  const shown = text.replace(/\s+/g, " ").trim().slice(0, SHOWN);
  return shown === "" ? "nothing" : shown;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
