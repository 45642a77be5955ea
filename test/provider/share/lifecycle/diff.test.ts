import assert from "node:assert/strict";
import type { DiffResult, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { DISK, GROUP, NETWORK, SNAPSHOT, SSD } from "../../consistencyGroup/fakeManila";
import { MEMBER, SHARE } from "../fakeManila";
import { DECLARED, newWorld, recordedState } from "./world";

async function diffOf(given: Properties, state: Properties = {}): Promise<DiffResult> {
  return await newWorld().lifecycle.diff(SHARE, recordedState(state), { ...DECLARED, ...given });
}

const NONE: DiffResult = { changes: [], replaces: [] };

describe("Share diff", () => {
  it("finds none between a share and the inputs that made it", async () => {
    assert.deepEqual(await diffOf({}), NONE);
    const same = {
      shareProtocol: "nfs",
      description: "",
      shareTypeId: SSD.toUpperCase(),
      availabilityZone: "nova",
      metadata: {},
      isPublic: false,
      region: "RegionOne",
    };
    assert.deepEqual(await diffOf(same), NONE);
  });

  const inPlace: Properties = {
    name: "another",
    description: "shop",
    size: 3,
    metadata: { team: "shop" },
    isPublic: true,
    timeouts: { create: "1h" },
  };
  for (const [property, value] of Object.entries(inPlace)) {
    it(`changes ${property} in place`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [] });
    });
  }

  it("shrinks in place too", async () => {
    assert.deepEqual(await diffOf({ size: 1 }), { changes: ["size"], replaces: [] });
  });

  const replacing: Properties = {
    shareProtocol: "CIFS",
    shareTypeId: DISK,
    shareNetworkId: NETWORK,
    availabilityZone: "north",
    consistencyGroupId: GROUP,
    snapshotId: SNAPSHOT,
    sourceCgsnapshotMemberId: MEMBER,
    region: "RegionTwo",
  };
  for (const [property, value] of Object.entries(replacing)) {
    it(`replaces when ${property} changes`, async () => {
      assert.deepEqual(await diffOf({ [property]: value }), { changes: [property], replaces: [property] });
    });

    it(`announces a replacement as long as ${property} is not known`, async () => {
      assert.deepEqual(await diffOf({ [property]: UNKNOWN }), { changes: [property], replaces: [property] });
    });

    it(`leaves ${property} to the cloud when the program does`, async () => {
      assert.deepEqual((await diffOf({ [property]: undefined }, { [property]: value })).replaces, []);
    });
  }

  it("takes away texts, metadata and publicity that the program leaves out, and keeps the size", async () => {
    const state = { description: "shop", metadata: { team: "shop" }, isPublic: true };
    const { changes, replaces } = await diffOf({ size: undefined }, state);
    assert.deepEqual(new Set(changes), new Set(Object.keys(state)));
    assert.deepEqual(replaces, []);
  });

  it("never replaces a copy by itself", async () => {
    const copy = { consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };
    assert.deepEqual(await diffOf({ ...copy, shareProtocol: "CIFS" }, copy), {
      changes: ["shareProtocol"],
      replaces: [],
    });
    assert.deepEqual((await diffOf({ ...copy, sourceCgsnapshotMemberId: SNAPSHOT }, copy)).replaces, [
      "sourceCgsnapshotMemberId",
    ]);
    assert.deepEqual((await diffOf({ ...copy, consistencyGroupId: SNAPSHOT }, copy)).replaces, [
      "consistencyGroupId",
    ]);
  });

  it("goes on with a share that is not available, and replaces one that has never been", async () => {
    assert.deepEqual(await diffOf({}, { status: "extending" }), { changes: ["status"], replaces: [] });
    assert.deepEqual(await diffOf({}, { status: "error" }), { changes: ["status"], replaces: [] });
    assert.deepEqual((await diffOf({}, { status: "error", __creating: true })).replaces, ["status"]);
    assert.deepEqual((await diffOf({}, { status: "creating", __creating: true })).replaces, []);
  });
});
