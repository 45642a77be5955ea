import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import {
  cloudsFile,
  fakeSources,
  passwordEntry,
  passwordEnvironment,
  passwordStack,
  settingsError,
} from "./fakeSources";

const userFile = "/home/me/.config/openstack/clouds.yaml";

/** Without what is there and undefined. */
function defined(value: object): object {
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([key, inner]) => {
      const shown = typeof inner === "object" && inner !== null ? defined(inner) : inner;
      return shown === undefined ? [] : [[key, shown]];
    }),
  );
}

describe("resolveSettings", () => {
  it("gives complete settings with the documented defaults", () => {
    const settings = resolveSettings(fakeSources({ environment: passwordEnvironment("https://keystone/") }));
    assert.deepEqual(defined(settings), {
      authUrl: "https://keystone/v3",
      auth: {
        method: "password",
        user: { name: "environment-user", domain: { id: "default" } },
        password: "environment-password",
      },
      scope: { kind: "project", name: "environment-project", domain: { id: "default" } },
      interface: "public",
      tls: { insecure: false },
      debug: false,
      requestTimeoutMilliseconds: 60_000,
      connectTimeoutMilliseconds: 10_000,
      listFreshnessMilliseconds: 5_000,
      maxRetries: 3,
      maxRequestsInFlight: 64,
    });
  });

  it("takes an explicit provider before all else", () => {
    const configuration = { ...passwordStack(), "provider:cloud": "a" };
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a"), b: passwordEntry("b") }) };
    const sources = fakeSources({ configuration, environment: passwordEnvironment(), files });
    assert.equal(resolveSettings(sources).authUrl, "https://a.example.com/v3");
  });

  it("takes the stack's own settings before OS_CLOUD", () => {
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a") }) };
    const sources = fakeSources({ configuration: passwordStack(), environment: { OS_CLOUD: "a" }, files });
    assert.equal(resolveSettings(sources).authUrl, "https://stack.example.com/v3");
  });

  it("takes the stack's cloud before OS_CLOUD", () => {
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a"), b: passwordEntry("b") }) };
    const configuration = { "openstack:cloud": "b" };
    const sources = fakeSources({ configuration, environment: { OS_CLOUD: "a" }, files });
    assert.equal(resolveSettings(sources).authUrl, "https://b.example.com/v3");
  });

  it("takes the environment before the only cloud in clouds.yaml", () => {
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a") }) };
    const sources = fakeSources({ environment: passwordEnvironment(), files });
    assert.equal(resolveSettings(sources).authUrl, "https://environment.example.com/v3");
  });

  it("takes the only cloud in clouds.yaml when nothing names one", () => {
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a") }) };
    assert.equal(resolveSettings(fakeSources({ files })).authUrl, "https://a.example.com/v3");
  });

  it("lays the region of the stack over the cloud of the environment", () => {
    const configuration = { "openstack:region": "north" };
    const environment = { ...passwordEnvironment(), OS_REGION_NAME: "south" };
    assert.equal(resolveSettings(fakeSources({ configuration, environment })).region, "north");
  });

  it("lays the arguments of a provider over the entry it names", () => {
    const configuration = {
      "provider:cloud": "a",
      "provider:tenantName": "other",
      "provider:region": "north",
    };
    const entry = passwordEntry("a", { region_name: "south", project_domain_name: "mine" });
    const sources = fakeSources({ configuration, files: { [userFile]: cloudsFile({ a: entry }) } });
    const { scope, region } = resolveSettings(sources);
    assert.deepEqual(scope, { kind: "project", name: "other", domain: { name: "mine" } });
    assert.equal(region, "north");
  });

  it("lets a project named above replace the project's id below", () => {
    const configuration = { "openstack:tenantName": "other" };
    const environment = { ...passwordEnvironment(), OS_PROJECT_ID: "8f2c" };
    const { scope } = resolveSettings(fakeSources({ configuration, environment }));
    assert.deepEqual(scope, { kind: "project", name: "other", domain: { id: "default" } });
  });

  it("lets credentials of another kind above replace those below, with their auth type", () => {
    const configuration = { "provider:cloud": "a", "provider:userName": "u", "provider:password": "p" };
    const entry = {
      auth_type: "v3applicationcredential",
      auth: { auth_url: "https://a", application_credential_id: "i", application_credential_secret: "s" },
    };
    const sources = fakeSources({ configuration, files: { [userFile]: cloudsFile({ a: entry }) } });
    assert.equal(resolveSettings(sources).auth.method, "password");
  });

  it("does not let a password above hide an unsupported auth type below", () => {
    const configuration = { "provider:cloud": "a", "provider:password": "p" };
    const sources = fakeSources({
      configuration,
      files: { [userFile]: cloudsFile({ a: passwordEntry("a", { auth_type: "v3oidcpassword" }) }) },
    });
    assert.throws(() => resolveSettings(sources), settingsError(/v3oidcpassword/));
  });

  it("puts a resource's own region over all sources", () => {
    const configuration = { ...passwordStack(), "openstack:region": "north" };
    assert.equal(resolveSettings(fakeSources({ configuration }), { region: "west" }).region, "west");
  });

  it("keeps settings of the process whichever source names the cloud", () => {
    const configuration = {
      "provider:cloud": "a",
      "manila:requestTimeout": "5s",
      "openstack:maxRetries": "7",
    };
    const files = { [userFile]: cloudsFile({ a: passwordEntry("a") }) };
    const settings = resolveSettings(fakeSources({ configuration, environment: { OS_DEBUG: "1" }, files }));
    assert.equal(settings.requestTimeoutMilliseconds, 5000);
    assert.equal(settings.maxRetries, 7);
    assert.equal(settings.debug, true);
  });

  it("counts empty values as not set", () => {
    const configuration = { "provider:cloud": "", "openstack:authUrl": "" };
    const environment = { ...passwordEnvironment(), OS_CLOUD: "", OS_PROJECT_ID: "" };
    const settings = resolveSettings(fakeSources({ configuration, environment }));
    assert.equal(settings.authUrl, "https://environment.example.com/v3");
    assert.equal(settings.scope.kind, "project");
  });

  it("says the four ways to name a cloud when none is named", () => {
    assert.throws(
      () => resolveSettings(fakeSources({})),
      settingsError(
        /new manila\.Provider/,
        /openstack:cloud/,
        /OS_CLOUD=/,
        /clouds\.yaml with a single cloud/,
      ),
    );
  });

  it("says what is set when that names no cloud", () => {
    const configuration = { "openstack:region": "north" };
    assert.throws(
      () => resolveSettings(fakeSources({ configuration, environment: { OS_USERNAME: "me" } })),
      settingsError(/openstack:region \(stack configuration\)/, /OS_USERNAME \(environment\)/),
    );
  });

  it("lists the clouds to choose from when clouds.yaml has several and none is named", () => {
    const files = { [userFile]: cloudsFile({ b: passwordEntry("b"), a: passwordEntry("a") }) };
    assert.throws(() => resolveSettings(fakeSources({ files })), settingsError(/choose one of a, b/));
  });

  it("lists all problems at once, each with its origin", () => {
    const configuration = {
      ...passwordStack(),
      "openstack:authUrl": "stack.example.com:5000",
      "openstack:endpointType": "private",
      "openstack:insecure": "perhaps",
      "openstack:token": "secret-token",
      "manila:requestTimeout": "60",
    };
    assert.throws(
      () => resolveSettings(fakeSources({ configuration })),
      settingsError(
        /named by openstack:authUrl \(stack configuration\)/,
        /- openstack:authUrl \(stack configuration\): is "stack\.example\.com:5000", must start with https:/,
        /- openstack:endpointType \(stack configuration\): is "private"/,
        /- openstack:insecure \(stack configuration\): is "perhaps"/,
        /- openstack:password .* and openstack:token .*: are different ways to log in/,
        /- manila:requestTimeout \(stack configuration\): is "60"/,
      ),
    );
  });
});
