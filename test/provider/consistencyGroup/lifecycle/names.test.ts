import assert from "node:assert/strict";
import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle";
import { CONSISTENT, DISK, GROUP, HOST, PLAIN, SSD } from "../fakeManila";
import { newShareGroupsWorld, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const NONE = { changes: [], replaces: [] };
/** The list, as it is asked for first. */
const LIST = { method: "GET", path: "/types" };

/** A world in which a group is available at once. */
function quickWorld(): World {
  const world = newWorld();
  world.manila.onCreate = (group) => Object.assign(group, { status: "available", host: HOST });
  return world;
}

/** How many times the share types were asked for, further pages aside. */
function lists({ manila }: World): number {
  return manila.sent.filter(
    ({ method, path, query }) => method === LIST.method && path === LIST.path && query?.offset === undefined,
  ).length;
}

function createdWith({ manila }: World): unknown {
  return manila.sent.find(({ method }) => method === "POST")?.body;
}

describe("ConsistencyGroup share types by name", () => {
  it("are sent as ids, and recorded as ids", async () => {
    const world = quickWorld();
    const { state } = await world.lifecycle.create({ shareTypes: ["ssd", DISK, "disk"] });
    assert.deepEqual(createdWith(world), { consistency_group: { share_types: [SSD, DISK] } });
    assert.deepEqual(state.shareTypes, [SSD, DISK]);
  });

  it("are asked for once in a process, however many groups there are, and never where only ids are given", async () => {
    const world = quickWorld();
    await world.lifecycle.create({ shareTypes: [SSD] });
    assert.equal(lists(world), 0);
    const creations = Array.from({ length: 20 }, () =>
      world.lifecycle.create({ shareTypes: ["ssd", "disk"] }),
    );
    await Promise.all(creations);
    assert.equal(lists(world), 1);
  });

  it("are found if they were made since the list was read", async () => {
    const world = quickWorld();
    await world.lifecycle.create({ shareTypes: ["ssd"] });
    world.manila.shareTypes.push({ id: PLAIN, name: "new" });
    const { state } = await world.lifecycle.create({ shareTypes: ["new"] });
    assert.deepEqual(state.shareTypes, [PLAIN]);
  });

  it("are refused with all candidates when there is none of that name, and nothing is made", async () => {
    const world = quickWorld();
    const { message } = await refusal(world.lifecycle.create({ shareTypes: ["sdd"] }));
    assert.equal(
      message,
      `There is no share type "sdd" for project ${world.manila.projectId}. There are: "ssd" (${SSD}), "disk" (${DISK}). ` +
        "Check the name, or give the id.",
    );
    assert.equal(createdWith(world), undefined);
  });

  it("are refused with those that are meant when there are several, whose ids still work", async () => {
    const world = quickWorld();
    world.manila.shareTypes.push({ id: PLAIN, name: "ssd" });
    const { message } = await refusal(world.lifecycle.create({ shareTypes: ["ssd"] }));
    assert.equal(
      message,
      `There are several share types "ssd": "ssd" (${SSD}), "ssd" (${PLAIN}). Give the id of one of them.`,
    );
    await world.lifecycle.create({ shareTypes: [PLAIN] });
  });

  it("are looked for once more after the list could not be had", async () => {
    const world = quickWorld();
    world.manila.before = ({ path }) => {
      if (path === LIST.path) {
        throw new Error("not now");
      }
      return undefined;
    };
    await assert.rejects(world.lifecycle.create({ shareTypes: ["ssd"] }), /not now/);
    world.manila.before = () => undefined;
    await world.lifecycle.create({ shareTypes: ["ssd"] });
  });
});

describe("ConsistencyGroup diff of share types by name", () => {
  it("finds none whichever form each has, before and after, in any order", async () => {
    const form = (id: string, name: string): fc.Arbitrary<string> =>
      fc.constantFrom(id, id.toUpperCase(), name);
    const forms = fc.tuple(form(SSD, "ssd"), form(DISK, "disk"), fc.boolean());
    const types = forms.map(([ssd, disk, turned]) => (turned ? [disk, ssd] : [ssd, disk]));
    await fc.assert(
      fc.asyncProperty(types, types, async (before, after) => {
        const world = quickWorld();
        const { state } = await world.lifecycle.create({ shareTypes: before });
        assert.deepEqual(await world.lifecycle.diff(GROUP, state, { shareTypes: after }), NONE);
        // And whatever a refresh makes of the inputs.
        const read = await world.lifecycle.read(GROUP, state);
        assert.deepEqual(await world.lifecycle.diff(GROUP, read?.state ?? {}, { shareTypes: after }), NONE);
        assert.deepEqual(await world.lifecycle.diff(GROUP, state, read?.inputs ?? {}), NONE);
      }),
    );
  });

  it("makes no call for names that the state tells", async () => {
    const world = quickWorld();
    const { state } = await world.lifecycle.create({ shareTypes: ["ssd"] });
    world.regions.length = 0;
    assert.deepEqual(await world.lifecycle.diff(GROUP, state, { shareTypes: ["ssd"] }), NONE);
    assert.deepEqual(world.regions, []);
  });

  it("finds another type by its name", async () => {
    const { lifecycle } = quickWorld();
    const replaced = { changes: ["shareTypes"], replaces: ["shareTypes"] };
    const inputs = { name: "database", shareTypes: ["disk"] };
    assert.deepEqual(await lifecycle.diff(GROUP, recordedState(), inputs), replaced);
  });

  it("stays with the type that a name stood for when the group was made", async () => {
    const world = quickWorld();
    const { state } = await world.lifecycle.create({ shareTypes: ["ssd"] });
    world.manila.shareTypes = [{ id: PLAIN, name: "ssd" }];
    assert.deepEqual(await world.lifecycle.diff(GROUP, state, { shareTypes: ["ssd"] }), NONE);
  });

  it("gives back the names after a refresh, and the ids of types that changed by hand", async () => {
    const world = quickWorld();
    const { state } = await world.lifecycle.create({ shareTypes: ["ssd"] });
    const read = async (): Promise<unknown> => (await world.lifecycle.read(GROUP, state))?.inputs.shareTypes;
    assert.deepEqual(await read(), ["ssd"]);
    Object.assign(world.manila.groups.get(GROUP) ?? {}, { share_types: [SSD, DISK] });
    assert.deepEqual(await read(), ["ssd", DISK]);
  });
});

describe("ConsistencyGroup share group type by name", () => {
  async function created(inputs: Properties): Promise<{ world: World; state: Properties }> {
    const world = newShareGroupsWorld();
    const { state } = await world.lifecycle.create(inputs);
    return { world, state };
  }

  it("is sent as an id", async () => {
    const { world, state } = await created({ shareGroupType: "gold" });
    assert.deepEqual(createdWith(world), { share_group: { share_group_type_id: CONSISTENT } });
    assert.equal(state.shareGroupTypeId, CONSISTENT);
  });

  it("is no difference in either form, and a refresh gives back the name", async () => {
    const { world, state } = await created({ shareGroupType: "gold" });
    for (const shareGroupType of ["gold", CONSISTENT, CONSISTENT.toUpperCase(), undefined]) {
      assert.deepEqual(await world.lifecycle.diff(GROUP, state, { shareGroupType }), NONE);
    }
    const read = await world.lifecycle.read(GROUP, state);
    assert.equal(read?.inputs.shareGroupType, "gold");
    const byId = await created({ shareGroupType: CONSISTENT });
    assert.deepEqual(await byId.world.lifecycle.diff(GROUP, byId.state, { shareGroupType: "gold" }), NONE);
  });

  it("replaces the group when it is another one", async () => {
    const { world, state } = await created({ shareGroupType: "gold" });
    const diff = await world.lifecycle.diff(GROUP, state, { shareGroupType: "plain" });
    assert.deepEqual(diff, { changes: ["shareGroupType"], replaces: ["shareGroupType"] });
  });

  it("is refused with all candidates when there is none of that name", async () => {
    const { message } = await refusal(newShareGroupsWorld().lifecycle.create({ shareGroupType: "silver" }));
    assert.match(
      message,
      /^There is no share group type "silver" .* There are: "gold" \(8888.*\), "plain" \(9999.*\)\./,
    );
  });
});
