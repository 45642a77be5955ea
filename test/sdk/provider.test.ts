import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settings } from "../../provider/openstack/settings";
import { Provider } from "../../sdk";
import type { ProviderArgs } from "../../sdk";
import type { Registered } from "./mocks";
import { registered, valueOf } from "./mocks";

/** One of each; the compiler sees to it that none is missing. */
const all: Required<ProviderArgs> = {
  cloud: "text",
  authUrl: "text",
  userName: "text",
  userId: "text",
  password: "text",
  token: "text",
  applicationCredentialId: "text",
  applicationCredentialName: "text",
  applicationCredentialSecret: "text",
  tenantId: "text",
  tenantName: "text",
  userDomainId: "text",
  userDomainName: "text",
  projectDomainId: "text",
  projectDomainName: "text",
  domainId: "text",
  domainName: "text",
  defaultDomain: "text",
  systemScope: true,
  region: "text",
  endpointType: "text",
  endpointOverrides: { sharev2: pulumi.output("https://manila.example/v2") },
  insecure: true,
  cacertFile: "text",
  cert: "text",
  key: "text",
  microversion: "text",
  maxRetries: 5,
  requestTimeout: "text",
  connectTimeout: "text",
  listFreshness: "text",
  maxRequestsInFlight: 4,
  debug: false,
};

describe("Provider", () => {
  let resources: Registered[];

  beforeEach(async () => {
    resources = await registered();
  });

  it("takes every setting that a stack's configuration can hold, and no other", () => {
    const configurable = settings.filter(({ namespace }) => namespace !== undefined).map(({ name }) => name);
    assert.deepEqual(Object.keys(all).sort(), configurable.sort());
  });

  it("hands its arguments over as texts under keys of its own", async () => {
    await valueOf(new Provider("north", all).urn);
    const inputs = resources[0]?.inputs ?? {};
    assert.equal(inputs["provider:authUrl"], "text");
    assert.equal(inputs["provider:insecure"], "true");
    assert.equal(inputs["provider:maxRetries"], "5");
    assert.equal(inputs["provider:endpointOverrides"], '{"sharev2":"https://manila.example/v2"}');
  });

  it("keeps secret what the settings call secret", async () => {
    const secrets = [];
    for (const [key, output] of Object.entries(new Provider("north", all))) {
      if (
        key.startsWith("provider:") &&
        pulumi.Output.isInstance(output) &&
        (await pulumi.isSecret(output))
      ) {
        secrets.push(key.replace("provider:", ""));
      }
    }
    const expected = settings.filter((row) => "secret" in row).map(({ name }) => name);
    assert.deepEqual(secrets.sort(), expected.sort());
  });
});
