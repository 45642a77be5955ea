import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConsistencyGroup } from "../../sdk";
import type { Registered } from "./mocks";
import { registered, valueOf } from "./mocks";

describe("ConsistencyGroup", () => {
  let resources: Registered[];

  beforeEach(async () => {
    resources = await registered();
  });

  it("is a dynamic resource whose provider is one unchanging line", async () => {
    await valueOf(new ConsistencyGroup("database").urn);
    assert.equal(resources[0]?.type, "pulumi-nodejs:dynamic/manila:ConsistencyGroup");
    assert.equal(
      resources[0].inputs.__provider,
      'exports.handler = () => require("pulumi-manila/provider").consistencyGroup;',
    );
  });

  it("is called as the resource is, unless the program says otherwise", async () => {
    assert.equal(await valueOf(new ConsistencyGroup("database").name), "database");
    assert.equal(await valueOf(new ConsistencyGroup("logs", { name: "shop-logs" }).name), "shop-logs");
    assert.equal(await valueOf(new ConsistencyGroup("empty", { name: "" }).name), "");
  });

  it("passes on what the program gives, and nothing else", async () => {
    const shareTypes = pulumi.output(["7c22b22d-9738-4ece-ada9-292618616425"]);
    await valueOf(new ConsistencyGroup("database", { shareTypes, timeouts: { create: "20m" } }).urn);
    const { __provider, ...inputs } = resources[0]?.inputs ?? {};
    assert.deepEqual(inputs, {
      name: "database",
      shareTypes: ["7c22b22d-9738-4ece-ada9-292618616425"],
      timeouts: { create: "20m" },
    });
  });

  it("is looked up by get under its id alone", async () => {
    const group = ConsistencyGroup.get("shared", "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8", { region: "north" });
    await valueOf(group.urn);
    assert.equal(resources[0]?.id, "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8");
    assert.equal(resources[0].inputs.name, undefined, "the resource's name is not taken for the group's");
    assert.equal(resources[0].inputs.region, "north");
  });

  it("says that it can't be imported, before the engine fails over it", () => {
    assert.throws(() => new ConsistencyGroup("database", {}, { import: "6208610d" }), {
      message:
        /^database: Pulumi can't import a resource of this kind .* does not ask dynamic providers for it\. Take/,
    });
  });

  it("is told from other resources", () => {
    assert.ok(ConsistencyGroup.isInstance(new ConsistencyGroup("database")));
    assert.ok(!ConsistencyGroup.isInstance(new pulumi.ComponentResource("test:index:Other", "other")));
    assert.ok(!ConsistencyGroup.isInstance(undefined));
  });
});
