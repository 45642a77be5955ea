import assert from "node:assert/strict";
import { z } from "zod";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { ShareApi } from "../../provider/share/api";
import { Stack } from "../engine/stack";

const PARTS = ["configuration", "logs", "tables"];

const pathsOutput = z.record(z.string(), z.string());

for (const generation of ["consistencyGroups", "shareGroups"] as const) {
  describe(`The example of a restored database on a cloud with ${generation}`, function () {
    this.timeout("5m");
    let emulator: Emulator;
    let stack: Stack;

    before(async () => {
      emulator = await startEmulator({ generation, delayMilliseconds: 300 });
      stack = await Stack.ofExample("restore", emulator.environment());
    });

    after(async () => {
      await emulator.stop();
      await stack.remove();
    });

    /** What was sent since the last look, in order: the method and the resources' kind. */
    function sent(method: string): string[] {
      const paths = emulator.requests
        .list()
        .filter((each) => each.method === method && each.path.startsWith("/v2/"))
        .map(({ path }) => path.split("/")[3] ?? "");
      emulator.requests.reset();
      return paths.map((path) => KINDS[path] ?? path);
    }

    async function pathsOf(output: string): Promise<Record<string, string>> {
      return pathsOutput.parse(JSON.parse(await stack.succeed("stack", "output", output, "--json")));
    }

    it("is made in one up, in the right order, and nothing is made twice", async () => {
      await stack.up();
      const made = sent("POST");
      assert.deepEqual(made, ["group", "share", "share", "share", "snapshot", "group"]);
      const [original, restored] = [await pathsOf("databasePaths"), await pathsOf("restoredPaths")];
      assert.deepEqual(Object.keys(original).sort(), PARTS);
      assert.deepEqual(Object.keys(restored).sort(), PARTS);
      assert.equal(new Set([...Object.values(original), ...Object.values(restored)]).size, 2 * PARTS.length);
    });

    it("has each copy stand for the copy of its original", async () => {
      const { outputs: snapshot } = await stack.resource("before-upgrade");
      const members = z.array(z.object({ id: z.string(), shareId: z.string() })).parse(snapshot.members);
      for (const part of PARTS) {
        const { id } = await stack.resource(part);
        const { outputs } = await stack.resource(`restored-${part}`);
        const { shareId } = members.find((each) => each.id === outputs.sourceCgsnapshotMemberId) ?? {};
        assert.equal(shareId, id);
      }
    });

    it("needs nothing more afterwards", async () => {
      emulator.requests.reset();
      assert.match(await stack.up(), /10 unchanged/);
      assert.equal(emulator.requests.count(), 0);
    });

    it("is destroyed in the right order, and nothing is left on the cloud", async () => {
      await stack.destroy();
      const deleted = sent("DELETE");
      assert.deepEqual(deleted, [
        ...["share", "share", "share", "group", "snapshot"],
        ...["share", "share", "share", "group"],
      ]);
      const manila = await cloudOf(emulator).manila();
      assert.deepEqual(await new ConsistencyGroupApi(manila).list(), []);
      assert.deepEqual(await new ConsistencyGroupSnapshotApi(manila).list(), []);
      assert.deepEqual(await new ShareApi(manila).list(), []);
    });
  });
}

/** What the collections of either generation hold. */
const KINDS: Record<string, string> = {
  "consistency-groups": "group",
  "share-groups": "group",
  cgsnapshots: "snapshot",
  "share-group-snapshots": "snapshot",
  shares: "share",
};
