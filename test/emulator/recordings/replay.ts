import assert from "node:assert/strict";
import { z } from "zod";
import { jsonOf, send, type Response } from "../http";
import type { Exchange } from "./recording";

type Json = Exchange["response"]["body"];

/** The real back end is shared by all requests, so its times vary. */
const TIME_TOLERANCE_MILLISECONDS = 1000;

/** Sends a recorded request, with the token that stands for the recorded one. */
export function replay(
  url: string,
  { request }: Exchange,
  tokens: ReadonlyMap<string, string>,
): Promise<Response> {
  const headers: Record<string, string> = { Host: "manila.example:8786", ...request.headers };
  const token = headers["X-Auth-Token"];
  if (token !== undefined) {
    headers["X-Auth-Token"] = tokens.get(token) ?? token;
  }
  return send(url + request.path, request.method, headers, bytesOf(request));
}

function bytesOf({ body, headers }: Exchange["request"]): Buffer | undefined {
  if (body === null && !("Content-Type" in headers)) {
    return undefined;
  }
  const raw = isObject(body) ? body.__raw__ : undefined;
  if (typeof raw !== "string") {
    return Buffer.from(JSON.stringify(body));
  }
  // Bytes that were not UTF-8 are lost in the recording.
  return Buffer.from(raw.replaceAll("\ufffd", "\xff"), raw.includes("\ufffd") ? "latin1" : "utf8");
}

/** Fails where a reply is not the recorded one. */
export function assertReproduced(actual: Response, { response: recorded }: Exchange, start: number): void {
  assert.deepEqual(
    { status: actual.status, reason: actual.reason, headers: headersOf(actual.headers) },
    { status: recorded.status, reason: recorded.reason, headers: headersOf(recorded.headers) },
  );
  const isText = actual.headers["content-type"]?.startsWith("text/") ?? false;
  const body = actual.text === "" ? null : isText ? actual.text : z.json().parse(jsonOf(actual));
  const expected = sorted(recorded.body);
  assert.deepEqual(tolerating(start, sorted(body), expected), expected);
}

/** What concerns one connection, or depends on how JSON is spaced. */
const NOT_COMPARED = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

/** What is different each time, and which form it has. */
const MASKED = new Map([
  ["x-compute-request-id", /^req-[0-9a-f-]{36}$/],
  ["x-openstack-request-id", /^req-[0-9a-f-]{36}$/],
  ["www-authenticate", /^Keystone uri="http:/],
]);

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, unknown> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const compared = entries.filter(([name]) => !NOT_COMPARED.includes(name));
  return Object.fromEntries(
    compared.map(([name, value]) => [name, MASKED.get(name)?.test(String(value)) ?? value]),
  );
}

/** Lists the real server gives in no order one could rely on: detailed lists of snapshots, and types of a group. */
const UNORDERED = ["cgsnapshots", "share_types"];

/** `json` with the unordered lists in it sorted. */
function sorted(json: Json, key = ""): Json {
  if (Array.isArray(json)) {
    const items = json.map((item) => sorted(item));
    return UNORDERED.includes(key) ? items.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)) : items;
  }
  if (!isObject(json)) {
    return json;
  }
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, sorted(value, name)]));
}

function rank(item: Json): string {
  return JSON.stringify(isObject(item) ? item.id : item);
}

const TIMES = ["created_at", "expires_at"];
const IDS = ["share_server_id", "request_id"];

/** `actual`, with the recorded value where the two may differ: times, and ids that no request can give away. */
function tolerating(start: number, actual: Json, recorded: Json | undefined, key = ""): Json {
  if (Array.isArray(actual)) {
    return actual.map((item, index) =>
      tolerating(start, item, Array.isArray(recorded) ? recorded[index] : undefined),
    );
  }
  if (isObject(actual)) {
    const other = isObject(recorded) ? recorded : {};
    return Object.fromEntries(
      Object.entries(actual).map(([name, value]) => [name, tolerating(start, value, other[name], name)]),
    );
  }
  const mayDiffer =
    (TIMES.includes(key) && isSameTime(start, actual, recorded)) ||
    (IDS.includes(key) && bothText(actual, recorded));
  return mayDiffer && recorded !== undefined ? recorded : actual;
}

/** Whether `value` is a JSON object. */
export function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bothText(one: Json, other: Json | undefined): boolean {
  return typeof one === "string" && typeof other === "string";
}

/** Of what was there when the recording began, the emulator knows only that. */
function isSameTime(start: number, actual: Json, recorded: Json | undefined): boolean {
  if (typeof actual !== "string" || typeof recorded !== "string") {
    return false;
  }
  const samePrecision = actual.endsWith(".000000") === recorded.endsWith(".000000");
  const [one, other] = [Date.parse(`${actual}Z`), Date.parse(`${recorded}Z`)];
  const difference = one === start && other < start ? 0 : Math.abs(one - other);
  return samePrecision && actual.length === recorded.length && difference <= TIME_TOLERANCE_MILLISECONDS;
}
