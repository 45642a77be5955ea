import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConsistencyGroupSnapshotStatusReset, ConsistencyGroupStatusReset } from "../../sdk";
import type { Registered } from "./mocks";
import { registered, valueOf } from "./mocks";

const ID = "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8";
const OF_GROUP = { consistencyGroupId: ID, status: "available" };
const OF_SNAPSHOT = { consistencyGroupSnapshotId: ID, status: "error" };

describe("ConsistencyGroupStatusReset and ConsistencyGroupSnapshotStatusReset", () => {
  let resources: Registered[];

  beforeEach(async () => {
    resources = await registered();
  });

  it("are dynamic resources whose providers are one unchanging line each, and have no names of their own", async () => {
    await valueOf(new ConsistencyGroupStatusReset("repaired", OF_GROUP).urn);
    await valueOf(new ConsistencyGroupSnapshotStatusReset("repaired", OF_SNAPSHOT).urn);
    const handler = 'exports.handler = () => require("pulumi-manila/provider")';
    assert.deepEqual(resources, [
      {
        type: "pulumi-nodejs:dynamic/manila:ConsistencyGroupStatusReset",
        id: "",
        inputs: { ...OF_GROUP, __provider: `${handler}.consistencyGroupStatusReset;` },
      },
      {
        type: "pulumi-nodejs:dynamic/manila:ConsistencyGroupSnapshotStatusReset",
        id: "",
        inputs: { ...OF_SNAPSHOT, __provider: `${handler}.consistencyGroupSnapshotStatusReset;` },
      },
    ]);
  });

  it("take triggers of any kind, outputs among them", async () => {
    const triggers = ["outage", pulumi.output(7), { list: [pulumi.output("deep")] }];
    const reset = new ConsistencyGroupStatusReset("repaired", { ...OF_GROUP, triggers });
    assert.deepEqual(await valueOf(reset.triggers), ["outage", 7, { list: ["deep"] }]);
  });

  it("are told from each other", () => {
    const ofGroup = new ConsistencyGroupStatusReset("repaired", OF_GROUP);
    const ofSnapshot = new ConsistencyGroupSnapshotStatusReset("repaired", OF_SNAPSHOT);
    assert.ok(ConsistencyGroupStatusReset.isInstance(ofGroup));
    assert.ok(!ConsistencyGroupStatusReset.isInstance(ofSnapshot));
    assert.ok(ConsistencyGroupSnapshotStatusReset.isInstance(ofSnapshot));
    assert.ok(!ConsistencyGroupSnapshotStatusReset.isInstance(ofGroup));
  });
});
