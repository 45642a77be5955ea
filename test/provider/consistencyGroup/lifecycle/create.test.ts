import assert from "node:assert/strict";
import { ApiError, ConnectionError, isConflict } from "../../../../provider/openstack/errors";
import {
  DISK,
  fault,
  GENERIC_404,
  GROUP,
  HOST,
  json,
  NETWORK,
  PROJECT,
  SNAPSHOT,
  SSD,
  wireGroup,
} from "../fakeManila";
import type { WireGroup } from "../fakeManila";
import { failure, incomplete, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const OTHER = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

/** A world in which a new group changes after the times given, in milliseconds. */
function worldWhere(changes: Record<number, Partial<WireGroup>>): World {
  const world = newWorld();
  world.manila.onCreate = (group) => {
    for (const [time, change] of Object.entries(changes)) {
      world.clock.at(Number(time), () => Object.assign(group, change));
    }
  };
  return world;
}

const READY = { status: "available", host: HOST };

describe("ConsistencyGroup create", () => {
  it("comes back with the group once it is available", async () => {
    const { lifecycle, manila } = worldWhere({ 500: { host: HOST }, 2_000: { status: "available" } });
    const created = await lifecycle.create({ name: "database", shareTypes: [SSD] });
    assert.deepEqual(created, {
      id: GROUP,
      state: {
        name: "database",
        status: "available",
        createdAt: "2016-11-02T12:30:15.000000",
        projectId: PROJECT,
        host: HOST,
        shareTypes: [SSD],
        region: "RegionOne",
        __defaults: ["region"],
      },
    });
    assert.equal(manila.calls[0], "POST /consistency-groups");
    assert.deepEqual(new Set(manila.calls.slice(1)), new Set([`GET /consistency-groups/${GROUP}`]));
  });

  it("sends nothing that was not given", async () => {
    const { lifecycle, manila } = worldWhere({ 0: READY });
    await lifecycle.create({ timeouts: { create: "1h" } });
    assert.deepEqual(manila.sent[0]?.body, { consistency_group: {} });
  });

  it("sends the empty texts that were given", async () => {
    const { lifecycle, manila } = worldWhere({ 0: READY });
    await lifecycle.create({ name: "", description: "" });
    assert.deepEqual(manila.sent[0]?.body, { consistency_group: { name: "", description: "" } });
  });

  it("sends share types as a set: each once, in a fixed order", async () => {
    const { lifecycle, manila } = worldWhere({ 0: READY });
    await lifecycle.create({ name: "a", shareTypes: [DISK, SSD, DISK], shareNetworkId: NETWORK });
    const sent = { name: "a", share_types: [SSD, DISK], share_network_id: NETWORK };
    assert.deepEqual(manila.sent[0]?.body, { consistency_group: sent });
  });

  it("starts from a snapshot", async () => {
    const { lifecycle, manila } = worldWhere({ 0: READY });
    const { state } = await lifecycle.create({ sourceCgsnapshotId: SNAPSHOT });
    assert.deepEqual(manila.sent[0]?.body, { consistency_group: { source_cgsnapshot_id: SNAPSHOT } });
    assert.equal(state.sourceCgsnapshotId, SNAPSHOT);
  });

  it("goes to the region that was asked for, and records the one it is in", async () => {
    const { lifecycle, manila, regions } = worldWhere({ 0: READY });
    manila.region = "RegionTwo";
    const { state } = await lifecycle.create({ region: "RegionTwo" });
    assert.deepEqual(regions, ["RegionTwo"]);
    assert.equal(state.region, "RegionTwo");
  });

  it("records its timeouts, and what was left to the cloud", async () => {
    const { lifecycle } = worldWhere({ 0: { ...READY, share_network_id: NETWORK } });
    const { state } = await lifecycle.create({ shareTypes: [], timeouts: { create: "1h" } });
    assert.deepEqual(state.timeouts, { create: "1h" });
    assert.deepEqual(state.__defaults, ["shareTypes", "shareNetworkId", "region"]);
  });

  it("does not take the group that it is to replace for one whose reply is lost", async () => {
    const { lifecycle, manila } = newWorld();
    const state = recordedState({ status: "error", __creating: true });
    manila.add({ status: "error" });
    assert.deepEqual((await lifecycle.diff(GROUP, state, { name: "database" })).replaces, ["status"]);
    manila.before = ({ method }) => {
      if (method === "POST") {
        throw new ConnectionError("The connection was cut", { sent: true, passing: true });
      }
      return undefined;
    };
    const { message } = await refusal(lifecycle.create({ name: "database" }));
    assert.match(message, /was looked for during 15 s: it was not\./);
  });

  it("never deletes what it has found for a lost reply, even if an old record turns out to mean the same", async () => {
    const { lifecycle, manila } = newWorld();
    manila.add();
    manila.before = ({ method }) => {
      if (method === "POST") {
        throw new ConnectionError("The connection was cut", { sent: true, passing: true });
      }
      return undefined;
    };
    const { id, state } = await lifecycle.create({ name: "database" });
    await lifecycle.delete(id, state);
    assert.deepEqual([...manila.groups.keys()], [GROUP]);
  });

  it("tells of both when it may have made either, since no diff has told which one it is to replace", async () => {
    const { lifecycle, manila } = newWorld();
    manila.add();
    manila.before = ({ method }) => {
      if (method === "POST") {
        manila.add({ id: OTHER });
        throw new ConnectionError("The connection was cut", { sent: true, passing: true });
      }
      return undefined;
    };
    const { message } = await refusal(lifecycle.create({ name: "database" }));
    assert.match(message, new RegExp(`${GROUP}.*${OTHER}.*delete the others`));
    assert.deepEqual(manila.calls.filter((call) => call.startsWith("POST")).length, 1);
  });

  it("records nothing when Manila refuses", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = () => fault(409, "conflictingRequest", "Invalid ConsistencyGroup: not now");
    const error = await failure(lifecycle.create({ name: "database" }), ApiError);
    assert.ok(isConflict(error));
    assert.match(
      error.message,
      /^Can't create consistency group "database": POST .* 409 conflictingRequest: Inv/,
    );
    assert.deepEqual(manila.calls, ["POST /consistency-groups"]);
  });
});

describe("ConsistencyGroup create while it waits", () => {
  it("looks soon at first, then less often, and at least every 10 s", async () => {
    const { lifecycle, clock } = worldWhere({ 120_000: READY });
    await lifecycle.create({});
    const [first = 0, ...later] = clock.pauses;
    assert.ok(first > 0 && first < 1_000);
    later.forEach((pause, index) => {
      assert.ok(pause >= (clock.pauses[index] ?? 0));
    });
    assert.equal(Math.max(...later), 10_000);
    assert.ok(clock.now() < 131_000);
  });

  it("asks no more when the reply of the creation says that the group is available", async () => {
    const { lifecycle, manila, clock } = newWorld();
    manila.before = () => json(202, { consistency_group: wireGroup() });
    await lifecycle.create({ name: "database" });
    assert.deepEqual(clock.pauses, []);
    assert.equal(manila.sent.length, 1);
  });

  it("gives up after 10 minutes", async () => {
    const { lifecycle, clock } = worldWhere({ 1_000: { host: HOST } });
    const error = await incomplete(lifecycle.create({ name: "database" }));
    assert.equal(clock.now(), 600_000);
    assert.equal(
      error.message,
      `Consistency group "database" (${GROUP}) is still "creating" after 10m (host ${HOST}). It stays in the state, and ` +
        'the next "pulumi up" goes on waiting. A slow back end needs a longer time in the input timeouts.',
    );
  });

  it("gives up after the time of its own, and looks once more when it is over", async () => {
    const ready = worldWhere({ 5_000: READY });
    await ready.lifecycle.create({ timeouts: { create: "5s" } });
    assert.equal(ready.clock.now(), 5_000);
    const never = newWorld();
    await incomplete(never.lifecycle.create({ timeouts: { create: "5s", update: "1h", delete: "1h" } }));
    assert.equal(never.clock.now(), 5_000);
  });
});

describe("ConsistencyGroup create of a group that fails", () => {
  it("tells that no host can take it", async () => {
    const { lifecycle } = worldWhere({ 1_000: { status: "error" } });
    const error = await incomplete(lifecycle.create({ name: "database" }));
    assert.equal(
      error.message,
      `Consistency group "database" (${GROUP}) is in status "error" (no host): no back end can take it: the ` +
        'scheduler\'s log tells which filter refused. It has never been available, so the next "pulumi up" replaces it.',
    );
  });

  it("tells which host has failed", async () => {
    const { lifecycle } = worldWhere({ 1_000: { host: HOST }, 2_000: { status: "error" } });
    const error = await incomplete(lifecycle.create({}));
    assert.equal(
      error.message,
      `Consistency group ${GROUP} is in status "error" (host ${HOST}): the log of manila-share for host ${HOST} ` +
        'tells why. It has never been available, so the next "pulumi up" replaces it.',
    );
  });

  it("does not wait for a group that somebody deletes meanwhile", async () => {
    const { lifecycle, clock } = worldWhere({ 1_000: { status: "deleting" } });
    const error = await incomplete(lifecycle.create({}));
    assert.match(error.message, /is in status "deleting"/);
    assert.ok(clock.now() < 10_000);
  });
});

describe("ConsistencyGroup create keeps the id", () => {
  /** What the stack records when the first look after the creation goes wrong. */
  async function recordedAfter(
    wrong: World["manila"]["before"],
  ): Promise<{ message: string; cause: unknown }> {
    const { lifecycle, manila } = newWorld();
    manila.before = (sent, count) => (count === 1 ? undefined : wrong(sent, count));
    const { id, state, message, cause } = await incomplete(lifecycle.create({ name: "database" }));
    assert.equal(id, GROUP);
    assert.equal(state.status, "creating");
    assert.equal(state.name, "database");
    assert.equal(state.__creating, true);
    return { message, cause };
  }

  it("when the connection fails while it waits", async () => {
    const lost = new ConnectionError("Can't read: the connection was cut", { sent: true, passing: true });
    const { message, cause } = await recordedAfter(() => {
      throw lost;
    });
    assert.equal(message, lost.message);
    assert.equal(cause, lost);
  });

  it("when somebody deletes the group while it waits", async () => {
    const gone = fault(404, "itemNotFound", `Consistency group ${GROUP} not found.`);
    const { message } = await recordedAfter(() => gone);
    assert.match(message, /answered 404 itemNotFound: Consistency group .* not found/);
  });

  it("as the one that was made, where the reply was about another", async () => {
    const { lifecycle, manila } = newWorld();
    const made = { status: "available", host: HOST, name: "database" };
    manila.before = (_sent, count) => {
      if (count > 1) {
        return undefined;
      }
      manila.add(made);
      return json(202, { consistency_group: wireGroup({ id: SNAPSHOT, status: "creating" }) });
    };
    const { id, state } = await lifecycle.create({ name: "database" });
    assert.deepEqual([id, state.status], [GROUP, "available"]);
    assert.equal(manila.calls.filter((call) => call.startsWith("POST")).length, 1);
  });

  it("when a proxy answers with the generic 404 while it waits", async () => {
    const { message } = await recordedAfter(() => GENERIC_404);
    assert.match(message, /The resource could not be found/);
  });

  it("when the reply is not JSON while it waits", async () => {
    const { message } = await recordedAfter(() => ({ status: 200, headers: new Headers(), text: "<html>" }));
    assert.match(message, /it is not JSON/);
  });

  it("when the reply is about another group", async () => {
    const other = wireGroup({ id: SNAPSHOT });
    const { message } = await recordedAfter(() => json(200, { consistency_group: other }));
    assert.equal(message, `Manila was asked for consistency group ${GROUP} and answered with ${SNAPSHOT}.`);
  });

  it("when the group ends in error", async () => {
    const { lifecycle } = worldWhere({ 1_000: { host: HOST, status: "error" } });
    const { id, state } = await incomplete(lifecycle.create({}));
    assert.equal(id, GROUP);
    assert.deepEqual([state.status, state.host, state.__creating], ["error", HOST, true]);
  });

  it("when the time is over", async () => {
    const { lifecycle } = worldWhere({ 1_000: { host: HOST } });
    const { id, state } = await incomplete(lifecycle.create({ timeouts: { create: "1m" } }));
    assert.equal(id, GROUP);
    assert.deepEqual([state.status, state.host, state.__creating], ["creating", HOST, true]);
    assert.deepEqual(state.timeouts, { create: "1m" });
  });
});
