import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { cloudsFile, fakeSources, passwordEntry, passwordEnvironment, settingsError } from "./fakeSources";

const userFile = "/home/me/.config/openstack/clouds.yaml";

describe("environment", () => {
  it("reads OS_* as openstack's openrc files write them", () => {
    const settings = resolveSettings(
      fakeSources({
        environment: {
          ...passwordEnvironment("https://keystone:5000/v3"),
          OS_PROJECT_ID: "8f2c",
          OS_USER_DOMAIN_NAME: "Default",
          OS_PROJECT_DOMAIN_ID: "default",
          OS_REGION_NAME: "north",
          OS_INTERFACE: "admin",
          OS_SHARE_API_VERSION: "2.60",
          OS_SHARED_FILE_SYSTEM_ENDPOINT_OVERRIDE: "https://manila/v2",
          OS_IDENTITY_API_VERSION: "3",
        },
      }),
    );
    assert.deepEqual(settings.scope, { kind: "project", id: "8f2c" });
    assert.equal(settings.region, "north");
    assert.equal(settings.interface, "admin");
    assert.equal(settings.microversion, "2.60");
    assert.equal(settings.endpointOverride, "https://manila/v2");
  });

  it("reads the old names of projects and interfaces, the new ones first", () => {
    const old = { OS_TENANT_ID: "old", OS_ENDPOINT_TYPE: "internal" };
    const environment = { ...passwordEnvironment(), ...old };
    const settings = resolveSettings(fakeSources({ environment }));
    assert.deepEqual(settings.scope, { kind: "project", id: "old" });
    assert.equal(settings.interface, "internal");
    const both = resolveSettings(fakeSources({ environment: { ...environment, OS_PROJECT_ID: "new" } }));
    assert.deepEqual(both.scope, { kind: "project", id: "new" });
  });

  it("does not lay OS_* over the entry of OS_CLOUD", () => {
    const environment = { ...passwordEnvironment(), OS_CLOUD: "a", OS_REGION_NAME: "north" };
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a"), b: passwordEntry("b") }) };
    const settings = resolveSettings(fakeSources({ environment, files }));
    assert.equal(settings.authUrl, "https://a.example.com/v3");
    assert.equal(settings.region, undefined);
    assert.doesNotMatch(JSON.stringify(settings), /environment/);
  });

  it("does not lay OS_* without OS_AUTH_URL over the only cloud in clouds.yaml", () => {
    const environment = { OS_USERNAME: "environment-user", OS_PROJECT_ID: "8f2c" };
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a") }) };
    const settings = resolveSettings(fakeSources({ environment, files }));
    assert.doesNotMatch(JSON.stringify(settings), /environment|8f2c/);
  });

  it("says which variable a problem comes from", () => {
    const environment = { ...passwordEnvironment(), OS_INSECURE: "perhaps", OS_SHARE_API_VERSION: "latest" };
    assert.throws(
      () => resolveSettings(fakeSources({ environment })),
      settingsError(
        /OS_INSECURE \(environment\): is "perhaps"/,
        /OS_SHARE_API_VERSION \(environment\): is "latest"/,
      ),
    );
  });
});
