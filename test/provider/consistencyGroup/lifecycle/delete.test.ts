import assert from "node:assert/strict";
import { ApiError, ConnectionError } from "../../../../provider/openstack/errors";
import { fault, GENERIC_404, GROUP, HOST, PROJECT } from "../fakeManila";
import type { WireGroup } from "../fakeManila";
import { failure, newWorld, recordedState, refusal } from "./world";
import type { World } from "./world";

const DELETE = `DELETE /consistency-groups/${GROUP}`;

/** A world with a group in it whose deletion takes a minute. */
function worldWithGroup(given: Partial<WireGroup> = {}): World {
  const world = newWorld();
  const { manila, clock } = world;
  manila.add(given);
  manila.onDelete = (group) => {
    group.status = "deleting";
    clock.at(clock.now() + 60_000, () => manila.groups.delete(group.id));
  };
  return world;
}

async function remove({ lifecycle }: World, state = recordedState()): Promise<void> {
  await lifecycle.delete(GROUP, state);
}

function deletions({ manila }: World): number {
  return manila.calls.filter((call) => call === DELETE).length;
}

describe("ConsistencyGroup delete", () => {
  it("comes back once the group is gone", async () => {
    const world = worldWithGroup();
    await remove(world);
    assert.equal(world.manila.groups.size, 0);
    assert.ok(world.clock.now() >= 60_000 && world.clock.now() < 71_000);
    assert.equal(deletions(world), 1);
    assert.equal(world.manila.sent[0]?.body, undefined);
  });

  it("goes to the region in which the group is recorded", async () => {
    const world = worldWithGroup();
    await remove(world, recordedState({ region: "RegionTwo" }));
    assert.deepEqual(world.regions, ["RegionTwo"]);
  });

  it("is done when the group is missing already", async () => {
    const world = newWorld();
    await remove(world);
    assert.deepEqual(world.manila.calls, [DELETE]);
  });

  it("does not take the generic 404 for a missing group", async () => {
    const world = worldWithGroup();
    world.manila.before = () => GENERIC_404;
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /^Can't delete consistency group .* 404/);
  });

  it("does not take another project's 404 for a missing group", async () => {
    const world = newWorld();
    world.manila.projectId = "a1700000000000000000000000000002";
    const error = await refusal(remove(world));
    assert.match(error.message, new RegExp(`is of project ${PROJECT}, and .* lead to project a17000`));
    assert.match(error.message, /It stays in the stack's state\. Use credentials of its own project\./);
  });

  it("waits for a group that somebody else is deleting", async () => {
    const world = worldWithGroup({ status: "deleting" });
    world.clock.at(30_000, () => world.manila.groups.delete(GROUP));
    await remove(world);
    assert.equal(world.manila.groups.size, 0);
  });

  it("is done when somebody else has deleted the group between two requests", async () => {
    const world = worldWithGroup({ status: "deleting" });
    world.manila.before = ({ method }) => {
      if (method === "GET") {
        world.manila.groups.delete(GROUP);
      }
      return undefined;
    };
    await remove(world);
  });

  it("waits for the end of a creation, and deletes then", async () => {
    const world = worldWithGroup({ status: "creating" });
    const group = world.manila.groups.get(GROUP);
    world.clock.at(20_000, () => group && (group.status = "available"));
    await remove(world);
    assert.equal(world.manila.groups.size, 0);
    assert.equal(deletions(world), 2);
  });

  it("is done when the group goes during its creation", async () => {
    const world = worldWithGroup({ status: "creating" });
    world.clock.at(20_000, () => world.manila.groups.delete(GROUP));
    await remove(world);
    assert.equal(world.manila.groups.size, 0);
  });
});

describe("ConsistencyGroup delete that is refused", () => {
  it("names the snapshots and the shares in the way", async () => {
    const world = worldWithGroup();
    const own = { consistency_group_id: GROUP };
    world.manila.shares = [
      { id: "s1", name: "tables", ...own },
      { id: "s2", name: null, ...own },
      { id: "s3", name: "others", consistency_group_id: "another" },
    ];
    world.manila.snapshots = [
      { id: "c1", name: "nightly", ...own },
      { id: "c2", name: "others", consistency_group_id: "another" },
    ];
    const error = await refusal(remove(world));
    assert.ok(
      error.message.startsWith(
        `Consistency group "database" (${GROUP}) can't be deleted: it still has 1 snapshot: "nightly" (c1) and ` +
          '2 shares: "tables" (s1), s2. Delete them first. ',
      ),
      error.message,
    );
    assert.match(
      error.message,
      /409 conflictingRequest: .*Cannot delete a consistency group with cgsnapshots/,
    );
    assert.equal(deletions(world), 1);
  });

  it("names shares alone, at once", async () => {
    const world = worldWithGroup();
    world.manila.shares = [{ id: "s1", name: "tables", consistency_group_id: GROUP }];
    const error = await refusal(remove(world));
    assert.match(error.message, /it still has 1 share: "tables" \(s1\)\. Delete them first\./);
    assert.deepEqual(world.clock.pauses, []);
  });

  it("tells the status that is in the way, and who can help", async () => {
    const world = worldWithGroup({ status: "error_deleting" });
    const error = await refusal(remove(world));
    assert.match(
      error.message,
      /can't be deleted in status "error_deleting"\. An administrator can reset it to error/,
    );
    assert.match(error.message, /409 conflictingRequest/);
    assert.deepEqual(world.clock.pauses, []);
  });

  it("tries once more when what was in the way has gone in between", async () => {
    const world = worldWithGroup();
    const conflict = fault(409, "conflictingRequest", "Cannot delete a consistency group with shares");
    world.manila.before = ({ method }) =>
      method === "DELETE" && deletions(world) === 1 ? conflict : undefined;
    await remove(world);
    assert.equal(deletions(world), 2);
    assert.equal(world.manila.groups.size, 0);
  });

  it("passes on a conflict whose reason it can't see", async () => {
    const world = worldWithGroup();
    const conflict = fault(409, "conflictingRequest", "Because of the weather");
    world.manila.before = ({ method }) => (method === "DELETE" ? conflict : undefined);
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /Because of the weather/);
  });

  it("passes on any other refusal", async () => {
    const world = worldWithGroup();
    world.manila.before = () => fault(403, "forbidden", "Policy doesn't allow it");
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /403 forbidden: Policy doesn't allow it\. The user lacks a role/);
  });
});

describe("ConsistencyGroup delete that fails", () => {
  const failed = new RegExp(
    `^Consistency group "database" \\(${GROUP}\\) could not be deleted: the back end failed, and its status is now ` +
      `"error" \\(host ${HOST}\\)\\. It stays in the state\\. The log of manila-share for host newton@alpha#pool tells why; .*tries again\\.$`,
  );

  it("tells that the back end has failed", async () => {
    const world = worldWithGroup();
    world.manila.onDelete = (group) => {
      group.status = "deleting";
      world.clock.at(5_000, () => (group.status = "error"));
    };
    assert.match((await refusal(remove(world))).message, failed);
    assert.ok(world.clock.now() < 15_000);
  });

  it("tells so at once when the back end fails at once", async () => {
    const world = worldWithGroup();
    world.manila.onDelete = (group) => (group.status = "error");
    assert.match((await refusal(remove(world))).message, failed);
    assert.ok(world.clock.now() < 100, `${world.clock.now()} ms`);
  });

  it("gives up after 10 minutes", async () => {
    const world = worldWithGroup();
    world.manila.onDelete = (group) => (group.status = "deleting");
    const error = await refusal(remove(world));
    assert.equal(world.clock.now(), 600_000);
    assert.match(
      error.message,
      /is still "deleting" after 10m .* the next "pulumi up" or "pulumi destroy" tries again/,
    );
  });

  it("gives up after its own time, for a creation and the deletion together", async () => {
    const world = worldWithGroup({ status: "creating" });
    const group = world.manila.groups.get(GROUP);
    world.clock.at(20_000, () => group && (group.status = "available"));
    const error = await refusal(remove(world, recordedState({ timeouts: { delete: "30s", create: "1h" } })));
    assert.equal(world.clock.now(), 30_000);
    assert.match(error.message, /is still "deleting" after 30s/);
  });

  it("tells of a connection that fails while it waits", async () => {
    const world = worldWithGroup();
    const lost = new ConnectionError("Can't read: the connection was cut", { sent: true, passing: true });
    world.manila.before = ({ method }) => {
      if (method === "GET") {
        throw lost;
      }
      return undefined;
    };
    await assert.rejects(remove(world), lost);
  });
});
