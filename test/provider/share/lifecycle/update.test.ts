import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { fault, GROUP } from "../../consistencyGroup/fakeManila";
import { failure, incomplete, refusal } from "../../failures";
import { MEMBER, SHARE } from "../fakeManila";
import { DECLARED, newWorld, recordedState, worldWithShare } from "./world";
import type { World } from "./world";

async function update(world: World, inputs: Properties, state: Properties = {}): Promise<Properties> {
  return await world.lifecycle.update(SHARE, recordedState(state), { ...DECLARED, ...inputs });
}

/** What was sent to change the share. */
function sent({ manila }: World): unknown[] {
  return manila.sent.filter(({ method }) => method !== "GET").map(({ body }) => body);
}

describe("Share update", () => {
  it("sends what changes and nothing else", async () => {
    const world = worldWithShare();
    const state = await update(world, { name: "another", isPublic: true });
    assert.deepEqual(sent(world), [{ share: { display_name: "another", is_public: true } }]);
    assert.deepEqual(state.name, "another");
  });

  it("clears what the program leaves out", async () => {
    const given = { description: "shop", metadata: { team: "shop" }, is_public: true };
    const world = worldWithShare(given);
    const state = { description: "shop", metadata: { team: "shop" }, isPublic: true };
    const after = await update(world, {}, state);
    const cleared = { share: { display_description: null, is_public: false } };
    assert.deepEqual(sent(world), [cleared, { metadata: {} }]);
    assert.deepEqual([after.description, after.metadata, after.isPublic], [undefined, {}, false]);
  });

  it("sets and unsets keys of the metadata in one request", async () => {
    const world = worldWithShare({ metadata: { team: "shop", tier: "gold" } });
    const state = { metadata: { team: "shop", tier: "gold" } };
    const after = await update(world, { metadata: { team: "stock", zone: "a" } }, state);
    assert.deepEqual(sent(world), [{ metadata: { team: "stock", zone: "a" } }]);
    assert.deepEqual(after.metadata, { team: "stock", zone: "a" });
  });

  it("makes no call when only settings of ours change", async () => {
    const world = worldWithShare();
    const state = await update(world, { timeouts: { delete: "1h" } });
    assert.deepEqual(state, recordedState({ timeouts: { delete: "1h" } }));
    assert.deepEqual(world.regions, []);
  });

  it("refuses to make another share of a copy", async () => {
    const copy = { consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };
    const world = worldWithShare();
    const error = await refusal(update(world, { ...copy, shareProtocol: "CIFS" }, copy));
    assert.match(
      error.message,
      /is there already, and has shareProtocol "NFS", not "CIFS"\. That can't be changed/,
    );
    assert.deepEqual(world.manila.calls, []);
  });
});

describe("Share update of the size", () => {
  it("extends the share and waits for it", async () => {
    const world = worldWithShare();
    const state = await update(world, { size: 5 });
    assert.deepEqual(sent(world), [{ extend: { new_size: 5 } }]);
    assert.deepEqual([state.size, state.status], [5, "available"]);
    assert.ok(world.clock.now() >= 60_000);
  });

  it("shrinks it", async () => {
    const world = worldWithShare();
    const state = await update(world, { size: 1 });
    assert.deepEqual(sent(world), [{ shrink: { new_size: 1 } }]);
    assert.equal(state.size, 1);
  });

  it("says so as Manila before 2.7 wants it", async () => {
    const world = worldWithShare();
    world.manila.microversion = "2.6";
    await update(world, { size: 5 });
    await update(world, { size: 1 }, { size: 5 });
    assert.deepEqual(sent(world), [{ "os-extend": { new_size: 5 } }, { "os-shrink": { new_size: 1 } }]);
  });

  it("does not ask again for a growth that an earlier operation has not waited for", async () => {
    const world = worldWithShare({ status: "extending" });
    world.clock.at(30_000, () =>
      Object.assign(world.manila.stored.get(SHARE) ?? {}, { status: "available", size: 5 }),
    );
    const state = await update(world, { size: 5 }, { status: "extending" });
    assert.deepEqual([state.size, state.status], [5, "available"]);
    assert.deepEqual(sent(world), []);
  });

  it("keeps id and paths when it takes too long", async () => {
    const world = worldWithShare();
    world.manila.onResize = (share) => (share.status = "extending");
    const error = await incomplete(update(world, { size: 5, timeouts: { update: "1m" } }));
    assert.equal(error.id, SHARE);
    assert.match(error.message, /^Share "tables" .* is still "extending" after 1m/);
    assert.deepEqual(error.state.exportLocations, recordedState().exportLocations);
    assert.deepEqual([error.state.size, error.state.status], [2, "extending"]);
  });

  const endings: [string, number, RegExp][] = [
    [
      "extending_error",
      5,
      /Once an administrator has reset its status to available, "pulumi up" tries again/,
    ],
    ["shrinking_error", 1, /Not every back end can shrink\. .* make another share and copy the data/],
    [
      "shrinking_possible_data_loss_error",
      1,
      /It holds more than the new size: give a larger one, or delete data/,
    ],
  ];
  for (const [status, size, remedy] of endings) {
    it(`says what to do about a share in ${status}`, async () => {
      const world = worldWithShare();
      world.manila.onResize = (share) => (share.status = status);
      const error = await incomplete(update(world, { size }));
      assert.match(error.message, new RegExp(`is in status "${status}" \\(host `));
      assert.match(error.message, remedy);
      assert.deepEqual([error.state.size, error.state.status], [2, status]);
    });
  }

  it("shrinks again after a refusal for the sake of the data", async () => {
    const status = "shrinking_possible_data_loss_error";
    const world = worldWithShare({ size: 5, status });
    const state = await update(world, { size: 4 }, { size: 5, status });
    assert.deepEqual(sent(world), [{ shrink: { new_size: 4 } }]);
    assert.deepEqual([state.size, state.status], [4, "available"]);
  });

  it("passes on a refusal, such as that of the quota", async () => {
    const world = worldWithShare();
    world.manila.before = ({ method }) =>
      method === "POST"
        ? fault(403, "forbidden", "Requested share exceeds allowed gigabytes quota.")
        : undefined;
    const error = await failure(update(world, { size: 5 }), ApiError);
    assert.match(error.message, /^Can't extend share cbfa.* from 2 to 5 GiB: .* gigabytes quota\./);
  });

  it("leaves a size alone that was changed by hand and that the program does not give", async () => {
    const world = worldWithShare({ size: 9, name: "x" });
    const state = await update(world, { size: undefined }, { name: "x" });
    assert.equal(state.size, 9);
  });

  it("tells of a share in error what an administrator must do", async () => {
    const world = newWorld();
    world.manila.addShare({ status: "error" });
    const error = await incomplete(update(world, {}, { status: "error" }));
    assert.match(error.message, /Once an administrator has repaired it and reset its status/);
  });
});
