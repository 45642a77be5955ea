import assert from "node:assert/strict";
import { fault, GROUP } from "../fakeManila";
import { incomplete, newShareGroupsWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const NO_HOST = "create: No storage could be allocated for this request. Capabilities filter didn't succeed.";

/** A world in which a new group ends in error. */
function failingWorld(): World {
  const world = newShareGroupsWorld({ status: "error", host: null });
  world.manila.messages = [
    { resource_id: GROUP, created_at: "2026-11-24T10:00:02", user_message: "Trying again." },
    { resource_id: GROUP, created_at: "2026-11-24T10:00:01", user_message: NO_HOST },
    { resource_id: GROUP, created_at: "2026-11-24T10:00:03", user_message: NO_HOST },
    { resource_id: "another", created_at: "2026-11-24T10:00:00", user_message: "Not about it." },
  ];
  return world;
}

describe("ConsistencyGroup in error", () => {
  it("tells what Manila tells its users about it, in order and each once", async () => {
    const { message } = await incomplete(failingWorld().lifecycle.create({ name: "database" }));
    assert.equal(
      message,
      `Consistency group "database" (${GROUP}) is in status "error" (no host): Manila says: ${NO_HOST} Trying again. It ` +
        'has never been available, so the next "pulumi up" replaces it.',
    );
  });

  it("tells of it when a deletion has failed, too", async () => {
    const { lifecycle, manila } = failingWorld();
    manila.add();
    manila.onDelete = (group) => (group.status = "error");
    const { message } = await refusal(lifecycle.delete(GROUP, recordedState()));
    assert.match(
      message,
      /It stays in the state\. Manila says: create: No storage .* Trying again; "pulumi destroy"/,
    );
  });

  it("says where else to look if there are no messages", async () => {
    const { lifecycle, manila } = failingWorld();
    manila.messages = [];
    const { message } = await incomplete(lifecycle.create({}));
    assert.match(message, /no back end can take it: the scheduler's log tells which filter refused/);
  });

  it("asks for none before 2.37", async () => {
    const { lifecycle, manila } = failingWorld();
    manila.microversion = "2.36";
    const { message } = await incomplete(lifecycle.create({}));
    assert.match(message, /the scheduler's log tells/);
    assert.ok(!manila.calls.includes("GET /messages"));
  });

  it("keeps the id, and says both what is wrong and why that can't be told, if they can't be read", async () => {
    const { lifecycle, manila } = failingWorld();
    manila.before = ({ path }) => (path === "/messages" ? fault(403, "forbidden", "Not you.") : undefined);
    const { id, state, message } = await incomplete(lifecycle.create({ name: "database" }));
    assert.deepEqual([id, state.status, state.host], [GROUP, "error", undefined]);
    assert.match(
      message,
      /is in status "error" \(no host\): Manila's messages on it can't be read: Can't list the user/,
    );
    assert.match(message, /403 forbidden: Not you\..* the next "pulumi up" replaces it/);
    assert.doesNotMatch(message, /Manila says/);
  });
});
