import assert from "node:assert/strict";
import type { Properties } from "../../../../provider/lifecycle";
import { ApiError, ConnectionError } from "../../../../provider/openstack/errors";
import { fault, GROUP, HOST } from "../fakeManila";
import type { WireGroup } from "../fakeManila";
import { failure, newShareGroupsWorld, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const FORCED = recordedState({ forceDelete: true });
const OWN = { consistency_group_id: GROUP };

/** An administrator's world with a group in it. */
function worldWithGroup(given: Partial<WireGroup> = {}, world = newWorld()): World {
  world.manila.administrator = true;
  world.manila.add(given);
  return world;
}

async function remove({ lifecycle }: World, state: Properties = FORCED): Promise<void> {
  await lifecycle.delete(GROUP, state);
}

/** The bodies of the actions that were sent. */
function actions({ manila }: World): unknown[] {
  return manila.sent.filter(({ path }) => path.endsWith("/action")).map(({ body }) => body);
}

/** What must be true after a deletion by force, and what the user was told of its reason. */
function forced(world: World, reason: RegExp): void {
  assert.equal(world.manila.groups.size, 0);
  assert.deepEqual(actions(world), [{ force_delete: null }]);
  const [warning = "", ...others] = world.lines.filter((line) => !line.startsWith("waiting for "));
  assert.deepEqual(others, []);
  assert.match(
    warning,
    new RegExp(`^warning: Consistency group "database" \\(${GROUP}\\) was deleted by force: `),
  );
  assert.match(warning, /its storage back end was not told and may still hold something of it/);
  assert.match(warning, reason);
}

describe("ConsistencyGroup delete with forceDelete", () => {
  it("deletes as ever where that works, and warns of nothing", async () => {
    const world = worldWithGroup();
    await remove(world);
    assert.deepEqual([world.manila.groups.size, actions(world), world.lines], [0, [], []]);
  });

  it("is done when the group is missing already", async () => {
    const world = newWorld();
    await remove(world);
    assert.deepEqual([actions(world), world.lines], [[], []]);
  });

  it("forces it where the status forbids a deletion", async () => {
    const world = worldWithGroup({ status: "error_deleting" });
    await remove(world);
    assert.equal(world.manila.calls[0], `DELETE /consistency-groups/${GROUP}`);
    forced(world, /can't be deleted in status "error_deleting"/);
  });

  it("forces it where the back end fails to delete", async () => {
    const world = worldWithGroup();
    world.manila.onDelete = (group) => (group.status = "error");
    await remove(world);
    forced(world, /could not be deleted: the back end failed, and its status is now "error"/);
  });

  for (const status of ["creating", "deleting"]) {
    it(`forces it where the group is still ${status} once the time is up, and not before`, async () => {
      const world = worldWithGroup({ status });
      await remove(world, { ...FORCED, timeouts: { delete: "1m" } });
      assert.equal(world.clock.now(), 60_000);
      forced(world, new RegExp(`is still "${status}" after 1m`));
    });
  }

  it("forces it where Manila gives no reason that can be seen", async () => {
    const world = worldWithGroup();
    const conflict = fault(409, "conflictingRequest", "Because of the weather");
    world.manila.before = ({ method }) => (method === "DELETE" ? conflict : undefined);
    await remove(world);
    forced(world, /409 conflictingRequest: Because of the weather/);
  });

  it("is done where the group is gone when force is asked for again after a lost reply", async () => {
    const world = worldWithGroup({ status: "error_deleting" });
    world.manila.before = ({ path }) => {
      if (path.endsWith("/action")) {
        world.manila.groups.delete(GROUP);
      }
      return undefined;
    };
    await remove(world);
    forced(world, /can't be deleted in status "error_deleting"/);
  });

  it("does the same with share groups, under their names", async () => {
    const world = worldWithGroup({ status: "error_deleting" }, newShareGroupsWorld());
    await remove(world);
    forced(world, /"error_deleting"/);
    assert.ok(world.manila.calls.includes(`POST /share-groups/${GROUP}/action`));
  });

  for (const microversion of ["2.4", "2.6"]) {
    it(`says so as Manila wants it at ${microversion}`, async () => {
      const world = worldWithGroup({ status: "error_deleting" });
      world.manila.microversion = microversion;
      await remove(world);
      assert.deepEqual(actions(world), [{ "os-force_delete": null }]);
    });
  }
});

describe("ConsistencyGroup delete with forceDelete that is refused", () => {
  it("leaves the group where shares or snapshots would be orphaned, and names them", async () => {
    const world = worldWithGroup({ status: "error_deleting" });
    world.manila.shares = [{ id: "s1", name: "tables", ...OWN }];
    world.manila.snapshots = [{ id: "c1", name: "nightly", ...OWN }];
    const { message } = await refusal(remove(world));
    assert.match(
      message,
      /is not deleted by force, since that would orphan 1 snapshot: "nightly" \(c1\) and 1 share: "tables" \(s1\)\./,
    );
    assert.match(message, /Delete them first\. .* in status "error_deleting"/);
    assert.deepEqual([actions(world), world.lines, world.manila.groups.size], [[], [], 1]);
  });

  it("sees what a group of another project holds as well", async () => {
    for (const world of [newWorld(), newShareGroupsWorld()]) {
      const elsewhere = { project_id: "a17" };
      worldWithGroup({ status: "error_deleting", ...elsewhere }, world);
      world.manila.shares = [{ id: "s1", name: "tables", ...OWN, ...elsewhere }];
      const { message } = await refusal(remove(world));
      assert.match(message, /would orphan 1 share: "tables" \(s1\)/);
      assert.equal(world.manila.groups.size, 1);
    }
  });

  it("asks for shares and snapshots first to be deleted where they alone are in the way", async () => {
    const world = worldWithGroup();
    world.manila.shares = [{ id: "s1", name: "tables", ...OWN }];
    const { message } = await refusal(remove(world));
    assert.match(message, /can't be deleted: it still has 1 share: "tables" \(s1\)\. Delete them first\./);
    assert.deepEqual(actions(world), []);
  });

  const policies: [string, World][] = [
    ["consistency_group:force_delete", newWorld()],
    ["share_group:force_delete", newShareGroupsWorld()],
  ];
  for (const [policy, world] of policies) {
    it(`tells a plain user that it takes the policy ${policy}, and what for`, async () => {
      worldWithGroup({ status: "error_deleting" }, world);
      world.manila.administrator = false;
      const { message } = await failure(remove(world), ApiError);
      assert.match(
        message,
        new RegExp(`^Can't force-delete consistency group ${GROUP}: POST .* 403 forbidden: .*${policy}`),
      );
      assert.match(message, /\(Force was needed: .* can't be deleted in status "error_deleting"/);
      assert.equal(world.manila.sent.at(-1)?.policy, policy, "of which ManilaService tells");
      assert.deepEqual([world.lines, world.manila.groups.size], [[], 1]);
    });
  }

  it("forces nothing where Manila can't be reached, or forbids the deletion itself", async () => {
    const world = worldWithGroup();
    world.manila.before = () => {
      throw new ConnectionError("The connection was cut", { sent: true, passing: true });
    };
    await failure(remove(world), ConnectionError);
    world.manila.before = () => fault(403, "forbidden", "Policy doesn't allow it");
    await failure(remove(world), ApiError);
    assert.deepEqual(actions(world), []);
  });

  it("forces nothing of which the program does not say so", async () => {
    const world = worldWithGroup({ status: "error_deleting", host: HOST });
    await refusal(remove(world, recordedState()));
    await refusal(remove(world, recordedState({ forceDelete: false })));
    assert.deepEqual(actions(world), []);
  });
});

describe("ConsistencyGroup forceDelete as an input", () => {
  it("changes in place, without a call", async () => {
    const { lifecycle, regions } = newWorld();
    const inputs = { name: "database", forceDelete: true };
    const diff = await lifecycle.diff(GROUP, recordedState(), inputs);
    assert.deepEqual(diff, { changes: ["forceDelete"], replaces: [] });
    assert.deepEqual(await lifecycle.update(GROUP, recordedState(), inputs), FORCED);
    assert.deepEqual(regions, []);
  });
});
