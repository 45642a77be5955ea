import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { DISK, fault, GROUP, HOST, SSD } from "../fakeManila";
import { failure, incomplete, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

/** A world with the available group in it. */
function worldWithGroup(): World {
  const world = newWorld();
  world.manila.add();
  return world;
}

/** The bodies of what was sent with PUT. */
function updates({ manila }: World): unknown[] {
  return manila.sent.filter(({ method }) => method === "PUT").map(({ body }) => body);
}

async function update(world: World, inputs: Properties, state: Properties = {}): Promise<Properties> {
  return await world.lifecycle.update(GROUP, recordedState(state), { name: "database", ...inputs });
}

describe("ConsistencyGroup update", () => {
  it("sends a new name alone", async () => {
    const world = worldWithGroup();
    const state = await update(world, { name: "another" });
    assert.deepEqual(updates(world), [{ consistency_group: { name: "another" } }]);
    assert.equal(state.name, "another");
  });

  it("sends a new description alone", async () => {
    const world = worldWithGroup();
    const state = await update(world, { description: "shop" });
    assert.deepEqual(updates(world), [{ consistency_group: { description: "shop" } }]);
    assert.equal(state.description, "shop");
  });

  it("sends both in one request when both change", async () => {
    const world = worldWithGroup();
    await update(world, { name: "another", description: "shop", shareTypes: [SSD] });
    assert.deepEqual(updates(world), [{ consistency_group: { name: "another", description: "shop" } }]);
    assert.deepEqual(world.manila.calls, [`PUT /consistency-groups/${GROUP}`]);
  });

  it("clears with null what is left out", async () => {
    const world = worldWithGroup();
    const state = await update(world, { name: undefined }, { description: "shop" });
    assert.deepEqual(updates(world), [{ consistency_group: { name: null, description: null } }]);
    assert.equal("name" in state || "description" in state, false);
  });

  it("sends an empty text that was given", async () => {
    const world = worldWithGroup();
    await update(world, { description: "" }, { description: "shop" });
    assert.deepEqual(updates(world), [{ consistency_group: { description: "" } }]);
  });

  it("makes no call when only settings of ours change", async () => {
    const world = worldWithGroup();
    const state = await update(world, { timeouts: { delete: "1h" } });
    assert.deepEqual(state, recordedState({ timeouts: { delete: "1h" } }));
    assert.deepEqual(await update(world, {}, { timeouts: { delete: "1h" } }), recordedState());
    assert.deepEqual(world.regions, []);
  });

  it("goes to the region in which the group is recorded", async () => {
    const world = worldWithGroup();
    await update(world, { name: "another" }, { region: "RegionTwo" });
    assert.deepEqual(world.regions, ["RegionTwo"]);
  });

  it("is refused in another project than the group's, and not taken for a deletion", async () => {
    const world = newWorld();
    world.manila.projectId = "a17";
    const error = await refusal(update(world, { name: "shop" }));
    assert.match(error.message, /is of project .*, and the cloud settings lead to project a17/);
  });

  it("is refused when the group is gone", async () => {
    const world = newWorld();
    const error = await failure(update(world, { name: "another" }), ApiError);
    assert.match(
      error.message,
      new RegExp(`^Can't update consistency group ${GROUP}: PUT .* 404 itemNotFound`),
    );
  });
});

describe("ConsistencyGroup update of a group that is not available", () => {
  it("waits for a group that is still being created", async () => {
    const world = newWorld();
    const group = world.manila.add({ status: "creating" });
    world.clock.at(60_000, () => (group.status = "available"));
    const state = await update(world, {}, { status: "creating", __creating: true });
    assert.deepEqual([state.status, state.__creating], ["available", undefined]);
    assert.deepEqual(updates(world), []);
  });

  it("changes the name of a group that is still being created, and then waits", async () => {
    const world = newWorld();
    const group = world.manila.add({ status: "creating" });
    world.clock.at(60_000, () => (group.status = "available"));
    const state = await update(world, { name: "another" }, { status: "creating", __creating: true });
    assert.deepEqual([state.status, state.name], ["available", "another"]);
    assert.equal(updates(world).length, 1);
  });

  it("gives up after its own time, and keeps what it has seen", async () => {
    const world = newWorld();
    world.manila.add({ status: "creating" });
    const work = update(
      world,
      { name: "another", timeouts: { update: "1m", create: "1h" } },
      { status: "creating" },
    );
    const error = await incomplete(work);
    assert.equal(world.clock.now(), 60_000);
    assert.equal(error.id, GROUP);
    assert.deepEqual([error.state.status, error.state.name], ["creating", "another"]);
    assert.match(
      error.message,
      /is still "creating" after 1m \(host newton@alpha#pool\)\. It stays in the state/,
    );
  });

  it("gives the rest of a creation the time of a creation", async () => {
    const world = newWorld();
    world.manila.add({ status: "creating" });
    const inputs = { timeouts: { create: "30m", update: "1s" } };
    const error = await incomplete(update(world, inputs, { status: "creating", __creating: true }));
    assert.match(error.message, /still "creating" after 30m/);
  });

  it("tells of a group in error what an administrator must do", async () => {
    const world = newWorld();
    world.manila.add({ status: "error" });
    const error = await incomplete(update(world, {}, { status: "error" }));
    assert.equal(
      error.message,
      `Consistency group "database" (${GROUP}) is in status "error" (host ${HOST}): the log of manila-share for host ` +
        `${HOST} tells why. Once an administrator has repaired it and reset its status, "pulumi up" goes on; ` +
        '"pulumi up --replace URN" makes a new one instead.',
    );
  });

  it("finds that a group has recovered", async () => {
    const world = worldWithGroup();
    const state = await update(world, {}, { status: "error" });
    assert.equal(state.status, "available");
  });

  it("keeps the id when a look goes wrong", async () => {
    const world = newWorld();
    world.manila.add({ status: "creating" });
    world.manila.before = (_sent, count) => (count > 2 ? fault(500, "computeFault", "Oops") : undefined);
    const error = await incomplete(update(world, { description: "shop" }, { status: "creating" }));
    assert.deepEqual([error.id, error.state.description], [GROUP, "shop"]);
    assert.match(error.message, /500 computeFault: Oops\. The server failed/);
  });

  it("does not send what can't be changed", async () => {
    const world = worldWithGroup();
    await update(world, { name: "another", shareTypes: [DISK] });
    assert.deepEqual(updates(world), [{ consistency_group: { name: "another" } }]);
  });
});
