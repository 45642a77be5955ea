import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ConnectionError } from "../../../../provider/openstack/errors";
import { DISK, GROUP, PROJECT, SNAPSHOT } from "../../consistencyGroup/fakeManila";
import { incomplete, refusal } from "../../failures";
import { SHARE } from "../fakeManila";
import { DECLARED, newWorld, recordedState, worldWithShare } from "./world";
import type { World } from "./world";

const INPUTS: Properties = { ...DECLARED, importId: SHARE };

/** What has changed something on the cloud. */
function changes({ manila }: World): string[] {
  return manila.calls.filter((call) => !call.startsWith("GET "));
}

describe("Share adoption", () => {
  it("takes over the share with its paths, and makes and changes nothing", async () => {
    const world = worldWithShare();
    const { id, state } = await world.lifecycle.create({ name: "tables", importId: SHARE });
    assert.equal(id, SHARE);
    const __defaults = ["shareProtocol", "shareTypeId", "availabilityZone", "region", "size"];
    assert.deepEqual(state, recordedState({ __defaults }));
    assert.deepEqual(changes(world), []);
  });

  it("makes it what the program says, its size included", async () => {
    const world = worldWithShare({ name: "by hand", metadata: { team: "sales" } });
    const inputs = { ...INPUTS, name: "shop", size: 5, metadata: { team: "shop" }, isPublic: true };
    const { state } = await world.lifecycle.create(inputs);
    assert.deepEqual(
      [state.name, state.size, state.metadata, state.isPublic],
      ["shop", 5, { team: "shop" }, true],
    );
    const path = `/shares/${SHARE}`;
    assert.deepEqual(changes(world), [`PUT ${path}`, `PUT ${path}/metadata`, `POST ${path}/action`]);
  });

  it("takes over a member of a group, which the program may name or not", async () => {
    for (const consistencyGroupId of [GROUP, undefined]) {
      const world = worldWithShare({ consistency_group_id: GROUP });
      const { state } = await world.lifecycle.create({ ...INPUTS, consistencyGroupId });
      assert.equal(state.consistencyGroupId, GROUP);
      assert.deepEqual(changes(world), []);
    }
  });

  it("is no difference afterwards, neither with the id nor without it, and replaces the share with another's", async () => {
    const { lifecycle } = worldWithShare();
    const { state } = await lifecycle.create(INPUTS);
    const diff = async (importId?: string): Promise<unknown> =>
      await lifecycle.diff(SHARE, state, { ...DECLARED, importId });
    assert.deepEqual(await diff(SHARE), { changes: [], replaces: [] });
    assert.deepEqual(await diff(), { changes: [], replaces: [] });
    assert.deepEqual(await diff(SNAPSHOT), { changes: ["importId"], replaces: ["importId"] });
  });

  it("says that there is no such share", async () => {
    const { message } = await refusal(newWorld().lifecycle.create(INPUTS));
    assert.match(
      message,
      new RegExp(`^There is no share ${SHARE} in project ${PROJECT} .* the input importId`),
    );
  });

  it("is refused of a public share of another project, which is not the program's", async () => {
    const world = worldWithShare({ is_public: true, project_id: "a17" });
    const { message } = await refusal(world.lifecycle.create(INPUTS));
    assert.match(
      message,
      /is of project a17, and the cloud settings lead to project de3.* its own project\.$/,
    );
    assert.deepEqual(changes(world), []);
  });

  it("is refused where what can't be changed differs, and names both values", async () => {
    const world = worldWithShare();
    const wanted = { shareProtocol: "CIFS", shareTypeId: DISK, consistencyGroupId: GROUP, name: "shop" };
    const { message } = await refusal(world.lifecycle.create({ ...INPUTS, ...wanted }));
    assert.match(message, /has shareProtocol "NFS", not "CIFS", shareTypeId "2222.*", not "3333.*", /);
    assert.match(message, new RegExp(`consistencyGroupId none, not "${GROUP}"`));
    assert.deepEqual(changes(world), []);
  });

  it("is refused to a second resource, and outlives a replacement by itself", async () => {
    const { lifecycle, manila } = worldWithShare();
    const { state } = await lifecycle.create(INPUTS);
    await lifecycle.delete(SHARE, state);
    assert.equal(manila.stored.get(SHARE)?.status, "available");
    assert.match((await refusal(lifecycle.create(INPUTS))).message, /can't be taken over twice/);
  });

  it("keeps the id of one in error, and never has it replaced for that", async () => {
    const { lifecycle } = worldWithShare({ status: "error" });
    const { id, state } = await incomplete(lifecycle.create(INPUTS));
    assert.deepEqual([id, state.status, state.__creating], [SHARE, "error", undefined]);
    assert.deepEqual((await lifecycle.diff(SHARE, state, INPUTS)).replaces, []);
  });

  it("keeps the id when it fails on the way", async () => {
    const { lifecycle, manila } = worldWithShare();
    manila.before = ({ method }) => {
      if (method === "PUT") {
        throw new ConnectionError("cut", { sent: true, passing: true });
      }
      return undefined;
    };
    const { id } = await incomplete(lifecycle.create({ ...INPUTS, name: "shop" }));
    assert.equal(id, SHARE);
  });
});
