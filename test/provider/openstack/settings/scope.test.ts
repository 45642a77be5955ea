import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { fakeSources, settingsError } from "./fakeSources";

const login = { OS_AUTH_URL: "https://keystone", OS_USER_ID: "u", OS_PASSWORD: "p" };
const scope = (environment: Record<string, string>) =>
  resolveSettings(fakeSources({ environment: { ...login, ...environment } })).scope;

describe("scope", () => {
  it("is a project by id, also when its name is set too", () => {
    assert.deepEqual(scope({ OS_PROJECT_ID: "i", OS_PROJECT_NAME: "n" }), { kind: "project", id: "i" });
  });

  it("is a domain when there is no project", () => {
    assert.deepEqual(scope({ OS_DOMAIN_ID: "d" }), { kind: "domain", domain: { id: "d" } });
    assert.deepEqual(scope({ OS_DOMAIN_NAME: "D" }), { kind: "domain", domain: { name: "D" } });
  });

  for (const value of ["all", "true"]) {
    it(`is the system when OS_SYSTEM_SCOPE is ${value}`, () => {
      assert.deepEqual(scope({ OS_SYSTEM_SCOPE: value }), { kind: "system" });
    });
  }

  it("is a trust", () => {
    assert.deepEqual(scope({ OS_TRUST_ID: "t" }), { kind: "trust", id: "t" });
  });

  it("is left to Keystone when nothing is set", () => {
    assert.deepEqual(scope({ OS_SYSTEM_SCOPE: "false" }), { kind: "none" });
  });

  for (const [one, two] of [
    ["OS_PROJECT_NAME", "OS_TRUST_ID"],
    ["OS_PROJECT_ID", "OS_SYSTEM_SCOPE"],
    ["OS_DOMAIN_NAME", "OS_TRUST_ID"],
    ["OS_DOMAIN_ID", "OS_SYSTEM_SCOPE"],
    ["OS_TRUST_ID", "OS_SYSTEM_SCOPE"],
  ] as const) {
    it(`is refused when it is both ${one} and ${two}`, () => {
      assert.throws(
        () => scope({ [one]: "all", [two]: "all" }),
        settingsError(
          new RegExp(`${one} .environment. and ${two} .environment.: are different things to log in to`),
        ),
      );
    });
  }

  it("is refused beside an application credential when it is a trust or the system", () => {
    const environment = { OS_APPLICATION_CREDENTIAL_ID: "i", OS_APPLICATION_CREDENTIAL_SECRET: "s" };
    const both = { ...environment, OS_PASSWORD: "", OS_TRUST_ID: "t", OS_SYSTEM_SCOPE: "all" };
    assert.throws(
      () => scope(both),
      settingsError(/OS_TRUST_ID .*application credential/, /OS_SYSTEM_SCOPE .*application credential/),
    );
  });

  it("is refused when OS_SYSTEM_SCOPE is no system", () => {
    assert.throws(() => scope({ OS_SYSTEM_SCOPE: "some" }), settingsError(/OS_SYSTEM_SCOPE .*is "some"/));
  });
});
