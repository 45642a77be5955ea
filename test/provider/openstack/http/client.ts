import assert from "node:assert/strict";
import { z } from "zod";
import { HttpClient } from "../../../../provider/openstack/http";
import type { HttpRequest } from "../../../../provider/openstack/message";
import { Redaction } from "../../../../provider/openstack/redaction";
import type { CloudSettings } from "../../../../provider/openstack/settings";
import { FakeClock } from "../../fakeClock";
import { assertNoSecret, cloudSettings, PASSWORD } from "../cloudSettings";

export const TOKEN = "t0ken-of-the-test";

/** A client with the time it sees and the lines it logs. */
export interface Client {
  http: HttpClient;
  clock: FakeClock;
  lines: string[];
}

export function newClient(settings: Partial<CloudSettings> = {}): Client {
  const clock = new FakeClock();
  const lines: string[] = [];
  const redaction = new Redaction([TOKEN, PASSWORD]);
  return {
    clock,
    lines,
    http: new HttpClient(cloudSettings(settings), clock, redaction, (line) => lines.push(line)),
  };
}

/** Sends a GET with the token, but for what the test says, and gives the body. */
export async function send(
  { http }: Client,
  url: string,
  given: Partial<HttpRequest> = {},
): Promise<unknown> {
  const request: HttpRequest = {
    action: "read group g1",
    method: "GET",
    url,
    headers: { "X-Auth-Token": TOKEN },
    ...given,
  };
  return (await http.request(request, z.unknown())).body;
}

/** The error that a request ends in: of this kind, saying what failed, with no secret in it or behind it. */
export async function failure<Kind extends Error>(
  work: Promise<unknown>,
  kind: new (...parameters: never[]) => Kind,
  says: RegExp,
): Promise<Kind> {
  const error: unknown = await work.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof kind, String(error));
  assert.match(error.message, says);
  assert.match(error.message, /^Can't read group g1: (GET|POST|PUT|DELETE) https?:/);
  assert.equal(error.message.includes("\n"), false, error.message);
  assertNoSecret(error, [TOKEN, PASSWORD]);
  return error;
}
