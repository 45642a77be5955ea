import assert from "node:assert/strict";
import type { DiffResult, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { DISK, GROUP, NETWORK, SNAPSHOT, SSD } from "../fakeManila";
import { newWorld, recordedState } from "./world";

/** The diff of the recorded group against what it says of itself, but for what the test says. */
async function diffOf(given: Properties, state: Properties = {}): Promise<DiffResult> {
  const recorded = recordedState(state);
  const { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId } = recorded;
  const inputs = { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId, ...given };
  return await newWorld().lifecycle.diff(GROUP, recorded, inputs);
}

const NONE: DiffResult = { changes: [], replaces: [] };

describe("ConsistencyGroup diff", () => {
  it("finds none between a group and the inputs that made it", async () => {
    assert.deepEqual(await diffOf({}), NONE);
    assert.deepEqual(await diffOf({ region: "RegionOne" }), NONE);
  });

  it("makes no call", async () => {
    const { lifecycle, regions } = newWorld();
    await lifecycle.diff(GROUP, recordedState(), { name: "another" });
    assert.deepEqual(regions, []);
  });

  const inPlace: Properties = { name: "another", description: "shop", timeouts: { create: "1h" } };
  for (const [property, value] of Object.entries(inPlace)) {
    it(`changes ${property} in place`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [] });
    });
  }

  const replacing: Properties = {
    shareTypes: [DISK],
    shareNetworkId: NETWORK,
    sourceCgsnapshotId: SNAPSHOT,
    region: "RegionTwo",
  };
  for (const [property, value] of Object.entries(replacing)) {
    it(`replaces when ${property} changes`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [property] });
    });
  }

  it("tells all that changes at once", async () => {
    const { changes, replaces } = await diffOf({ ...inPlace, ...replacing });
    assert.deepEqual(new Set(changes), new Set([...Object.keys(inPlace), ...Object.keys(replacing)]));
    assert.deepEqual(new Set(replaces), new Set(Object.keys(replacing)));
  });

  it("clears a name or a description that is left out", async () => {
    const texts = { name: "database", description: "shop" };
    assert.deepEqual(await diffOf({ name: undefined }, texts), { changes: ["name"], replaces: [] });
    assert.deepEqual(await diffOf({ description: null }, texts), { changes: ["description"], replaces: [] });
  });

  it("takes an empty text for none", async () => {
    assert.deepEqual(await diffOf({ description: "" }), NONE);
    assert.deepEqual(await diffOf({ description: undefined }, { description: "" }), NONE);
  });

  it("takes timeouts that go for a change", async () => {
    assert.deepEqual(await diffOf({}, { timeouts: { create: "1h" } }), {
      changes: ["timeouts"],
      replaces: [],
    });
  });
});

describe("ConsistencyGroup diff of share types", () => {
  const two = { shareTypes: [SSD, DISK] };

  it("takes them for a set: order, repetition and case do not count", async () => {
    assert.deepEqual(await diffOf({ shareTypes: [DISK, SSD] }, two), NONE);
    assert.deepEqual(await diffOf({ shareTypes: [SSD, DISK, SSD] }, two), NONE);
    const letters = "abcdef01-2345-6789-abcd-ef0123456789";
    assert.deepEqual(await diffOf({ shareTypes: [letters.toUpperCase()] }, { shareTypes: [letters] }), NONE);
  });

  it("replaces when one comes, goes or is exchanged", async () => {
    for (const shareTypes of [[SSD], [SSD, DISK, NETWORK], [SSD, NETWORK]]) {
      assert.deepEqual(await diffOf({ shareTypes }, two), {
        changes: ["shareTypes"],
        replaces: ["shareTypes"],
      });
    }
  });

  it("does not compare the case of other ids either", async () => {
    const letters = "abcdef01-2345-6789-abcd-ef0123456789";
    for (const property of ["shareNetworkId", "sourceCgsnapshotId"]) {
      assert.deepEqual(await diffOf({ [property]: letters.toUpperCase() }, { [property]: letters }), NONE);
    }
  });
});

describe("ConsistencyGroup diff of inputs that are left out", () => {
  it("leaves to the cloud what it has chosen", async () => {
    const chosen = { shareNetworkId: NETWORK, sourceCgsnapshotId: SNAPSHOT };
    const leftOut = { shareTypes: undefined, shareNetworkId: undefined, sourceCgsnapshotId: null };
    assert.deepEqual(await diffOf(leftOut, chosen), NONE);
  });

  it("takes an empty list of share types for none", async () => {
    assert.deepEqual(await diffOf({ shareTypes: [] }), NONE);
  });
});

describe("ConsistencyGroup diff of values that a preview does not know", () => {
  it("announces the worst that they can be", async () => {
    for (const property of ["shareNetworkId", "sourceCgsnapshotId", "region"]) {
      assert.deepEqual(await diffOf({ [property]: UNKNOWN }), { changes: [property], replaces: [property] });
    }
    for (const property of ["name", "description"]) {
      assert.deepEqual(await diffOf({ [property]: UNKNOWN }), { changes: [property], replaces: [] });
    }
  });

  it("sees them inside lists and maps", async () => {
    const replaced = { changes: ["shareTypes"], replaces: ["shareTypes"] };
    assert.deepEqual(await diffOf({ shareTypes: [SSD, UNKNOWN] }), replaced);
    assert.deepEqual(await diffOf({ timeouts: { create: UNKNOWN } }), {
      changes: ["timeouts"],
      replaces: [],
    });
  });
});

describe("ConsistencyGroup diff of a group that is not available", () => {
  for (const status of ["creating", "deleting", "error", "error_deleting"]) {
    it(`goes on with a group in status ${status} that was available once`, async () => {
      assert.deepEqual(await diffOf({}, { status }), { changes: ["status"], replaces: [] });
    });
  }

  it("replaces a group whose creation has failed", async () => {
    const failed = { status: "error", __creating: true };
    assert.deepEqual(await diffOf({}, failed), { changes: ["status"], replaces: ["status"] });
  });

  it("waits for a group that is still being created", async () => {
    assert.deepEqual(await diffOf({}, { status: "creating", __creating: true }), {
      changes: ["status"],
      replaces: [],
    });
  });
});
