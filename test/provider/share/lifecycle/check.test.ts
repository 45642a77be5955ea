import assert from "node:assert/strict";
import type { CheckFailure, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { GROUP, NETWORK, SNAPSHOT, SSD } from "../../consistencyGroup/fakeManila";
import { MEMBER, SHARE } from "../fakeManila";
import { DECLARED, newWorld } from "./world";

async function failuresOf(inputs: Properties): Promise<CheckFailure[]> {
  return (await newWorld().lifecycle.check(inputs, {})).failures;
}

/** The properties at fault, each once. */
async function atFault(inputs: Properties): Promise<Set<string>> {
  return new Set((await failuresOf(inputs)).map(({ property }) => property));
}

const COPY = { consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };

describe("Share check", () => {
  it("passes what the API takes, gives the inputs back as they are, and makes no call", async () => {
    const { lifecycle, regions } = newWorld();
    const inputs = {
      ...DECLARED,
      shareProtocol: "cephfs",
      description: "",
      shareTypeId: SSD.toUpperCase(),
      shareNetworkId: NETWORK,
      availabilityZone: "nova",
      metadata: { team: "größe", ["k".repeat(255)]: "v".repeat(1023) },
      isPublic: true,
      consistencyGroupId: GROUP,
      region: "RegionTwo",
      timeouts: { create: "90s" },
    };
    assert.deepEqual(await lifecycle.check(inputs, {}), { inputs, failures: [] });
    assert.deepEqual(regions, []);
  });

  it("tells all problems at once, each by its name", async () => {
    const inputs = {
      name: "🚀",
      description: "x".repeat(256),
      shareProtocol: "N F S",
      size: 1.5,
      shareTypeId: "ssd",
      shareNetworkId: "lan",
      availabilityZone: "",
      metadata: { team: "" },
      isPublic: "yes",
      consistencyGroupId: "database",
      snapshotId: "yesterday",
      region: "",
      timeouts: { create: "soon" },
      colour: "blue",
    };
    assert.deepEqual(await atFault(inputs), new Set(Object.keys(inputs)));
  });

  for (const size of [0, -1, 1.5, "2", Infinity]) {
    it(`refuses a size of ${JSON.stringify(size)} (${typeof size})`, async () => {
      assert.deepEqual(await atFault({ ...DECLARED, size }), new Set(["size"]));
    });
  }

  it("says which of the metadata Manila would refuse", async () => {
    const reasons = async (metadata: object): Promise<string[]> =>
      (await failuresOf({ ...DECLARED, metadata })).map(({ property, reason }) => `${property}: ${reason}`);
    assert.deepEqual(await reasons({ team: "" }), [
      "metadata: metadata.team must be 1 to 1023 characters long",
    ]);
    assert.deepEqual(await reasons({ team: "x".repeat(1024) }), [
      "metadata: metadata.team must be 1 to 1023 characters long",
    ]);
    assert.match((await reasons({ "": "x" })).join(), /must have keys of 1 to 255 characters/);
    assert.match((await reasons({ ["k".repeat(256)]: "x" })).join(), /must have keys of 1 to 255 characters/);
    assert.match((await reasons({ team: "🚀" })).join(), /metadata\.team must not contain emoji/);
    assert.match((await reasons({ team: 7 })).join(), /metadata\.team .*expected string/);
  });

  it("wants a protocol and a size, unless the share starts from something or is there already", async () => {
    assert.deepEqual(await atFault({}), new Set(["shareProtocol", "size"]));
    assert.deepEqual(await atFault({ shareProtocol: "NFS", snapshotId: SNAPSHOT }), new Set());
    assert.deepEqual(await atFault(COPY), new Set());
    assert.deepEqual(await atFault({ importId: SHARE }), new Set());
  });

  it("wants the group of a copy, and no snapshot beside it", async () => {
    assert.deepEqual(await atFault({ sourceCgsnapshotMemberId: MEMBER }), new Set(["consistencyGroupId"]));
    assert.deepEqual(await atFault({ ...COPY, snapshotId: SNAPSHOT }), new Set(["snapshotId"]));
  });

  it("lets values pass that a preview does not know", async () => {
    const inputs = { shareProtocol: UNKNOWN, size: UNKNOWN, metadata: { team: UNKNOWN }, timeouts: UNKNOWN };
    assert.deepEqual(await newWorld().lifecycle.check(inputs, {}), { inputs, failures: [] });
    const copy = { consistencyGroupId: UNKNOWN, sourceCgsnapshotMemberId: UNKNOWN };
    assert.deepEqual(await failuresOf(copy), []);
  });
});
