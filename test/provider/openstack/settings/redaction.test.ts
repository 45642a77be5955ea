import assert from "node:assert/strict";
import fc from "fast-check";
import {
  resolveSettings,
  secretValues,
  SettingsError,
  settings,
  type SettingsSources,
} from "../../../../provider/openstack/settings";
import { fakeSources, passwordStack } from "./fakeSources";

/** Recognisable, so that finding one in a message is no accident; some begin as YAML would have them quoted. */
const secret = fc
  .tuple(fc.constantFrom("", "*", "@", "&", "!", "{", "[", "%", "|", "\t", '"', "-----BEGIN "), fc.nat())
  .map(([start, number]) => ({ text: `${start}hidden-${number}`, mark: `hidden-${number}` }));

const plain = fc.constantFrom(
  "",
  "true",
  "perhaps",
  "2.22",
  "60s",
  "/gone.pem",
  "v3oidcpassword",
  "https://keystone",
  "a",
);

/** Settings of one source by name; an address may carry a secret too. */
const settingsOfSource = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...settings.map(({ name }) => name)), plain),
    fc.dictionary(
      fc.constantFrom(...settings.filter((row) => row.secret).map(({ name }) => name)),
      secret.map(({ text }) => text),
    ),
    fc.option(secret.map(({ text }) => `https://me:${text}@keystone`)),
  )
  .map(([plain, secrets, url]) => ({ ...plain, ...secrets, ...(url === null ? {} : { authUrl: url }) }));

const outside = fc.record({
  provider: settingsOfSource,
  stack: settingsOfSource,
  environment: settingsOfSource,
  entry: settingsOfSource,
  brokenFile: fc.option(secret.map(({ text }) => `clouds:\n  a:\n    password: ${text}\n   other: [`)),
  yaml: fc.option(secret.map(({ text }) => `clouds:\n  a:\n    auth_url: x\n    password: ${text}\n`)),
  overrides: fc.option(secret.map(({ text }) => `{sharev2: "https://me:${text}@manila"}`)),
});

function sourcesOf(
  values: typeof outside extends fc.Arbitrary<infer Value> ? Value : never,
): SettingsSources {
  const keyed = (
    source: Record<string, string>,
    keys: (row: (typeof settings)[number]) => readonly string[],
  ) =>
    Object.fromEntries(
      settings.flatMap((row) => {
        const value = source[row.name];
        return value === undefined ? [] : keys(row).map((key) => [key, value]);
      }),
    );
  const configuration: Record<string, string> = {
    ...keyed(values.provider, ({ name }) => [`provider:${name}`]),
    ...keyed(values.stack, ({ name, namespace = "openstack" }) => [`${namespace}:${name}`]),
    ...(values.overrides === null ? {} : { "openstack:endpointOverrides": values.overrides }),
  };
  const entry = JSON.stringify({ clouds: { a: keyed(values.entry, ({ cloudsYaml }) => cloudsYaml) } });
  return fakeSources({
    configuration,
    environment: keyed(values.environment, (row) => row.environment),
    files: { "/project/clouds.yaml": values.brokenFile ?? values.yaml ?? entry },
  });
}

describe("secrets", () => {
  it("show in no error, whatever the sources hold", function () {
    this.timeout("20s");
    const refused = { count: 0 };
    fc.assert(
      fc.property(outside, (values) => {
        try {
          resolveSettings(sourcesOf(values));
        } catch (error) {
          assert.ok(error instanceof SettingsError, String(error));
          refused.count += 1;
          assert.doesNotMatch(
            `${error.message} ${String(error.stack)} ${error.problems.join()}`,
            /hidden-\d/,
          );
        }
      }),
      { numRuns: 200 },
    );
    assert.ok(refused.count > 50, `only ${refused.count} runs were refused`);
  });

  const base = { ...passwordStack(), "openstack:password": "" };
  const certificate = "-----BEGIN CERTIFICATE-----";
  const privateKey = "-----BEGIN PRIVATE KEY-----";
  for (const [what, configuration, secrets] of [
    ["the password", { "openstack:password": "p" }, ["p"]],
    ["the token", { "openstack:token": "t" }, ["t"]],
    [
      "the application credential's secret",
      { "openstack:applicationCredentialId": "i", "openstack:applicationCredentialSecret": "s" },
      ["s"],
    ],
    [
      "the private key",
      { "openstack:token": "t", "openstack:cert": certificate, "openstack:key": privateKey },
      ["t", privateKey],
    ],
  ] as const) {
    it(`are known for redaction: ${what}`, () => {
      const settings = resolveSettings(fakeSources({ configuration: { ...base, ...configuration } }));
      assert.deepEqual(secretValues(settings), secrets);
    });
  }
});
