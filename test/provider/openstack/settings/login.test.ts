import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { fakeSources, settingsError } from "./fakeSources";

const resolve = (environment: Record<string, string>) =>
  resolveSettings(fakeSources({ environment: { OS_AUTH_URL: "https://keystone", ...environment } }));

const password = { OS_USERNAME: "me", OS_PASSWORD: "hidden-password" };
const applicationCredential = {
  OS_APPLICATION_CREDENTIAL_ID: "i",
  OS_APPLICATION_CREDENTIAL_SECRET: "hidden-secret",
};

describe("credentials", () => {
  it("are a password, of a user by id", () => {
    const { auth } = resolve({ ...password, OS_USER_ID: "u" });
    assert.deepEqual(auth, { method: "password", user: { id: "u" }, password: "hidden-password" });
  });

  it("are an application credential by id, whatever project is set", () => {
    const { auth, scope } = resolve({ ...applicationCredential, OS_USERNAME: "me", OS_PROJECT_NAME: "p" });
    assert.deepEqual(auth, { method: "applicationCredential", id: "i", secret: "hidden-secret" });
    assert.deepEqual(scope, { kind: "none" });
  });

  it("are an application credential by name, with its user", () => {
    const { auth } = resolve({
      OS_APPLICATION_CREDENTIAL_NAME: "n",
      OS_APPLICATION_CREDENTIAL_SECRET: "s",
      OS_USERNAME: "me",
      OS_USER_DOMAIN_ID: "d",
    });
    const user = { name: "me", domain: { id: "d" } };
    assert.deepEqual(auth, { method: "applicationCredential", name: "n", user, secret: "s" });
  });

  for (const variable of ["OS_TOKEN", "OS_AUTH_TOKEN"]) {
    it(`are a token in ${variable}`, () => {
      assert.deepEqual(resolve({ [variable]: "t" }).auth, { method: "token", token: "t" });
    });
  }

  for (const [authType, method] of [
    ["password", "password"],
    ["v3password", "password"],
    ["token", "token"],
    ["v3token", "token"],
    ["v3applicationcredential", "applicationCredential"],
  ] as const) {
    it(`are chosen by the auth type ${authType} when there are several`, () => {
      const environment = { ...password, ...applicationCredential, OS_TOKEN: "t", OS_AUTH_TYPE: authType };
      assert.equal(resolve(environment).auth.method, method);
    });
  }

  for (const authType of ["v3oidcpassword", "v2password", "v3multifactor"]) {
    it(`are refused by name when the auth type is ${authType}`, () => {
      assert.throws(
        () => resolve({ ...password, OS_AUTH_TYPE: authType }),
        settingsError(/OS_AUTH_TYPE \(environment\): is "/, new RegExp(authType), /v3applicationcredential/),
      );
    });
  }

  it("are refused when there are two kinds, with the origins of both", () => {
    assert.throws(
      () => resolve({ ...password, ...applicationCredential }),
      settingsError(
        /OS_PASSWORD \(environment\) and OS_APPLICATION_CREDENTIAL_SECRET \(environment\): are different ways/,
        /^(?![^]*hidden-)/,
      ),
    );
  });

  it("are refused with all that is missing when there are none", () => {
    assert.throws(
      () => resolve({}),
      settingsError(
        /userName \(openstack:userName, OS_USERNAME, .*missing/,
        /password \(openstack:password.*missing/,
      ),
    );
  });

  it("are not taken from a source after the one that names the cloud, and the refusal says so", () => {
    const configuration = { "openstack:authUrl": "https://keystone", "openstack:userName": "me" };
    assert.throws(
      () => resolveSettings(fakeSources({ configuration, environment: password })),
      settingsError(
        /password \(.*missing.* OS_PASSWORD \(environment\) is set but not used/,
        /^(?![^]*hidden-password)/,
      ),
    );
  });

  it("are refused when an application credential lacks its secret or its id", () => {
    assert.throws(
      () => resolve({ OS_APPLICATION_CREDENTIAL_ID: "i" }),
      settingsError(/OS_APPLICATION_CREDENTIAL_SECRET.*missing/),
    );
    assert.throws(
      () => resolve({ OS_APPLICATION_CREDENTIAL_SECRET: "s" }),
      settingsError(/OS_APPLICATION_CREDENTIAL_ID.*missing/),
    );
  });
});

describe("domain of a user or project named without an id", () => {
  const named = { ...password, OS_PROJECT_NAME: "p" };
  const domains = (environment: Record<string, string>) => {
    const { auth, scope } = resolve({ ...named, ...environment });
    assert.ok(
      auth.method === "password" && "name" in auth.user && scope.kind === "project" && "name" in scope,
    );
    return { user: auth.user.domain, project: scope.domain };
  };

  it("is its own, the id before the name", () => {
    const environment = { OS_USER_DOMAIN_ID: "u", OS_USER_DOMAIN_NAME: "U", OS_PROJECT_DOMAIN_NAME: "P" };
    assert.deepEqual(domains(environment), { user: { id: "u" }, project: { name: "P" } });
  });

  it("is else the one given for both", () => {
    const environment = { OS_DOMAIN_NAME: "both", OS_USER_DOMAIN_ID: "u" };
    assert.deepEqual(domains(environment), { user: { id: "u" }, project: { name: "both" } });
  });

  it("is else OS_DEFAULT_DOMAIN", () => {
    assert.deepEqual(domains({ OS_DEFAULT_DOMAIN: "d" }), { user: { id: "d" }, project: { id: "d" } });
  });

  it("is else default", () => {
    assert.deepEqual(domains({}), { user: { id: "default" }, project: { id: "default" } });
  });
});
