import { UnsupportedCloudError } from "./errors";
import type { Catalog } from "./keystone";
import type { CloudSettings } from "./settings/cloudSettings";

/** Where Manila's API of version 2 is. */
export interface Endpoint {
  /** Address up to and with `/v2`. */
  readonly url: string;
  /** The region it is in, as far as it is known. */
  readonly region: string | undefined;
}

/** In the order of preference. `share` is Manila's version 1, unless its address says otherwise. */
const SERVICE_TYPES = ["shared-file-system", "sharev2", "share"];

/** The end of an address such as `https://manila.example/share/v2/PROJECT`. */
const VERSION = /\/v(\d)(?:\.\d+)?(?:\/[^/]*)?\/?$/;

/** Manila's endpoint in the catalog, or the one that the settings put in its place. */
export function manilaEndpoint(settings: CloudSettings, catalog: Catalog): Endpoint {
  if (settings.endpointOverride !== undefined) {
    return { url: version2(settings.endpointOverride), region: settings.region };
  }
  const all = manilaEndpoints(catalog);
  const suitable = all.filter(
    (endpoint) =>
      endpoint.interface === settings.interface &&
      (settings.region === undefined || endpoint.region === settings.region),
  );
  const regions = new Set(suitable.map(({ region }) => region));
  if (regions.size > 1) {
    throw new UnsupportedCloudError(
      `Manila is in several regions, ${[...regions].join(", ")}: name one with openstack:region, OS_REGION_NAME ` +
        "or region_name in clouds.yaml.",
    );
  }
  const chosen = suitable.find(({ url }) => versionIn(url) !== "1") ?? suitable[0];
  if (chosen === undefined) {
    throw new UnsupportedCloudError(notOffered(settings, catalog, all));
  }
  return { url: version2(chosen.url), region: chosen.region };
}

interface Offer {
  type: string;
  interface: string;
  region: string | undefined;
  url: string;
}

function manilaEndpoints(catalog: Catalog): Offer[] {
  return SERVICE_TYPES.flatMap((type) =>
    catalog
      .filter((service) => service.type === type)
      .flatMap((service) => service.endpoints)
      .map((endpoint) => ({
        type,
        interface: endpoint.interface.replace(/URL$/, ""),
        region: endpoint.region ?? endpoint.region_id ?? undefined,
        url: endpoint.url,
      })),
  );
}

/** The address up to and with `/v2`: without the project, which the catalog may or may not append. */
function version2(url: string): string {
  const version = versionIn(url);
  if (version === undefined) {
    return `${url.replace(/\/+$/, "")}/v2`;
  }
  if (version !== "2") {
    throw new UnsupportedCloudError(
      `${url} is Manila's API v${version}, which knows no consistency groups: they need v2. ` +
        "Correct the catalog (service type shared-file-system or sharev2), or set an endpoint override that ends in /v2.",
    );
  }
  return url.replace(VERSION, "/v2");
}

function versionIn(url: string): string | undefined {
  return VERSION.exec(url)?.[1];
}

function notOffered({ region, interface: wanted }: CloudSettings, catalog: Catalog, all: Offer[]): string {
  const looked = `${wanted} interface${region === undefined ? "" : `, region ${region}`}`;
  if (all.length > 0) {
    const there = all.map((offer) => `${offer.type} ${offer.interface} in ${offer.region ?? "no region"}`);
    return `The catalog has Manila, but not for the ${looked}. There are: ${[...new Set(there)].join("; ")}.`;
  }
  const types = catalog.map(({ type }) => type).join(", ");
  return (
    "The cloud's catalog has no Manila (service type shared-file-system or sharev2). " +
    `It has: ${types === "" ? "nothing" : types}. ` +
    "Ask its operator, or set the endpoint with openstack:endpointOverrides."
  );
}
