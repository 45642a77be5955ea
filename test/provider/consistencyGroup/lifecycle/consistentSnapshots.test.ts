import assert from "node:assert/strict";
import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle";
import { CONSISTENT, GROUP, PLAIN, SNAPSHOT } from "../fakeManila";
import { addSource, incomplete, newShareGroupsWorld, newWorld, refusal } from "./world";
import type { World } from "./world";

/** What was asked to be made. */
function creations({ manila }: World): unknown[] {
  return manila.sent.filter(({ method }) => method === "POST").map(({ body }) => body);
}

describe("ConsistencyGroup create on share groups", () => {
  it("makes a group of a type that has consistent snapshots, and records what it promises", async () => {
    const world = newShareGroupsWorld();
    const { id, state } = await world.lifecycle.create({
      shareGroupType: CONSISTENT,
      availabilityZone: "nova",
    });
    assert.deepEqual(creations(world), [
      { share_group: { share_group_type_id: CONSISTENT, availability_zone: "nova" } },
    ]);
    assert.equal(id, GROUP);
    assert.deepEqual(
      [state.shareGroupTypeId, state.availabilityZone, state.consistentSnapshotSupport],
      [CONSISTENT, "nova", "pool"],
    );
    assert.deepEqual([state.__defaults, world.lines], [["shareTypes", "region"], []]);
  });

  it("leaves the type to the cloud where the program does not say", async () => {
    const world = newShareGroupsWorld();
    const { state } = await world.lifecycle.create({});
    assert.deepEqual(creations(world), [{ share_group: {} }]);
    assert.deepEqual(state.__defaults, ["shareTypes", "shareGroupType", "availabilityZone", "region"]);
  });
});

describe("ConsistencyGroup whose type has no consistent snapshots", () => {
  it("is refused before anything is made, with the types that have them", async () => {
    const world = newShareGroupsWorld();
    for (const shareGroupType of [PLAIN, PLAIN.toUpperCase(), "plain"]) {
      const { message } = await refusal(world.lifecycle.create({ name: "database", shareGroupType }));
      assert.equal(
        message,
        `Consistency group "database" is not made: share group type "plain" (${PLAIN}) has no ` +
          "consistent_snapshot_support, so snapshots of its shares would not be of one instant. Say " +
          `requireConsistentSnapshots: false to have it all the same. Types that have it: "gold" (${CONSISTENT}).`,
      );
    }
    assert.deepEqual(creations(world), []);
  });

  for (const microversion of ["2.45", "2.99"]) {
    it(`is refused where it is the cloud's default at ${microversion}, and where no type has them`, async () => {
      const world = newShareGroupsWorld();
      world.manila.microversion = microversion;
      world.manila.groupTypes = [{ id: PLAIN, name: "plain", is_default: true, group_specs: {} }];
      const { message } = await refusal(world.lifecycle.create({}));
      assert.match(message, /share group type "plain" .* Types that have it: none\.$/);
      assert.deepEqual(creations(world), []);
    });
  }

  it("is made where the program allows it, with a warning", async () => {
    const world = newShareGroupsWorld({ share_group_type_id: PLAIN, consistent_snapshot_support: null });
    const inputs = { name: "database", shareGroupType: "plain", requireConsistentSnapshots: false };
    const { state } = await world.lifecycle.create(inputs);
    assert.deepEqual([state.status, state.__creating], ["available", undefined]);
    assert.equal(world.lines.length, 1);
    assert.match(
      world.lines.join(),
      /^warning: consistency group "database": share group type "plain" .* has no/,
    );
  });

  it("is told by its group spec, whatever form that has", async () => {
    const supported = fc.constantFrom("pool", "host", "POOL", "<is> True", "true");
    const unsupported = fc.constantFrom("", "none", "None", "false", "False", "<is> False");
    const spec = fc.oneof(
      supported.map((value) => ({ value, promises: true })),
      unsupported.map((value) => ({ value, promises: false })),
    );
    await fc.assert(
      fc.asyncProperty(spec, async ({ value, promises }) => {
        const world = newShareGroupsWorld();
        const group_specs = { consistent_snapshot_support: value };
        world.manila.groupTypes = [{ id: PLAIN, name: "plain", is_default: false, group_specs }];
        const creation = world.lifecycle.create({ shareGroupType: PLAIN });
        await (promises ? creation : refusal(creation));
      }),
    );
  });

  it("is no matter on consistency groups, which promise them all", async () => {
    const { lifecycle, manila } = newWorld();
    manila.onCreate = (group) => (group.status = "available");
    await lifecycle.create({ requireConsistentSnapshots: true });
    assert.deepEqual(manila.calls, ["POST /consistency-groups", `GET /consistency-groups/${GROUP}`]);
  });
});

describe("ConsistencyGroup that turns out without consistent snapshots", () => {
  const INPUTS: Properties = { name: "database", sourceCgsnapshotId: SNAPSHOT };

  /** A world where a copy, of whose original no type is told, comes without. */
  function disappointing(): World {
    const world = newShareGroupsWorld({ share_group_type_id: PLAIN, consistent_snapshot_support: null });
    addSource(world, null);
    return world;
  }

  it("keeps its id, and the error says what is wrong", async () => {
    const { id, state, message } = await incomplete(disappointing().lifecycle.create(INPUTS));
    assert.deepEqual([id, state.status, state.__creating], [GROUP, "available", true]);
    assert.equal(
      message,
      `Consistency group "database" (${GROUP}) was made on a back end without support for consistent snapshots: ` +
        "snapshots of its shares would not be of one instant. Say requireConsistentSnapshots: false to have it all the " +
        "same. It stays in the state.",
    );
  });

  it("is wrong until the program allows it, and then needs no other group", async () => {
    const { lifecycle } = disappointing();
    const { state } = await incomplete(lifecycle.create(INPUTS));
    await incomplete(lifecycle.update(GROUP, state, INPUTS));
    const allowed = { ...INPUTS, requireConsistentSnapshots: false };
    const diff = await lifecycle.diff(GROUP, state, allowed);
    assert.ok(diff.changes.includes("requireConsistentSnapshots"));
    assert.deepEqual(diff.replaces, []);
    const updated = await lifecycle.update(GROUP, state, allowed);
    assert.equal(updated.__creating, undefined);
    assert.deepEqual(await lifecycle.diff(GROUP, updated, allowed), { changes: [], replaces: [] });
  });

  it("is still wrong after a refresh", async () => {
    const { lifecycle } = disappointing();
    const { state } = await incomplete(lifecycle.create(INPUTS));
    const read = await lifecycle.read(GROUP, state);
    const refreshed = read?.state ?? {};
    assert.deepEqual(await lifecycle.diff(GROUP, refreshed, INPUTS), { changes: ["status"], replaces: [] });
    await incomplete(lifecycle.update(GROUP, refreshed, INPUTS));
  });

  it("is not known before 2.34, where Manila does not tell", async () => {
    const world = disappointing();
    world.manila.microversion = "2.33";
    const { state } = await world.lifecycle.create(INPUTS);
    assert.equal(state.__creating, undefined);
  });
});
