import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, it } from "mocha";
import { ANOTHER_ID, startEmulator, type Emulator, type FaultKind } from "../../emulator";
import { ManilaClient } from "./manila/client";

const CREATE = "POST /v2/{project_id}/consistency-groups";
const SHOW = "GET /v2/{project_id}/consistency-groups/{id}";
const BODY = { consistency_group: { name: "wanted" } };

describe("A fault on demand", () => {
  let emulator: Emulator;
  let member: ManilaClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const create = () => member.send("POST", "/consistency-groups", BODY);
  const struck = (fault: FaultKind) => {
    emulator.faults.add({ on: CREATE, ...fault });
    return create();
  };

  it("strikes the requests of its kind, the nth of them and as many as it is told", async () => {
    emulator.faults.add({ on: CREATE, nth: 2, times: 2, kind: "reply", status: 500 });
    const statuses = [];
    for (let index = 0; index < 5; index += 1) {
      await member.listNames();
      statuses.push((await create()).status);
    }
    assert.deepEqual(statuses, [202, 500, 500, 202, 202]);
    emulator.faults.add({ on: CREATE, times: 9, kind: "reply", status: 502 });
    assert.equal((await create()).status, 502);
    emulator.faults.clear();
    assert.equal((await create()).status, 202);
  });

  it("resets the connection, before the server acts or after", async () => {
    await assert.rejects(struck({ kind: "resetBeforeActing" }), /ECONNRESET|hang up/);
    assert.deepEqual(await member.listNames(), []);
    await assert.rejects(struck({ kind: "resetAfterActing" }), /ECONNRESET|hang up/);
    assert.deepEqual(await member.listNames(), ["wanted"]);
    assert.deepEqual(
      emulator.requests.list(CREATE).map(({ status }) => status),
      [0, 202],
    );
  });

  it("never answers, whether the server has acted or not", async () => {
    for (const [kind, names] of [
      ["noReplyBeforeActing", []],
      ["noReplyAfterActing", ["wanted"]],
    ] as const) {
      const answered = struck({ kind }).then(() => "answered");
      answered.catch(() => undefined);
      assert.equal(await Promise.race([answered, sleep(50, "silence")]), "silence");
      assert.deepEqual(await member.listNames(), names);
    }
  });

  it("answers with a status, and says when to come again", async () => {
    for (const status of [429, 503]) {
      const { headers, ...reply } = await struck({ kind: "reply", status, retryAfterSeconds: 7 });
      assert.deepEqual([reply.status, headers["retry-after"]], [status, "7"]);
    }
    const { status, headers } = await struck({ kind: "unauthorized" });
    assert.deepEqual([status, headers["retry-after"]], [401, undefined]);
    assert.deepEqual(await member.listNames(), []);
  });

  it("answers with a page that is no JSON", async () => {
    const { status, headers, text } = await struck({ kind: "html" });
    assert.deepEqual([status, headers["content-type"]], [200, "text/html"]);
    assert.match(text, /^<html>/);
    assert.equal((await struck({ kind: "html", status: 502 })).status, 502);
  });

  it("breaks a reply off in its middle", async () => {
    await assert.rejects(struck({ kind: "truncatedBody" }), /aborted|ECONNRESET/);
    assert.deepEqual(await member.listNames(), ["wanted"]);
  });

  it("answers about something else", async () => {
    const { id } = await member.createGroup();
    emulator.faults.add({ on: SHOW, kind: "anotherId" });
    assert.equal((await member.showGroup(id)).id, ANOTHER_ID);
    assert.equal((await member.showGroup(id)).id, id);
  });
});
