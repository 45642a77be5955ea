import { request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";

/** A reply, as it came over the wire. */
export interface Response {
  status: number;
  reason: string;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends one request as it is given: no header is added but Content-Length. */
export async function send(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<Response> {
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const outgoing = request(url, { method, headers: { ...headers, ...length } });
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on("response", resolve).on("error", reject).end(body);
  });
  const { statusCode = 0, statusMessage = "" } = incoming;
  const text = (await buffer(incoming)).toString("utf8");
  return { status: statusCode, reason: statusMessage, headers: incoming.headers, text };
}

/** The JSON of a reply. */
export function jsonOf({ text }: Response): unknown {
  return JSON.parse(text);
}

/** Who wants a token, and for which project's name; without one it is unscoped. */
export interface Login {
  user: string;
  project?: string;
  password?: string;
}

/** Sends `POST /v3/auth/tokens`. */
export function requestToken(
  authUrl: string,
  { user, project, password = "emulator" }: Login,
): Promise<Response> {
  const domain = { id: "default" };
  const identity = { methods: ["password"], password: { user: { name: user, domain, password } } };
  const scope = project === undefined ? {} : { scope: { project: { name: project, domain } } };
  const body = JSON.stringify({ auth: { identity, ...scope } });
  return send(`${authUrl}/v3/auth/tokens`, "POST", { "Content-Type": "application/json" }, body);
}

/** A token. */
export async function login(authUrl: string, who: Login): Promise<string> {
  const { headers } = await requestToken(authUrl, who);
  return z.string().parse(headers["x-subject-token"]);
}
