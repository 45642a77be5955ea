import assert from "node:assert/strict";
import type { CheckFailure, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { GROUP, NETWORK, SNAPSHOT, SSD } from "../../consistencyGroup/fakeManila";
import { MEMBER } from "../fakeManila";
import { DECLARED, newWorld } from "./world";

function failuresOf(inputs: Properties): CheckFailure[] {
  return newWorld().lifecycle.check(inputs).failures;
}

/** The properties at fault, each once. */
function atFault(inputs: Properties): Set<string> {
  return new Set(failuresOf(inputs).map(({ property }) => property));
}

const COPY = { consistencyGroupId: GROUP, sourceCgsnapshotMemberId: MEMBER };

describe("Share check", () => {
  it("passes what the API takes, gives the inputs back as they are, and makes no call", () => {
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
    assert.deepEqual(lifecycle.check(inputs), { inputs, failures: [] });
    assert.deepEqual(regions, []);
  });

  it("tells all problems at once, each by its name", () => {
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
    assert.deepEqual(atFault(inputs), new Set(Object.keys(inputs)));
  });

  for (const size of [0, -1, 1.5, "2", Infinity]) {
    it(`refuses a size of ${JSON.stringify(size)} (${typeof size})`, () => {
      assert.deepEqual(atFault({ ...DECLARED, size }), new Set(["size"]));
    });
  }

  it("says which of the metadata Manila would refuse", () => {
    const reasons = (metadata: object): string[] =>
      failuresOf({ ...DECLARED, metadata }).map(({ property, reason }) => `${property}: ${reason}`);
    assert.deepEqual(reasons({ team: "" }), ["metadata: metadata.team must be 1 to 1023 characters long"]);
    assert.deepEqual(reasons({ team: "x".repeat(1024) }), [
      "metadata: metadata.team must be 1 to 1023 characters long",
    ]);
    assert.match(reasons({ "": "x" }).join(), /must have keys of 1 to 255 characters/);
    assert.match(reasons({ ["k".repeat(256)]: "x" }).join(), /must have keys of 1 to 255 characters/);
    assert.match(reasons({ team: "🚀" }).join(), /metadata\.team must not contain emoji/);
    assert.match(reasons({ team: 7 }).join(), /metadata\.team .*expected string/);
  });

  it("wants a protocol, and a size unless the share starts from something", () => {
    assert.deepEqual(atFault({}), new Set(["shareProtocol", "size"]));
    assert.deepEqual(atFault({ shareProtocol: "NFS", snapshotId: SNAPSHOT }), new Set());
    assert.deepEqual(atFault(COPY), new Set());
  });

  it("wants the group of a copy, and no snapshot beside it", () => {
    assert.deepEqual(atFault({ sourceCgsnapshotMemberId: MEMBER }), new Set(["consistencyGroupId"]));
    assert.deepEqual(atFault({ ...COPY, snapshotId: SNAPSHOT }), new Set(["snapshotId"]));
  });

  it("lets values pass that a preview does not know", () => {
    const inputs = { shareProtocol: UNKNOWN, size: UNKNOWN, metadata: { team: UNKNOWN }, timeouts: UNKNOWN };
    assert.deepEqual(newWorld().lifecycle.check(inputs), { inputs, failures: [] });
    const copy = { consistencyGroupId: UNKNOWN, sourceCgsnapshotMemberId: UNKNOWN };
    assert.deepEqual(failuresOf(copy), []);
  });
});
