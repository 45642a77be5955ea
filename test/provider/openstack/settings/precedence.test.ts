import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { cloudsFile, fakeSources, passwordEntry, settingsError } from "./fakeSources";

const userFile = "/home/me/.config/openstack/clouds.yaml";

describe("resolveSettings, whatever the sources hold", () => {
  const extras = fc.record({ region: fc.boolean(), domain: fc.boolean(), interface: fc.boolean() });
  const layer = fc.record({ names: fc.constantFrom("url", "cloud", "nothing"), extras });
  interface Layer {
    names: string;
    extras: { region: boolean; domain: boolean; interface: boolean };
  }

  /** The settings of one source, every value marked with the source's name. */
  function marked(source: string, { names, extras }: Layer): Record<string, string> {
    return {
      ...(names === "url" ? { authUrl: `https://${source}.example.com` } : {}),
      ...(names === "cloud" ? { cloud: `${source}-entry` } : {}),
      ...(names === "url" ? { userName: `${source}-user`, password: `${source}-password` } : {}),
      ...(names === "url" ? { tenantName: `${source}-project` } : {}),
      ...(extras.region ? { region: `${source}-region` } : {}),
      ...(extras.domain ? { userDomainName: `${source}-domain` } : {}),
      ...(extras.interface ? { endpointOverride: `https://${source}-manila` } : {}),
    };
  }

  const variables: Record<string, string> = {
    authUrl: "OS_AUTH_URL",
    cloud: "OS_CLOUD",
    userName: "OS_USERNAME",
    password: "OS_PASSWORD",
    tenantName: "OS_PROJECT_NAME",
    region: "OS_REGION_NAME",
    userDomainName: "OS_USER_DOMAIN_NAME",
    endpointOverride: "OS_SHARED_FILE_SYSTEM_ENDPOINT_OVERRIDE",
  };

  function configured(
    source: "provider" | "openstack",
    settings: Record<string, string>,
  ): [string, string][] {
    return Object.entries(settings).map(([name, value]) =>
      name === "endpointOverride"
        ? [`${source}:endpointOverrides`, JSON.stringify({ sharev2: value })]
        : [`${source}:${name}`, value],
    );
  }

  it("lets the first naming source win, and no value of a lower one in", function () {
    this.timeout("20s");
    fc.assert(
      fc.property(layer, layer, layer, (provider, stack, environment) => {
        const layers = { provider, openstack: stack, environment };
        const sources = fakeSources({
          configuration: Object.fromEntries([
            ...configured("provider", marked("provider", provider)),
            ...configured("openstack", marked("openstack", stack)),
          ]),
          environment: Object.fromEntries(
            Object.entries(marked("environment", environment)).map(([name, value]) => [
              variables[name] ?? assert.fail(),
              value,
            ]),
          ),
          files: {
            [userFile]: cloudsFile(
              Object.fromEntries(
                Object.keys(layers).map((name) => [`${name}-entry`, passwordEntry(`${name}-file`)]),
              ),
            ),
          },
        });
        const order = Object.entries(layers);
        const naming = order.findIndex(([, { names }]) => names !== "nothing");
        if (naming < 0) {
          assert.throws(() => resolveSettings(sources), settingsError(/No OpenStack cloud is named/));
          return;
        }
        const settings = resolveSettings(sources);
        const [winner, { names }] = order[naming] ?? assert.fail();
        const url =
          names === "cloud" ? `https://${winner}-file.example.com/v3` : `https://${winner}.example.com/v3`;
        assert.equal(settings.authUrl, url);
        for (const [lower] of order.slice(naming + 1)) {
          assert.ok(
            !JSON.stringify(settings).includes(lower),
            `${lower} leaks into ${JSON.stringify(settings)}`,
          );
        }
        const region = order.slice(0, naming + 1).find(([name, { extras, names }]) => {
          const isEntry = name === "environment" && names === "cloud";
          return extras.region && !isEntry;
        });
        assert.equal(settings.region, region === undefined ? undefined : `${region[0]}-region`);
      }),
    );
  });
});
