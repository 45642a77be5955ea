import assert from "node:assert/strict";
import { ApiError } from "../../../../provider/openstack/errors";
import { DISK, fault, GENERIC_404, GROUP, SNAPSHOT } from "../../consistencyGroup/fakeManila";
import { failure, refusal } from "../../failures";
import { SHARE } from "../fakeManila";
import type { WireShare } from "../fakeManila";
import { newWorld, recordedState, worldWithShare } from "./world";
import type { World } from "./world";

async function remove({ lifecycle }: World): Promise<void> {
  await lifecycle.delete(SHARE, recordedState());
}

function deletions({ manila }: World): unknown[] {
  return manila.sent.filter(({ method }) => method === "DELETE").map(({ query }) => query);
}

function became(world: World, at: number, change: Partial<WireShare>): void {
  world.clock.at(at, () => Object.assign(world.manila.stored.get(SHARE) ?? {}, change));
}

describe("Share delete", () => {
  it("comes back once the share is gone", async () => {
    const world = worldWithShare();
    await remove(world);
    assert.equal(world.manila.stored.size, 0);
    assert.ok(world.clock.now() >= 60_000);
    assert.deepEqual(deletions(world), [undefined]);
  });

  it("names the group of a member, as the API demands", async () => {
    const world = worldWithShare({ consistency_group_id: GROUP });
    await remove(world);
    assert.deepEqual(deletions(world), [{ consistency_group_id: GROUP }]);
  });

  it("is done when the share is missing already", async () => {
    const world = newWorld();
    await remove(world);
    assert.deepEqual(deletions(world), []);
  });

  it("is done when the share goes just before the deletion", async () => {
    const world = worldWithShare();
    world.manila.before = ({ method }) => {
      if (method === "DELETE") {
        world.manila.stored.clear();
      }
      return undefined;
    };
    await remove(world);
  });

  it("does not take the generic 404 for a missing share", async () => {
    const world = worldWithShare();
    world.manila.before = ({ path }) => (path.endsWith("/metadata") ? undefined : GENERIC_404);
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /^Can't read share .* 404 itemNotFound/);
  });

  it("does not take another project's share for a missing one", async () => {
    const world = newWorld();
    world.manila.projectId = "a17";
    assert.match((await refusal(remove(world))).message, /lead to project a17/);
    world.manila.before = () => fault(403, "forbidden", "Policy doesn't allow share:get to be performed.");
    assert.match((await refusal(remove(world))).message, /lead to project a17/);
  });

  for (const status of ["creating", "extending", "shrinking"]) {
    it(`waits for the end of ${status}, and deletes then`, async () => {
      const world = worldWithShare({ status });
      became(world, 20_000, { status: "available" });
      await remove(world);
      assert.equal(world.manila.stored.size, 0);
      assert.equal(deletions(world).length, 2);
    });
  }

  it("waits for a share that somebody else is deleting", async () => {
    const world = worldWithShare({ status: "deleting" });
    world.clock.at(30_000, () => {
      world.manila.stored.clear();
    });
    await remove(world);
  });
});

describe("Share delete that is refused or fails", () => {
  it("names the group snapshots that the share is in, and no others", async () => {
    const world = worldWithShare({ consistency_group_id: GROUP });
    const own = { consistency_group_id: GROUP };
    world.manila.snapshots = [
      { id: "c1", name: "nightly", ...own },
      { id: "c2", name: null, ...own },
      { id: "c3", name: "before it came", ...own },
      { id: "c4", name: "of another group", consistency_group_id: SNAPSHOT },
    ];
    for (const [id, shares] of Object.entries({ c1: [DISK, SHARE], c2: [SHARE], c3: [DISK], c4: [DISK] })) {
      world.manila.members.set(id, shares);
    }
    const { message } = await refusal(remove(world));
    const named = 'it still has group snapshot "nightly" (c1), group snapshot c2. Delete them first.';
    assert.ok(
      message.startsWith(`Share "tables" (${SHARE}) can't be deleted: ${named} Can't delete share`),
      message,
    );
  });

  it("names the snapshots of the share itself", async () => {
    const world = worldWithShare();
    world.manila.shareSnapshots = [{ id: "s1", name: "mine" }];
    const { message } = await refusal(remove(world));
    assert.match(message, /can't be deleted: it still has snapshot "mine" \(s1\)\. Delete them first\./);
  });

  it("says which status forbids it", async () => {
    const world = worldWithShare({ status: "extending_error" });
    const { message } = await refusal(remove(world));
    assert.match(
      message,
      /can't be deleted in status "extending_error"\. An administrator can reset it to error/,
    );
  });

  it("passes on a refusal that is about a role", async () => {
    const world = worldWithShare();
    world.manila.before = ({ method }) =>
      method === "DELETE" ? fault(403, "forbidden", "Policy doesn't allow share:delete.") : undefined;
    const error = await failure(remove(world), ApiError);
    assert.match(error.message, /The user lacks a role/);
  });

  it("says that the back end has failed", async () => {
    const world = worldWithShare();
    world.manila.onShareDelete = (share) => (share.status = "error_deleting");
    const { message } = await refusal(remove(world));
    assert.match(
      message,
      /could not be deleted: the back end failed, and its status is now "error_deleting"/,
    );
  });
});
