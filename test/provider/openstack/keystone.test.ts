import assert from "node:assert/strict";
import { ApiError, ConnectionError, ManilaError } from "../../../provider/openstack/errors";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import { Keystone } from "../../../provider/openstack/keystone";
import type { Token } from "../../../provider/openstack/keystone";
import { Redaction } from "../../../provider/openstack/redaction";
import type { Auth, CloudSettings, Scope } from "../../../provider/openstack/settings";
import { FakeClock } from "../fakeClock";
import { cloudSettings, PASSWORD } from "./cloudSettings";
import { FakeHttp, jsonReply } from "./fakeHttp";

const HOUR = 3_600_000;

interface World {
  keystone: Keystone;
  http: FakeHttp;
  clock: FakeClock;
  redaction: Redaction;
}

/** A token of its own for each request, which lives as long as is said, by a server clock that may be off. */
function tokenReply(
  count: number,
  lifetime = HOUR,
  issuedAt = Date.parse("2026-01-01T00:00:00Z"),
): HttpReply {
  const token = {
    issued_at: new Date(issuedAt).toISOString(),
    expires_at: new Date(issuedAt + lifetime).toISOString(),
    project: { id: "p1", name: "demo" },
    catalog: [{ type: "sharev2", name: "manila", endpoints: [] }],
  };
  return jsonReply(201, { token }, { "x-subject-token": `token-${count}` });
}

function newWorld(
  answer: FakeHttp["answer"] = (_request, count) => tokenReply(count),
  settings: Partial<CloudSettings> = {},
): World {
  const clock = new FakeClock();
  const http = new FakeHttp(clock, answer);
  const redaction = new Redaction();
  return { clock, http, redaction, keystone: new Keystone(cloudSettings(settings), http, clock, redaction) };
}

const refused = (status: number): HttpReply =>
  jsonReply(status, { error: { code: status, title: "Unauthorized", message: "Refused" } });

async function bodyFor(settings: Partial<CloudSettings>): Promise<unknown> {
  const { keystone, http } = newWorld(undefined, settings);
  await keystone.token();
  return http.requests[0]?.body;
}

/** How often it fails, however often it is asked. */
async function failures({ keystone }: World, times: number): Promise<Error[]> {
  const errors: Error[] = [];
  for (let time = 0; time < times; time++) {
    await keystone.token().catch((error: unknown) => {
      assert.ok(error instanceof Error);
      errors.push(error);
    });
  }
  return errors;
}

describe("Keystone login", () => {
  const identities: Record<string, { auth: Auth; identity: object }> = {
    "a password of a user named in a domain": {
      auth: { method: "password", user: { name: "member", domain: { name: "Default" } }, password: PASSWORD },
      identity: {
        methods: ["password"],
        password: { user: { name: "member", domain: { name: "Default" }, password: PASSWORD } },
      },
    },
    "a password of a user by id": {
      auth: { method: "password", user: { id: "u1" }, password: PASSWORD },
      identity: { methods: ["password"], password: { user: { id: "u1", password: PASSWORD } } },
    },
    "a token": {
      auth: { method: "token", token: "t0" },
      identity: { methods: ["token"], token: { id: "t0" } },
    },
    "an application credential by id": {
      auth: { method: "applicationCredential", id: "a1", secret: "s1" },
      identity: { methods: ["application_credential"], application_credential: { id: "a1", secret: "s1" } },
    },
    "an application credential by name": {
      auth: { method: "applicationCredential", name: "automation", user: { id: "u1" }, secret: "s1" },
      identity: {
        methods: ["application_credential"],
        application_credential: { name: "automation", user: { id: "u1" }, secret: "s1" },
      },
    },
  };
  for (const [what, { auth, identity }] of Object.entries(identities)) {
    it(`sends ${what}`, async () => {
      assert.deepEqual(await bodyFor({ auth, scope: { kind: "none" } }), { auth: { identity } });
    });
  }

  const scopes: Record<string, { scope: Scope; sent: object }> = {
    "a project by id": { scope: { kind: "project", id: "p1" }, sent: { project: { id: "p1" } } },
    "a project by name": {
      scope: { kind: "project", name: "demo", domain: { id: "default" } },
      sent: { project: { name: "demo", domain: { id: "default" } } },
    },
    "a domain": {
      scope: { kind: "domain", domain: { name: "Default" } },
      sent: { domain: { name: "Default" } },
    },
    "the system": { scope: { kind: "system" }, sent: { system: { all: true } } },
    "a trust": { scope: { kind: "trust", id: "t1" }, sent: { "OS-TRUST:trust": { id: "t1" } } },
  };
  for (const [what, { scope, sent }] of Object.entries(scopes)) {
    it(`asks for ${what}`, async () => {
      const auth: Auth = { method: "token", token: "t0" };
      const identity = { methods: ["token"], token: { id: "t0" } };
      assert.deepEqual(await bodyFor({ auth, scope }), { auth: { identity, scope: sent } });
    });
  }

  it("gives the token with its project and its catalog", async () => {
    const { keystone, http } = newWorld();
    const { value, projectId, catalog } = await keystone.token();
    assert.deepEqual([value, projectId, catalog], ["token-1", "p1", [{ type: "sharev2", endpoints: [] }]]);
    const [request] = http.requests;
    assert.equal(`${request?.method} ${request?.url}`, "POST https://keystone.example/v3/auth/tokens");
    assert.equal(request?.repeatable, true);
  });

  it("takes a token without a project and a catalog", async () => {
    const times = { issued_at: "2026-01-01T00:00:00.000000Z", expires_at: "2026-01-01T01:00:00.000000Z" };
    const { keystone } = newWorld(() => jsonReply(201, { token: times }, { "x-subject-token": "t" }));
    const { projectId, catalog } = await keystone.token();
    assert.deepEqual([projectId, catalog], [undefined, []]);
  });

  it("makes the token a secret", async () => {
    const { keystone, redaction } = newWorld();
    await keystone.token();
    assert.equal(redaction.apply("X-Auth-Token: token-1"), "X-Auth-Token: ***");
  });

  it("says so when the reply brings no token", async () => {
    const { headers, ...reply } = tokenReply(1);
    headers.delete("x-subject-token");
    const [error] = await failures(
      newWorld(() => ({ ...reply, headers })),
      1,
    );
    assert.ok(error instanceof ManilaError, String(error));
    assert.match(error.message, /^Can't log in to https:\/\/keystone\.example\/v3: .*X-Subject-Token/);
  });
});

describe("Keystone token", () => {
  it("is one for 500 who ask at once", async () => {
    const { keystone, http } = newWorld();
    const tokens = await Promise.all(Array.from({ length: 500 }, () => keystone.token()));
    assert.equal(new Set(tokens).size, 1);
    assert.equal(http.requests.length, 1);
  });

  /** The moment at which a token of this lifetime is given up for another one. */
  async function renewedAfter(lifetime: number, issuedAt?: number): Promise<number> {
    const { keystone, clock } = newWorld((_request, count) => tokenReply(count, lifetime, issuedAt));
    await keystone.token();
    while ((await keystone.token()).value === "token-1") {
      clock.advance(1_000);
    }
    return clock.now();
  }

  it("is renewed two minutes before it expires", async () => {
    assert.equal(await renewedAfter(HOUR), HOUR - 120_000);
  });

  it("is renewed in the middle of its life when that is shorter than four minutes", async () => {
    assert.equal(await renewedAfter(4_000), 2_000);
    assert.equal(await renewedAfter(180_000), 90_000);
  });

  it("is renewed in time by a server whose clock is an hour off", async () => {
    for (const off of [-HOUR, HOUR]) {
      assert.equal(await renewedAfter(HOUR, Date.now() + off), HOUR - 120_000);
    }
  });

  it("is renewed once for all who need it", async () => {
    const { keystone, http, clock } = newWorld();
    await keystone.token();
    clock.advance(HOUR);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keystone.token()));
    assert.deepEqual(new Set(tokens.map(({ value }) => value)), new Set(["token-2"]));
    assert.equal(http.requests.length, 2);
  });

  it("is renewed once when many see it refused at once", async () => {
    const { keystone, http } = newWorld();
    const refusedToken = await keystone.token();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keystone.token(refusedToken)));
    assert.deepEqual(new Set(tokens.map(({ value }) => value)), new Set(["token-2"]));
    assert.equal(http.requests.length, 2);
  });

  it("is not renewed for one who was refused with an older one", async () => {
    const { keystone, http } = newWorld();
    const older = await keystone.token();
    const newer = await keystone.token(older);
    assert.equal(await keystone.token(older), newer);
    assert.equal(http.requests.length, 2);
  });
});

describe("Keystone renewal that fails", () => {
  it("lets the old token serve on for what is left of its life, and is tried again", async () => {
    const down = (count: number): boolean => count > 1 && count < 4;
    const { keystone, clock } = newWorld((_request, count) =>
      down(count) ? refused(503) : tokenReply(count),
    );
    await keystone.token();
    clock.advance(HOUR - 100_000);
    assert.equal((await keystone.token()).value, "token-1");
    clock.advance(11_000);
    assert.equal((await keystone.token()).value, "token-1");
    clock.advance(11_000);
    assert.equal((await keystone.token()).value, "token-4");
  });

  it("is an error once the old token has expired", async () => {
    const { keystone, clock } = newWorld((_request, count) => (count > 1 ? refused(503) : tokenReply(count)));
    await keystone.token();
    clock.advance(HOUR);
    await assert.rejects(keystone.token(), ApiError);
  });

  it("is an error at once if the credentials are refused by now", async () => {
    const { keystone, http, clock } = newWorld((_request, count) =>
      count > 1 ? refused(401) : tokenReply(count),
    );
    await keystone.token();
    clock.advance(HOUR - 100_000);
    await assert.rejects(keystone.token(), ApiError);
    await assert.rejects(keystone.token(), ApiError);
    assert.equal(http.requests.length, 2);
  });
});

describe("Keystone login that fails", () => {
  for (const status of [400, 401, 403, 404]) {
    it(`is not tried again after a ${status}: it might lock the user out`, async () => {
      const world = newWorld(() => refused(status));
      const errors = await failures(world, 5);
      assert.equal(errors.length, 5);
      assert.ok(errors.every((error) => error instanceof ApiError && error.status === status));
      assert.equal(world.http.requests.length, 1);
    });
  }

  const told: [number, string, RegExp][] = [
    [
      401,
      "The request you have made requires authentication.",
      /Keystone says no more than this: check the user/,
    ],
    [404, "Could not find Application Credential: 1234.", /Keystone says no more than this: check the user/],
    [404, "Failed to validate token", /Keystone says no more than this: check the user/],
    [
      404,
      "The resource could not be found.",
      /That is not Keystone's API v3: check the address in openstack:authUrl/,
    ],
  ];
  for (const [status, said, remedy] of told) {
    it(`is told with what to check after ${status} "${said}"`, async () => {
      const reply = jsonReply(status, { error: { code: status, title: "Refused", message: said } });
      const [error] = await failures(
        newWorld(() => reply),
        1,
      );
      assert.match(error?.message ?? "", /^Can't log in to https:\/\/keystone\.example\/v3: POST /);
      assert.match(error?.message ?? "", remedy);
    });
  }

  it("is told to all who asked at once, after a single request", async () => {
    const { keystone, http } = newWorld(() => refused(401));
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => keystone.token()));
    assert.ok(outcomes.every(({ status }) => status === "rejected"));
    assert.equal(http.requests.length, 1);
  });

  const lost = (): never => {
    throw new ConnectionError("the connection was cut", { sent: true, passing: true });
  };
  const passing: Record<string, (request: HttpRequest) => HttpReply> = {
    "a failure of the network": lost,
    "a failure of Keystone": () => refused(503),
    "too many requests": () => refused(429),
    "a request that took too long": () => refused(408),
  };
  for (const [what, answer] of Object.entries(passing)) {
    it(`is tried again by the next who asks after ${what}`, async () => {
      const world = newWorld((request, count) => (count < 3 ? answer(request) : tokenReply(count)));
      assert.equal((await failures(world, 2)).length, 2);
      assert.equal((await world.keystone.token()).value, "token-3");
    });
  }

  it("is tried again after a renewal that failed", async () => {
    const world = newWorld((_request, count) => (count === 2 ? lost() : tokenReply(count)));
    const first: Token = await world.keystone.token();
    await assert.rejects(world.keystone.token(first), ConnectionError);
    assert.equal((await world.keystone.token()).value, "token-3");
  });
});
