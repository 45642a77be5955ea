import assert from "node:assert/strict";
import { z } from "zod";
import { ApiError, UnsupportedCloudError } from "../../../provider/openstack/errors";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import { Keystone } from "../../../provider/openstack/keystone";
import { ManilaService } from "../../../provider/openstack/manila";
import { Redaction } from "../../../provider/openstack/redaction";
import type { CloudSettings } from "../../../provider/openstack/settings";
import { FakeClock } from "../fakeClock";
import { cloudSettings } from "./cloudSettings";
import { FakeHttp, jsonReply } from "./fakeHttp";

const MANILA = "https://manila.example/v2";
const SHOW = {
  action: "read group g1",
  method: "GET",
  path: "/consistency-groups/g1",
  reply: z.unknown(),
} as const;

interface Cloud {
  http: FakeHttp;
  connect: () => Promise<ManilaService>;
  /** Headers of the requests to Manila other than discovery. */
  sent: () => HttpRequest[];
}

/** A cloud whose Keystone and discovery work; the test answers what is asked of Manila then. */
function cloud(
  answer: (request: HttpRequest, token: string) => HttpReply,
  { projectId = "p1", settings = {} }: { projectId?: string | null; settings?: Partial<CloudSettings> } = {},
): Cloud {
  const clock = new FakeClock();
  let tokens = 0;
  const http = new FakeHttp(clock, (request) => {
    if (request.url.endsWith("/auth/tokens")) {
      return loginReply(++tokens, projectId);
    }
    if (request.url === `${MANILA}/`) {
      return versionsReply();
    }
    return answer(request, request.headers?.["X-Auth-Token"] ?? "");
  });
  const keystone = new Keystone(cloudSettings(settings), http, clock, new Redaction());
  return {
    http,
    connect: () => ManilaService.connect(cloudSettings(settings), http, keystone),
    sent: () => http.requests.filter(({ url }) => url.startsWith(`${MANILA}/p1`)),
  };
}

function loginReply(count: number, projectId: string | null): HttpReply {
  const endpoints = [{ interface: "public", region: "RegionOne", url: `${MANILA}/%(project)s` }];
  const token = {
    issued_at: "2026-01-01T00:00:00Z",
    expires_at: "2026-01-01T01:00:00Z",
    ...(projectId !== null && { project: { id: projectId } }),
    catalog: [{ type: "sharev2", endpoints }],
  };
  return jsonReply(201, { token }, { "x-subject-token": `token-${count}` });
}

function versionsReply(): HttpReply {
  return jsonReply(200, { versions: [{ id: "v2.0", min_version: "2.0", version: "2.22" }] });
}

const fault = (status: number, name: string, message: string): HttpReply =>
  jsonReply(status, { [name]: { code: status, message } }, { "x-compute-request-id": "req-1" });

const unauthorized = jsonReply(401, { error: { code: 401, title: "Unauthorized", message: "No" } });

/** The message that a request ends in when Manila always answers the same. */
async function messageOf(reply: HttpReply): Promise<string> {
  const manila = await cloud(() => reply).connect();
  const error: unknown = await manila.request(SHOW).catch((reason: unknown) => reason);
  assert.ok(error instanceof ApiError);
  return error.message;
}

describe("ManilaService", () => {
  it("asks for the versions once, with the token, then sends every header that the API wants", async () => {
    const { connect, http, sent } = cloud(() => jsonReply(200, {}));
    const manila = await connect();
    await manila.request({ ...SHOW, query: { limit: "1" } });
    await manila.request({ ...SHOW, method: "PUT", body: { a: 1 } });
    const [, discovery, first, second] = http.requests;
    assert.deepEqual([discovery?.url, discovery?.headers], [`${MANILA}/`, { "X-Auth-Token": "token-1" }]);
    assert.equal(http.requests.length, 4);
    assert.equal(first?.url, `${MANILA}/p1/consistency-groups/g1`);
    assert.deepEqual(first.headers, {
      "X-OpenStack-Manila-API-Version": "2.22",
      "X-OpenStack-Manila-API-Experimental": "True",
      "X-Auth-Token": "token-1",
    });
    assert.deepEqual([first.query, second?.method, second?.body], [{ limit: "1" }, "PUT", { a: 1 }]);
    assert.equal(sent().length, 2);
  });

  it("says which region and project it serves, and in which microversion", async () => {
    const { region, projectId, microversion } = await cloud(() => jsonReply(200, {})).connect();
    assert.deepEqual([region, projectId, microversion], ["RegionOne", "p1", "2.22"]);
  });

  it("speaks the pinned microversion", async () => {
    const { connect, sent } = cloud(() => jsonReply(200, {}), { settings: { microversion: "2.6" } });
    await (await connect()).request(SHOW);
    assert.equal(sent()[0]?.headers?.["X-OpenStack-Manila-API-Version"], "2.6");
  });

  it("refuses a cloud without Manila before it asks for anything else", async () => {
    const { connect, http } = cloud(() => jsonReply(200, {}), { settings: { region: "RegionNine" } });
    await assert.rejects(connect(), UnsupportedCloudError);
    assert.equal(http.requests.length, 1);
  });

  it("gives what the reply holds, as the schema says", async () => {
    const manila = await cloud(() => jsonReply(200, { name: "database" })).connect();
    const reply = z.object({ name: z.string() }).transform(({ name }) => name);
    assert.equal(await manila.request({ ...SHOW, reply }), "database");
  });
});

describe("ManilaService whose token is refused", () => {
  const onlyTheSecond = (_request: HttpRequest, token: string): HttpReply =>
    token === "token-2" ? jsonReply(200, {}) : unauthorized;

  it("gets another one and asks again", async () => {
    const { connect, sent } = cloud(onlyTheSecond);
    await (await connect()).request(SHOW);
    const tokens = sent().map(({ headers }) => headers?.["X-Auth-Token"]);
    assert.deepEqual(tokens, ["token-1", "token-2"]);
  });

  it("gets a single other one for many requests at once", async () => {
    const { connect, http } = cloud(onlyTheSecond);
    const manila = await connect();
    await Promise.all(Array.from({ length: 50 }, () => manila.request(SHOW)));
    assert.equal(http.requests.filter(({ url }) => url.endsWith("/auth/tokens")).length, 2);
  });

  it("gives up when the other one is refused too", async () => {
    const { connect, sent } = cloud(() => unauthorized);
    const manila = await connect();
    await assert.rejects(manila.request(SHOW), (error) => {
      assert.ok(error instanceof ApiError && error.status === 401);
      assert.match(
        error.message,
        /Manila refuses tokens that Keystone has just given: its operator can tell why\.$/,
      );
      return true;
    });
    assert.equal(sent().length, 2);
  });
});

describe("ManilaService advice", () => {
  it("tells the 404 of a resource from the others", async () => {
    const gone = await messageOf(fault(404, "itemNotFound", "Consistency group g1 not found."));
    assert.match(
      gone,
      /not found\. If it was deleted by someone else, "pulumi refresh" takes it out of the state/,
    );
    const generic = await messageOf(fault(404, "itemNotFound", "The resource could not be found."));
    assert.match(
      generic,
      /That is not about the resource itself: the address, the microversion or the experimental/,
    );
    const text = "404 Not Found\n\nThe resource could not be found.\n\n   ";
    const unrouted = await messageOf({
      status: 404,
      headers: new Headers({ "content-type": "text/plain" }),
      text,
    });
    assert.match(unrouted, /That is not about the resource itself/);
    const page = {
      status: 404,
      headers: new Headers({ "content-type": "text/html" }),
      text: "<title>Nothing</title>",
    };
    assert.match(await messageOf(page), /That is not about the resource itself/);
  });

  const texts: Record<number, RegExp> = {
    403: /The user lacks a role for this in the project/,
    406: /Pin a microversion in that range with manila:microversion, or none at all/,
    413: /A quota or the size of the request is used up/,
    429: /lower manila:maxRequestsInFlight/,
    500: /The server failed: its operator finds out more with the request id\. Request id: req-1$/,
    503: /The server failed/,
  };
  for (const [status, text] of Object.entries(texts)) {
    it(`says what to do about a ${status}`, async () => {
      assert.match(await messageOf(fault(Number(status), "aFault", "So it is.")), text);
    });
  }

  it("does not blame the role for a share's state or a quota", async () => {
    const state = await messageOf(
      fault(403, "forbidden", "Invalid share: Share still has 1 dependent snapshots."),
    );
    assert.match(state, /snapshots\. It is the share's state that forbids it, not a role\./);
    const quota = await messageOf(
      fault(403, "forbidden", "Requested share exceeds allowed gigabytes quota."),
    );
    assert.match(quota, /quota\. Delete what is not needed, or ask for a higher quota\./);
  });

  it("names the policy that is missing for an administrator's action", async () => {
    const policy = "share_group:force_delete";
    const refused = fault(403, "forbidden", "Policy doesn't allow it.");
    const manila = await cloud(() => refused).connect();
    await assert.rejects(manila.request({ ...SHOW, policy }), {
      message: new RegExp(`The cloud's policy "${policy}" does not allow it to this user: .* the role admin`),
    });
  });

  it("adds nothing where Manila's own words say it all", async () => {
    assert.equal(
      await messageOf(fault(400, "badRequest", "Share type with id s1 could not be found")),
      `Can't read group g1: GET ${MANILA}/p1/consistency-groups/g1 answered 400 badRequest: Share type with id s1 ` +
        "could not be found. Request id: req-1",
    );
  });
});
