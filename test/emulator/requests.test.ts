import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { startEmulator, type Emulator } from "../../emulator";
import { login, requestToken } from "./http";
import { ManilaClient } from "./manila/client";

describe("The requests of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    emulator = await startEmulator({ log: (line) => lines.push(line) });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  it("are counted by kind until they are reset", async () => {
    const { id } = await member.createGroup();
    await member.showGroup(id);
    await member.showGroup(id);
    const { requests } = emulator;
    assert.equal(requests.count("POST /v2/{project_id}/consistency-groups"), 1);
    assert.equal(requests.count("GET /v2/{project_id}/consistency-groups/{id}"), 2);
    assert.equal(requests.count("POST /identity/v3/auth/tokens"), 1);
    assert.equal(requests.count(), 4);
    requests.reset();
    assert.equal(requests.count(), 0);
  });

  it("are listed with method, path, status and body", async () => {
    await member.send("PUT", "/consistency-groups/none", { consistency_group: { name: "x" } });
    const [project] = emulator.seed.projects;
    assert.deepEqual(emulator.requests.list("PUT /v2/{project_id}/consistency-groups/{id}"), [
      {
        method: "PUT",
        path: `/v2/${project?.id ?? ""}/consistency-groups/none`,
        kind: "PUT /v2/{project_id}/consistency-groups/{id}",
        status: 404,
        body: { consistency_group: { name: "x" } },
      },
    ]);
  });

  it("are counted while they are under way", async () => {
    const slow = await startEmulator({ latencyMilliseconds: 50 });
    try {
      const client = await ManilaClient.connect(slow, { user: "member", project: "demo" });
      slow.requests.reset();
      await Promise.all([1, 2, 3].map(() => client.listNames()));
      assert.equal(slow.requests.highWaterMark, 3);
      assert.equal(slow.requests.count(), 3);
    } finally {
      await slow.stop();
    }
  });

  it("are logged in one line each, with status and project", async () => {
    await member.listNames("?limit=1");
    const [project] = emulator.seed.projects;
    const id = project?.id ?? "";
    assert.match(
      lines.at(-1) ?? "",
      new RegExp(`^GET /v2/${id}/consistency-groups\\?limit=1 200 \\d+ ms ${id}$`),
    );
  });

  it("leave no password and no token in the log or the list", async () => {
    const password = "a-password-nobody-has";
    await requestToken(emulator.authUrl, { user: "member", project: "demo", password });
    const token = await login(emulator.authUrl, { user: "member", project: "demo" });
    await member.listNames();
    const everything = JSON.stringify([lines, emulator.requests.list()]);
    for (const secret of [password, token, '"emulator"']) {
      assert.ok(!everything.includes(secret), "a secret is in the log or the list");
    }
    assert.equal(lines.length, emulator.requests.count());
  });
});
