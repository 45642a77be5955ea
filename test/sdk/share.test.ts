import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Share } from "../../sdk";
import type { Registered } from "./mocks";
import { registered, valueOf } from "./mocks";

const TABLES = { shareProtocol: "NFS", size: 100 };

describe("Share", () => {
  let resources: Registered[];

  beforeEach(async () => {
    resources = await registered();
  });

  it("is a dynamic resource whose provider is one unchanging line", async () => {
    await valueOf(new Share("tables", TABLES).urn);
    assert.equal(resources[0]?.type, "pulumi-nodejs:dynamic/manila:Share");
    assert.equal(
      resources[0].inputs.__provider,
      'exports.handler = () => require("pulumi-manila/provider").share;',
    );
  });

  it("is called as the resource is, unless the program says otherwise", async () => {
    assert.equal(await valueOf(new Share("tables", TABLES).name), "tables");
    assert.equal(await valueOf(new Share("logs", { ...TABLES, name: "shop-logs" }).name), "shop-logs");
    assert.equal(await valueOf(new Share("empty", { ...TABLES, name: "" }).name), "");
  });

  it("passes on what the program gives, and nothing else", async () => {
    const consistencyGroupId = pulumi.output("6208610d-b1a4-4e4a-9d0e-47fe7e9583b8");
    const metadata = { team: pulumi.output("shop") };
    await valueOf(new Share("tables", { ...TABLES, consistencyGroupId, metadata, isPublic: false }).urn);
    const { __provider, ...inputs } = resources[0]?.inputs ?? {};
    assert.deepEqual(inputs, {
      name: "tables",
      ...TABLES,
      consistencyGroupId: "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8",
      metadata: { team: "shop" },
      isPublic: false,
    });
  });

  it("is looked up by get under its id alone", async () => {
    await valueOf(Share.get("tables", "cbfa7c79-bfac-43cf-894b-be5a2b1023fc", { region: "north" }).urn);
    assert.equal(resources[0]?.id, "cbfa7c79-bfac-43cf-894b-be5a2b1023fc");
    assert.equal(resources[0].inputs.name, undefined, "the resource's name is not taken for the share's");
    assert.equal(resources[0].inputs.region, "north");
  });

  it("is told from other resources", () => {
    assert.ok(Share.isInstance(new Share("tables", TABLES)));
    assert.ok(!Share.isInstance(new pulumi.ComponentResource("test:index:Other", "other")));
    assert.ok(!Share.isInstance(undefined));
  });
});
