import assert from "node:assert/strict";
import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError } from "../../../../provider/openstack/errors";
import { UNKNOWN } from "../../../../provider/unknown";
import { DISK, fault, GROUP, HOST, NETWORK, PROJECT, SNAPSHOT, SSD } from "../fakeManila";
import type { WireGroup } from "../fakeManila";
import { failure, incomplete, newShareGroupsWorld, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const OTHER = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

/** A world with a group in it that somebody has made by hand. */
function worldWithGroup(given: Partial<WireGroup> = {}): World {
  const world = newWorld();
  world.manila.add(given);
  return world;
}

/** What has changed something on the cloud. */
function changes({ manila }: World): string[] {
  return manila.calls.filter((call) => !call.startsWith("GET "));
}

async function adopt({ lifecycle }: World, inputs: Properties = {}): Promise<Properties> {
  const { id, state } = await lifecycle.create({ name: "database", importId: GROUP, ...inputs });
  assert.equal(id, GROUP);
  return state;
}

describe("ConsistencyGroup adoption", () => {
  it("takes over the group as it is, and makes and changes nothing", async () => {
    const world = worldWithGroup();
    assert.deepEqual(await adopt(world, { shareTypes: [SSD] }), recordedState({ __defaults: ["region"] }));
    assert.deepEqual(changes(world), []);
  });

  it("leaves to the cloud what the program does not say", async () => {
    const state = await adopt(worldWithGroup({ share_network_id: NETWORK, source_cgsnapshot_id: SNAPSHOT }));
    assert.deepEqual(state.__defaults, ["shareTypes", "shareNetworkId", "sourceCgsnapshotId", "region"]);
  });

  it("brings name and description to what the program says, in one request", async () => {
    const world = worldWithGroup({ name: "made by hand", description: "mine" });
    const state = await adopt(world, { name: "shop" });
    assert.deepEqual([state.name, state.description], ["shop", undefined]);
    assert.deepEqual(changes(world), [`PUT /consistency-groups/${GROUP}`]);
    const put = world.manila.sent.find(({ method }) => method === "PUT");
    assert.deepEqual(put?.body, { consistency_group: { name: "shop", description: null } });
  });

  it("finds no difference afterwards, whatever the group and however much of it the program says", async () => {
    const group = fc.record({
      name: fc.option(fc.string({ maxLength: 20 })),
      description: fc.option(fc.string({ maxLength: 20 })),
      share_types: fc.uniqueArray(fc.constantFrom(SSD, DISK), { minLength: 1 }),
      share_network_id: fc.constantFrom(null, NETWORK),
      source_cgsnapshot_id: fc.constantFrom(null, SNAPSHOT),
    });
    const said = fc.subarray(["name", "description", "shareTypes", "shareNetworkId", "sourceCgsnapshotId"]);
    await fc.assert(
      fc.asyncProperty(group, said, async (given, properties) => {
        const world = worldWithGroup(given);
        const { inputs: all } = (await world.lifecycle.read(GROUP, {})) ?? { inputs: {} };
        const inputs = Object.fromEntries(Object.entries(all).filter(([name]) => properties.includes(name)));
        const { state } = await world.lifecycle.create({ ...inputs, importId: GROUP });
        for (const importId of [GROUP, undefined]) {
          const diff = await world.lifecycle.diff(GROUP, state, { ...inputs, importId });
          assert.deepEqual(diff, { changes: [], replaces: [] });
        }
        assert.ok(!changes(world).includes("POST /consistency-groups"));
      }),
    );
  });

  it("finds the group whatever the case of the id, and in the region that the program says", async () => {
    const letters = "abcdef01-2345-6789-abcd-ef0123456789";
    const world = worldWithGroup({ id: letters });
    const { id } = await world.lifecycle.create({ importId: letters.toUpperCase(), region: "RegionTwo" });
    assert.equal(id, letters);
    assert.deepEqual(world.regions, ["RegionTwo"]);
  });

  it("waits for one that is still being created", async () => {
    const world = worldWithGroup({ status: "creating" });
    const group = world.manila.groups.get(GROUP);
    world.clock.at(60_000, () => group && (group.status = "available"));
    assert.equal((await adopt(world)).status, "available");
  });

  it("works for a share group, of which the program need not know the type", async () => {
    const world = newShareGroupsWorld();
    world.manila.add({ share_group_type_id: null, availability_zone: "nova" });
    const state = await adopt(world, { name: "shop" });
    assert.deepEqual(
      [state.name, state.availabilityZone, state.shareGroupTypeId],
      ["shop", "nova", undefined],
    );
    assert.deepEqual(changes(world), [`PUT /share-groups/${GROUP}`]);
  });
});

describe("ConsistencyGroup adoption that is refused", () => {
  it("says that there is no such group", async () => {
    const world = newWorld();
    const { message } = await refusal(adopt(world));
    assert.equal(
      message,
      `There is no consistency group ${GROUP} in project ${PROJECT} of region RegionOne. Check the input importId, and ` +
        "the project and the region that the cloud settings lead to.",
    );
    assert.deepEqual(changes(world), []);
  });

  it("says so of a group of another project, which an administrator sees", async () => {
    const world = worldWithGroup({ project_id: "a17" });
    const { message } = await refusal(adopt(world, { name: "shop" }));
    assert.equal(
      message,
      `The consistency group "database" (${GROUP}) is of project a17, and the cloud settings lead to project ` +
        `${PROJECT}. Take it over with credentials of its own project.`,
    );
    assert.deepEqual(changes(world), []);
  });

  it("names both values of each input that differs and can't be changed", async () => {
    const world = worldWithGroup();
    const wanted = { shareTypes: [DISK], shareNetworkId: NETWORK, sourceCgsnapshotId: SNAPSHOT };
    const { message } = await refusal(adopt(world, { ...wanted, name: "shop" }));
    assert.equal(
      message,
      `The consistency group "database" (${GROUP}) is there already, and has shareTypes ["${SSD}"], not ["${DISK}"], ` +
        `shareNetworkId none, not "${NETWORK}", sourceCgsnapshotId none, not "${SNAPSHOT}". That can't be changed: give ` +
        "it what it has, or leave it out. Without importId another one is made.",
    );
    assert.deepEqual(changes(world), [], "not even the name is changed");
  });

  it("names a type and a zone of share groups that differ", async () => {
    const world = newShareGroupsWorld();
    world.manila.add({ share_group_type_id: DISK, availability_zone: "north" });
    const { message } = await refusal(adopt(world, { shareGroupType: SSD, availabilityZone: "south" }));
    assert.match(
      message,
      new RegExp(`has shareGroupType "${DISK}", not "${SSD}", availabilityZone "north", not`),
    );
  });

  it("lets only one resource stand for a group", async () => {
    const world = worldWithGroup();
    const both = await Promise.allSettled([adopt(world), adopt(world, { name: "other" })]);
    const [refused, ...others] = both.flatMap((each) =>
      each.status === "rejected" ? [String(each.reason)] : [],
    );
    assert.deepEqual(others, []);
    assert.match(
      refused ?? "",
      /can't be taken over twice: another resource of this program stands for it already/,
    );
  });

  it("records nothing when Manila refuses the name", async () => {
    const world = worldWithGroup();
    world.manila.before = ({ method }) => (method === "PUT" ? fault(403, "forbidden", "No.") : undefined);
    const { message } = await failure(adopt(world, { name: "shop" }), ApiError);
    assert.match(message, /^Can't update consistency group .* 403 forbidden: No\./);
  });
});

describe("ConsistencyGroup adoption of a group that is not well", () => {
  it("keeps the id of one in error, and never has it replaced for that", async () => {
    const world = worldWithGroup({ status: "error" });
    const { id, state, message } = await incomplete(adopt(world));
    assert.deepEqual([id, state.status, state.__creating], [GROUP, "error", undefined]);
    assert.match(
      message,
      /is in status "error" .* Once an administrator has repaired it and reset its status/,
    );
    const diff = await world.lifecycle.diff(GROUP, state, { name: "database", importId: GROUP });
    assert.deepEqual(diff, { changes: ["status"], replaces: [] });
  });

  it("keeps the id of one whose creation takes longer than the program waits", async () => {
    const world = worldWithGroup({ status: "creating" });
    const { id, message } = await incomplete(adopt(world, { timeouts: { create: "1m" } }));
    assert.equal(id, GROUP);
    assert.match(message, /is still "creating" after 1m/);
  });
});

describe("ConsistencyGroup importId once it is adopted", () => {
  async function diffOf(importId: string | undefined): Promise<unknown> {
    return await newWorld().lifecycle.diff(GROUP, recordedState(), { name: "database", importId });
  }

  it("is no difference when it goes, and none of a group that was made", async () => {
    assert.deepEqual(await diffOf(undefined), { changes: [], replaces: [] });
    assert.deepEqual(await diffOf(GROUP), { changes: [], replaces: [] });
    assert.deepEqual(await diffOf(GROUP.toUpperCase()), { changes: [], replaces: [] });
  });

  it("replaces the group when it is another one's, or may be", async () => {
    assert.deepEqual(await diffOf(OTHER), { changes: ["importId"], replaces: ["importId"] });
    assert.deepEqual(await diffOf(UNKNOWN), { changes: ["importId"], replaces: ["importId"] });
  });

  it("deletes the former group when it becomes another one's", async () => {
    const world = worldWithGroup();
    world.manila.add({ id: OTHER });
    const former = await adopt(world);
    // Another operation is another process.
    const next = worldWithGroup();
    next.manila.add({ id: OTHER });
    await next.lifecycle.create({ name: "database", importId: OTHER });
    await next.lifecycle.delete(GROUP, former);
    assert.deepEqual([...next.manila.groups.keys()], [OTHER]);
  });

  it('keeps the group when "pulumi up --replace" takes it over again', async () => {
    const world = worldWithGroup();
    const state = recordedState({ host: HOST });
    await adopt(world);
    await world.lifecycle.delete(GROUP, state);
    assert.deepEqual(changes(world), []);
    assert.equal(world.manila.groups.size, 1);
  });

  it("lets a later operation delete the group as any other", async () => {
    const state = await adopt(worldWithGroup());
    const later = worldWithGroup();
    await later.lifecycle.delete(GROUP, state);
    assert.equal(later.manila.groups.size, 0);
  });

  it("must be an id", async () => {
    const { failures } = await newWorld().lifecycle.check({ importId: "database" }, {});
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["importId"],
    );
  });
});
