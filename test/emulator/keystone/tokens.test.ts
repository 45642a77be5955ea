import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../../emulator";
import { jsonOf, login, requestToken, send, type Response } from "../http";

const HOUR = 3_600_000;
const REFUSED = {
  error: {
    code: 401,
    message: "The request you have made requires authentication.",
    title: "Unauthorized",
  },
};

describe("Keystone of the emulator", () => {
  let emulator: Emulator;
  let now = Date.parse("2026-11-23T12:00:00Z");

  before(async () => {
    emulator = await startEmulator({ clock: () => now });
  });
  after(() => emulator.stop());

  const post = (auth: object): Promise<Response> =>
    send(
      `${emulator.authUrl}/v3/auth/tokens`,
      "POST",
      { "Content-Type": "application/json" },
      JSON.stringify({ auth }),
    );
  const groups = async (token: string): Promise<number> => {
    const [project] = emulator.seed.projects;
    const headers = {
      "X-Auth-Token": token,
      "X-OpenStack-Manila-API-Version": "2.22",
      "X-OpenStack-Manila-API-Experimental": "True",
    };
    return (await send(`${emulator.url}/v2/${project?.id ?? ""}/consistency-groups`, "GET", headers)).status;
  };

  it("names the project, the expiry and Manila's endpoints in a token's reply", async () => {
    const response = await requestToken(emulator.authUrl, { user: "member", project: "demo" });
    const endpoints = z.array(z.object({ interface: z.string(), region: z.string(), url: z.string() }));
    const catalog = z.array(z.object({ type: z.string(), endpoints }));
    const project = z.object({ id: z.string(), name: z.string() });
    const shape = z.object({ token: z.object({ expires_at: z.string(), project, catalog }) });
    const { token } = shape.parse(jsonOf(response));
    assert.equal(response.status, 201);
    assert.equal(token.expires_at, "2026-11-23T13:00:00.000000Z");
    assert.equal(token.project.name, "demo");
    for (const type of ["sharev2", "shared-file-system"]) {
      const url = `${emulator.url}/v2/${token.project.id}`;
      assert.deepEqual(
        token.catalog.find((service) => service.type === type)?.endpoints,
        ["public", "internal", "admin"].map((kind) => ({ interface: kind, region: "RegionOne", url })),
      );
    }
  });

  it("answers a wrong password, an unknown user, an unknown project and a missing role alike", async () => {
    for (const who of [
      { user: "member", project: "demo", password: "wrong" },
      { user: "nobody", project: "demo" },
      { user: "member", project: "nowhere" },
      { user: "visitor", project: "demo" },
    ]) {
      const response = await requestToken(emulator.authUrl, who);
      assert.deepEqual([response.status, jsonOf(response)], [401, REFUSED], JSON.stringify(who));
    }
  });

  it("takes an application credential without a scope, and refuses one with a scope", async () => {
    const credential = { id: "acced000000000000000000000000001", secret: "emulator" };
    const identity = { methods: ["application_credential"], application_credential: credential };
    const { status, headers } = await post({ identity });
    assert.equal(status, 201);
    assert.equal(await groups(z.string().parse(headers["x-subject-token"])), 200);
    const scope = { project: { name: "demo", domain: { id: "default" } } };
    assert.equal((await post({ identity, scope })).status, 401);
    const byName = {
      name: "automation",
      secret: "emulator",
      user: { name: "member", domain: { id: "default" } },
    };
    const named = { methods: ["application_credential"], application_credential: byName };
    assert.equal((await post({ identity: named })).status, 201);
    const unknown = {
      methods: ["application_credential"],
      application_credential: { id: "no", secret: "x" },
    };
    assert.equal((await post({ identity: unknown })).status, 404);
  });

  it("rescopes a token, which then lives no longer than the first", async () => {
    const first = await login(emulator.authUrl, { user: "member", project: "demo" });
    now += HOUR / 2;
    const identity = { methods: ["token"], token: { id: first } };
    const scope = { project: { name: "alt", domain: { name: "Default" } } };
    const response = await post({ identity, scope });
    const shape = z.object({
      token: z.object({ expires_at: z.string(), project: z.object({ name: z.string() }) }),
    });
    const { token } = shape.parse(jsonOf(response));
    assert.equal(token.project.name, "alt");
    assert.equal(Date.parse(token.expires_at), now + HOUR / 2);
  });

  it("gives tokens for the domain and the system to administrators alone", async () => {
    const identity = (name: string) => ({
      methods: ["password"],
      password: { user: { name, domain: { id: "default" }, password: "emulator" } },
    });
    for (const scope of [{ domain: { id: "default" } }, { system: { all: true } }]) {
      assert.equal((await post({ identity: identity("admin"), scope })).status, 201);
      assert.equal((await post({ identity: identity("member"), scope })).status, 401);
    }
  });

  it("lets Manila refuse a token once it has expired", async () => {
    const token = await login(emulator.authUrl, { user: "member", project: "demo" });
    now += HOUR - 1;
    assert.equal(await groups(token), 200);
    now += 1;
    assert.equal(await groups(token), 401);
  });

  it("shows and revokes a token, and lets Manila refuse it from then on", async () => {
    const token = await login(emulator.authUrl, { user: "member", project: "demo" });
    const headers = { "X-Auth-Token": token, "X-Subject-Token": token };
    const url = `${emulator.authUrl}/v3/auth/tokens`;
    assert.equal((await send(url, "GET", headers)).status, 200);
    assert.equal((await send(url, "DELETE", headers)).status, 204);
    assert.equal((await send(url, "GET", headers)).status, 401);
    assert.equal(await groups(token), 401);
  });

  it("lets Manila refuse a token without a project", async () => {
    const token = await login(emulator.authUrl, { user: "visitor" });
    assert.equal(await groups(token), 403);
  });

  it("names what a malformed request lacks", async () => {
    const response = await post({
      identity: { methods: ["password"], password: { user: { password: "secret" } } },
    });
    assert.equal(response.status, 400);
    assert.match(response.text, /auth\.identity\.password\.user/);
    assert.doesNotMatch(response.text, /secret/);
  });

  it("announces its version at both addresses", async () => {
    assert.equal((await send(`${emulator.authUrl}/`, "GET")).status, 300);
    for (const path of ["/v3", "/v3/"]) {
      const { status, text } = await send(emulator.authUrl + path, "GET");
      assert.equal(status, 200);
      assert.match(text, /"id":"v3\.14","status":"stable"/);
    }
  });
});
