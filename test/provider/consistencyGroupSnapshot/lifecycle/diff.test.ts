import assert from "node:assert/strict";
import type { DiffResult, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { GROUP } from "../../consistencyGroup/fakeManila";
import { CGSNAPSHOT } from "../fakeManila";
import { newWorld, recordedState } from "./world";

/** The diff of the recorded snapshot against what made it, but for what the test says. */
async function diffOf(given: Properties, state: Properties = {}): Promise<DiffResult> {
  const { lifecycle, regions } = newWorld();
  const inputs = { consistencyGroupId: GROUP, name: "nightly", ...given };
  const result = lifecycle.diff(CGSNAPSHOT, recordedState(state), inputs);
  assert.deepEqual(regions, [], "it makes no call");
  return result;
}

const NONE: DiffResult = { changes: [], replaces: [] };

describe("ConsistencyGroupSnapshot diff", () => {
  it("finds none between a snapshot and the inputs that made it", async () => {
    assert.deepEqual(await diffOf({}), NONE);
    assert.deepEqual(await diffOf({ region: "RegionOne", description: "" }), NONE);
  });

  it("does not compare the case of the group's id", async () => {
    assert.deepEqual(await diffOf({ consistencyGroupId: GROUP.toUpperCase() }), NONE);
  });

  for (const [property, value] of Object.entries({
    name: "another",
    description: "before the upgrade",
    timeouts: { create: "1h" },
  })) {
    it(`changes ${property} in place`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [] });
      assert.deepEqual(await diffOf({ [property]: UNKNOWN }), { changes: [property], replaces: [] });
    });
  }

  for (const [property, value] of Object.entries({ consistencyGroupId: CGSNAPSHOT, region: "RegionTwo" })) {
    it(`replaces when ${property} changes, or may change`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [property] });
      assert.deepEqual(await diffOf({ [property]: UNKNOWN }), { changes: [property], replaces: [property] });
    });
  }

  it("clears a name or a description that is left out", async () => {
    assert.deepEqual(await diffOf({ name: undefined }), { changes: ["name"], replaces: [] });
    assert.deepEqual(await diffOf({}, { description: "old" }), { changes: ["description"], replaces: [] });
  });

  for (const status of ["creating", "deleting", "error", "error_deleting"]) {
    it(`goes on with a snapshot in status ${status} that was available once`, async () => {
      assert.deepEqual(await diffOf({}, { status }), { changes: ["status"], replaces: [] });
    });
  }

  it("replaces a snapshot whose creation has failed, and waits for one that is under way", async () => {
    const creating = { members: undefined, __creating: true };
    assert.deepEqual(await diffOf({}, { ...creating, status: "error" }), {
      changes: ["status"],
      replaces: ["status"],
    });
    assert.deepEqual(await diffOf({}, { ...creating, status: "creating" }), {
      changes: ["status"],
      replaces: [],
    });
  });
});
