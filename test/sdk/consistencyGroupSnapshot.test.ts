import assert from "node:assert/strict";
import { ConsistencyGroup, ConsistencyGroupSnapshot } from "../../sdk";
import type { Registered } from "./mocks";
import { registered, valueOf } from "./mocks";

const GROUP = "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8";

describe("ConsistencyGroupSnapshot", () => {
  let resources: Registered[];

  beforeEach(async () => {
    resources = await registered();
  });

  it("is a dynamic resource whose provider is one unchanging line, and passes on what the program gives", async () => {
    const args = { consistencyGroupId: GROUP, timeouts: { create: "20m" } };
    await valueOf(new ConsistencyGroupSnapshot("nightly", args).urn);
    assert.equal(resources[0]?.type, "pulumi-nodejs:dynamic/manila:ConsistencyGroupSnapshot");
    assert.deepEqual(resources[0].inputs, {
      ...args,
      name: "nightly",
      __provider: 'exports.handler = () => require("pulumi-manila/provider").consistencyGroupSnapshot;',
    });
  });

  it("is called as the resource is, unless the program says otherwise", async () => {
    const args = { consistencyGroupId: GROUP };
    assert.equal(await valueOf(new ConsistencyGroupSnapshot("nightly", args).name), "nightly");
    assert.equal(await valueOf(new ConsistencyGroupSnapshot("n", { ...args, name: "" }).name), "");
  });

  it("is looked up by get under its id alone", async () => {
    await valueOf(ConsistencyGroupSnapshot.get("shared", "834643f7-09fb-486b-8b16-96e180466fca").urn);
    assert.equal(resources[0]?.id, "834643f7-09fb-486b-8b16-96e180466fca");
    assert.deepEqual(Object.keys(resources[0].inputs), ["__provider"]);
  });

  it("is told from other resources", () => {
    const snapshot = new ConsistencyGroupSnapshot("nightly", { consistencyGroupId: GROUP });
    assert.ok(ConsistencyGroupSnapshot.isInstance(snapshot));
    assert.ok(!ConsistencyGroup.isInstance(snapshot));
    assert.ok(!ConsistencyGroupSnapshot.isInstance(new ConsistencyGroup("database")));
    assert.ok(!ConsistencyGroupSnapshot.isInstance(undefined));
  });
});
