import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { fakeSources, passwordStack, settingsError } from "./fakeSources";

const resolve = (configuration: Record<string, string>) =>
  resolveSettings(fakeSources({ configuration: { ...passwordStack(), ...configuration } }));

describe("stack configuration", () => {
  it("understands a stack set up for @pulumi/openstack", () => {
    const settings = resolve({
      "openstack:authUrl": "https://keystone:5000/v3/",
      "openstack:userDomainName": "users",
      "openstack:projectDomainId": "p1",
      "openstack:region": "north",
      "openstack:endpointType": "internalURL",
      "openstack:insecure": "true",
      "openstack:maxRetries": "0",
      "openstack:allowReauth": "false",
      "openstack:delayedAuth": "true",
    });
    assert.equal(settings.authUrl, "https://keystone:5000/v3");
    assert.deepEqual(settings.auth, {
      method: "password",
      user: { name: "stack-user", domain: { name: "users" } },
      password: "stack-password",
    });
    assert.deepEqual(settings.scope, { kind: "project", name: "stack-project", domain: { id: "p1" } });
    assert.equal(settings.region, "north");
    assert.equal(settings.interface, "internal");
    assert.equal(settings.tls.insecure, true);
    assert.equal(settings.maxRetries, 0);
  });

  for (const service of ["sharev2", "shared-file-system"]) {
    it(`takes Manila's address from endpointOverrides under ${service}`, () => {
      const overrides = JSON.stringify({ compute: "https://nova/v2", [service]: "https://manila/v2/" });
      assert.equal(
        resolve({ "openstack:endpointOverrides": overrides }).endpointOverride,
        "https://manila/v2",
      );
    });
  }

  it("leaves the catalog alone when endpointOverrides is about other services", () => {
    const overrides = JSON.stringify({ compute: "https://nova/v2" });
    assert.equal(resolve({ "openstack:endpointOverrides": overrides }).endpointOverride, undefined);
  });

  it("leaves the catalog alone when endpointOverrides names Manila's service type", () => {
    const overrides = JSON.stringify({ sharev2: "shared-file-system" });
    assert.equal(resolve({ "openstack:endpointOverrides": overrides }).endpointOverride, undefined);
  });

  for (const [flaw, text] of [
    ["no JSON", "{sharev2: https://me:hidden-password@manila}"],
    ["JSON map", '["hidden-password"]'],
    ["user name or password", '{"sharev2": "https://me:hidden-password@manila"}'],
    ["must start with https", '{"sharev2": "me:hidden-password@manila"}'],
  ] as const) {
    it(`refuses endpointOverrides (${flaw}) without showing them`, () => {
      assert.throws(
        () => resolve({ "openstack:endpointOverrides": text }),
        settingsError(new RegExp(`openstack:endpointOverrides .*${flaw}`), /^(?![^]*hidden-password)/),
      );
    });
  }

  it("reads our own settings", () => {
    const settings = resolve({
      "manila:microversion": "2.22",
      "manila:debug": "true",
      "manila:requestTimeout": "1.5m",
      "manila:connectTimeout": "500ms",
      "manila:maxRequestsInFlight": "2",
    });
    assert.equal(settings.microversion, "2.22");
    assert.equal(settings.debug, true);
    assert.equal(settings.requestTimeoutMilliseconds, 90_000);
    assert.equal(settings.connectTimeoutMilliseconds, 500);
    assert.equal(settings.maxRequestsInFlight, 2);
  });
});

describe("explicit provider", () => {
  it("takes the names of @pulumi/openstack and our own settings as arguments", () => {
    const configuration = {
      "provider:authUrl": "https://keystone",
      "provider:applicationCredentialId": "i",
      "provider:applicationCredentialSecret": "s",
      "provider:endpointOverrides": '{"sharev2":"https://manila"}',
      "provider:microversion": "2.4",
      "provider:insecure": "false",
    };
    const settings = resolveSettings(fakeSources({ configuration }));
    assert.deepEqual(settings.auth, { method: "applicationCredential", id: "i", secret: "s" });
    assert.equal(settings.endpointOverride, "https://manila");
    assert.equal(settings.microversion, "2.4");
  });
});
