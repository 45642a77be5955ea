import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { cloudsFile, fakeSources, type Outside, passwordEntry, settingsError } from "./fakeSources";

const folder = "/home/me/.config/openstack";

/** Resolves the entry `a`, with these files in the user's folder. */
function resolve(files: Record<string, string>, outside: Outside = {}, region?: string) {
  const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
  return resolveSettings(fakeSources({ environment: { OS_CLOUD: "a" }, files: placed, ...outside }), {
    region,
  });
}

describe("clouds.yaml", () => {
  it("takes settings under auth: and beside it, with - or _", () => {
    const { auth, scope } = resolve({
      "clouds.yaml": `
clouds:
  a:
    auth: { auth_url: https://a, username: me, user-domain-name: mine }
    password: hidden
    project-id: 8f2c
`,
    });
    const user = { name: "me", domain: { name: "mine" } };
    assert.deepEqual(auth, { method: "password", user, password: "hidden" });
    assert.deepEqual(scope, { kind: "project", id: "8f2c" });
  });

  it("keeps values the text they are", () => {
    const { auth, microversion, scope } = resolve({
      "clouds.yaml": `
clouds:
  a:
    auth: { auth_url: https://a, user_id: 0123, password: 1e3, project_id: no }
    shared_file_system_api_version: 2.20
`,
    });
    assert.deepEqual(auth, { method: "password", user: { id: "0123" }, password: "1e3" });
    assert.deepEqual(scope, { kind: "project", id: "no" });
    assert.equal(microversion, "2.20");
  });

  it("counts empty values and null as not set", () => {
    const entry = passwordEntry("a", { region_name: null, cacert: "" });
    assert.equal(resolve({ "clouds.json": cloudsFile({ a: entry }) }).region, undefined);
  });

  it("understands anchors and merge keys", () => {
    const { auth } = resolve({
      "clouds.yaml": `
shared: &shared { auth_url: https://a, user_id: u }
clouds:
  a: { auth: { <<: *shared, password: p } }
`,
    });
    assert.equal(auth.method, "password");
  });

  it("reads endpoint, interface, certificates' check and microversion", () => {
    const settings = resolve({
      "clouds.yaml": cloudsFile({
        a: passwordEntry("a", {
          endpoint_type: "internalURL",
          verify: false,
          sharev2_endpoint_override: "https://manila/v2",
          shared_file_system_default_microversion: "2.22",
          shared_file_system_api_version: 2,
        }),
      }),
    });
    assert.equal(settings.interface, "internal");
    assert.equal(settings.tls.insecure, true);
    assert.equal(settings.endpointOverride, "https://manila/v2");
    assert.equal(settings.microversion, "2.22");
  });

  it("merges secure.yaml over it, setting by setting", () => {
    const { auth } = resolve({
      "clouds.yaml": cloudsFile({
        a: { auth: { auth_url: "https://a", username: "me", user_domain_id: "d" } },
      }),
      "secure.yaml": cloudsFile({ a: { auth: { password: "from-secure" } } }),
    });
    const user = { name: "me", domain: { id: "d" } };
    assert.deepEqual(auth, { method: "password", user, password: "from-secure" });
  });

  it("joins an application credential's id with its secret from secure.yaml", () => {
    const { auth } = resolve({
      "clouds.yaml": cloudsFile({
        a: {
          auth_type: "v3applicationcredential",
          auth: { auth_url: "https://a", application_credential_id: "i" },
        },
      }),
      "secure.yaml": cloudsFile({ a: { auth: { application_credential_secret: "s" } } }),
    });
    assert.deepEqual(auth, { method: "applicationCredential", id: "i", secret: "s" });
  });

  for (const key of ["profile", "cloud"]) {
    it(`puts the clouds-public.yaml entry of ${key} beneath`, () => {
      const settings = resolve({
        "clouds.yaml": cloudsFile({
          a: { [key]: "public", interface: "admin", auth: { user_id: "u", password: "p" } },
        }),
        "clouds-public.yaml": JSON.stringify({
          "public-clouds": {
            public: { interface: "internal", region_name: "r", auth: { auth_url: "https://public" } },
          },
        }),
      });
      assert.equal(settings.authUrl, "https://public/v3");
      assert.equal(settings.interface, "admin");
      assert.equal(settings.region, "r");
    });
  }

  it("refuses a profile that does not exist, and says where it looked", () => {
    assert.throws(
      () => resolve({ "clouds.yaml": cloudsFile({ a: passwordEntry("a", { profile: "gone" }) }) }),
      settingsError(
        /profile of clouds\.yaml entry "a"/,
        /no profile "gone"/,
        /clouds-public\.yaml, \.yml or \.json in/,
      ),
    );
  });

  const regions = [
    "one",
    { name: "two", values: { interface: "internal", auth: { project_name: "second" } } },
  ];

  it("takes the first of its regions", () => {
    const settings = resolve({ "clouds.yaml": cloudsFile({ a: passwordEntry("a", { regions }) }) });
    assert.equal(settings.region, "one");
    assert.equal(settings.interface, "public");
  });

  it("lays the values of the region over the entry", () => {
    const settings = resolve(
      { "clouds.yaml": cloudsFile({ a: passwordEntry("a", { regions }) }) },
      {},
      "two",
    );
    assert.equal(settings.region, "two");
    assert.equal(settings.interface, "internal");
    assert.deepEqual(settings.scope, { kind: "project", name: "second", domain: { id: "default" } });
  });

  it("takes the region of region_name out of its regions", () => {
    const entry = passwordEntry("a", { regions, region_name: "two" });
    assert.equal(resolve({ "clouds.yaml": cloudsFile({ a: entry }) }).interface, "internal");
  });

  it("lists its regions when the one asked for is none of them", () => {
    assert.throws(
      () => resolve({ "clouds.yaml": cloudsFile({ a: passwordEntry("a", { regions }) }) }, {}, "three"),
      settingsError(/region \(input of the resource\): .*"three"/, /one, two/),
    );
  });

  it("puts the region into an address that asks for it", () => {
    const entry = { auth: { auth_url: "https://{region_name}.example.com", user_id: "u", password: "p" } };
    const settings = resolve({ "clouds.yaml": cloudsFile({ a: { ...entry, region_name: "north" } }) });
    assert.equal(settings.authUrl, "https://north.example.com/v3");
  });

  it("lists the clouds there are, and no secrets, when the one named does not exist", () => {
    const files = { "clouds.yaml": cloudsFile({ c: passwordEntry("c"), b: passwordEntry("b") }) };
    assert.throws(
      () => resolve(files),
      settingsError(/OS_CLOUD \(environment\): .*"a"/, /Choose one of b, c/, /^(?![^]*-password)/),
    );
  });

  it("says where a value comes from", () => {
    const files = {
      "clouds.yaml": cloudsFile({ a: passwordEntry("a", { interface: "private" }) }),
      "secure.yml": cloudsFile({ a: { verify: "perhaps" } }),
    };
    assert.throws(
      () => resolve(files),
      settingsError(
        new RegExp(`interface of clouds.yaml entry "a" in ${folder}/clouds.yaml: is "private"`),
        new RegExp(`verify of secure.yaml entry "a" in ${folder}/secure.yml: is "perhaps"`),
      ),
    );
  });

  it("says which setting is a list or a mapping where text is wanted", () => {
    const files = {
      "clouds.yaml": cloudsFile({ a: passwordEntry("a", { interface: ["public"], cert: {} }) }),
    };
    assert.throws(
      () => resolve(files),
      settingsError(/interface of .*must be text/, /cert of .*must be text/),
    );
  });

  it("says which entry is malformed, and leaves the others usable", () => {
    const files = { "clouds.yaml": cloudsFile({ a: passwordEntry("a"), b: { auth: "hidden-password" } }) };
    assert.equal(resolve(files).authUrl, "https://a.example.com/v3");
    assert.throws(
      () => resolve(files, { environment: { OS_CLOUD: "b" } }),
      settingsError(/auth of clouds\.yaml entry "b" in .*: /, /^(?![^]*hidden-password)/),
    );
  });

  it("does not read any file when OS_* name the cloud", () => {
    const environment = { OS_AUTH_URL: "https://k", OS_USER_ID: "u", OS_PASSWORD: "p" };
    assert.equal(resolve({ "clouds.yaml": "[" }, { environment }).authUrl, "https://k/v3");
  });
});
