import assert from "node:assert/strict";
import { manilaEndpoint } from "../../../provider/openstack/endpoint";
import type { Endpoint } from "../../../provider/openstack/endpoint";
import { UnsupportedCloudError } from "../../../provider/openstack/errors";
import type { Catalog } from "../../../provider/openstack/keystone";
import type { CloudSettings } from "../../../provider/openstack/settings";
import { cloudSettings } from "./cloudSettings";

type Offer = Catalog[number]["endpoints"][number];

function offer(url: string, given: Partial<Offer> = {}): Offer {
  return { interface: "public", region: "RegionOne", region_id: "RegionOne", url, ...given };
}

const service = (type: string, ...endpoints: Offer[]): Catalog[number] => ({ type, endpoints });

function found(catalog: Catalog, settings: Partial<CloudSettings> = {}): Endpoint {
  return manilaEndpoint(cloudSettings(settings), catalog);
}

function urlFor(url: string, type = "sharev2"): string {
  return found([service(type, offer(url))]).url;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof UnsupportedCloudError, String(error));
    return error.message;
  }
  return assert.fail("it did not fail");
}

const V1 = service("share", offer("https://manila.example/v1/demo"));
const V2 = service("sharev2", offer("https://sharev2.example/v2/demo"));
const SHARED = service("shared-file-system", offer("https://shared.example/v2"));

describe("manilaEndpoint in the catalog", () => {
  it("prefers shared-file-system to sharev2 to share, wherever they stand", () => {
    assert.equal(found([V1, V2, SHARED]).url, "https://shared.example/v2");
    assert.equal(found([V1, V2]).url, "https://sharev2.example/v2");
  });

  it("takes a service of type share that is in truth version 2", () => {
    assert.equal(urlFor("https://manila.example/v2/demo", "share"), "https://manila.example/v2");
  });

  it("passes by an endpoint of version 1 when there is one of version 2", () => {
    const wrong = service("shared-file-system", offer("https://manila.example/v1/demo"));
    assert.equal(found([wrong, V2]).url, "https://sharev2.example/v2");
  });

  it("takes the wanted interface", () => {
    const all = service(
      "sharev2",
      offer("https://public.example/v2"),
      offer("https://internal.example/v2", { interface: "internal" }),
      offer("https://admin.example/v2", { interface: "admin" }),
    );
    for (const wanted of ["public", "internal", "admin"] as const) {
      assert.equal(found([all], { interface: wanted }).url, `https://${wanted}.example/v2`);
    }
  });

  it("knows interfaces by their old names too", () => {
    const old = service("sharev2", offer("https://old.example/v2", { interface: "publicURL" }));
    assert.equal(found([old]).url, "https://old.example/v2");
  });

  it("does not mind other services", () => {
    const nova = service("compute", offer("https://nova.example/v2.1"));
    assert.equal(found([nova, V2]).url, "https://sharev2.example/v2");
  });
});

describe("manilaEndpoint of a region", () => {
  const two = service(
    "sharev2",
    offer("https://one.example/v2"),
    offer("https://two.example/v2", { region: "RegionTwo", region_id: "RegionTwo" }),
  );

  it("takes the wanted one, and says which it is", () => {
    assert.deepEqual(found([two], { region: "RegionTwo" }), {
      url: "https://two.example/v2",
      region: "RegionTwo",
    });
  });

  it("takes the only one when none is wanted", () => {
    assert.deepEqual(found([V2]), { url: "https://sharev2.example/v2", region: "RegionOne" });
  });

  it("reads it from region_id when there is no name, and does without", () => {
    const byId = service("sharev2", offer("https://a.example/v2", { region: null, region_id: "R" }));
    assert.equal(found([byId], { region: "R" }).region, "R");
    const none = service("sharev2", offer("https://a.example/v2", { region: undefined, region_id: null }));
    assert.equal(found([none]).region, undefined);
  });

  it("refuses to choose between several", () => {
    const message =
      "Manila is in several regions, RegionOne, RegionTwo: name one with openstack:region, OS_REGION_NAME or " +
      "region_name in clouds.yaml.";
    assert.equal(
      refusal(() => found([two])),
      message,
    );
  });

  it("does not count the regions of other interfaces", () => {
    const inner = offer("https://two.example/v2", { interface: "internal", region: "RegionTwo" });
    assert.equal(found([service("sharev2", offer("https://one.example/v2"), inner)]).region, "RegionOne");
  });
});

describe("manilaEndpoint gives the address up to and with /v2", () => {
  const addresses: Record<string, string> = {
    "https://manila.example/v2/de300000000000000000000000000001": "https://manila.example/v2",
    "https://manila.example/v2": "https://manila.example/v2",
    "https://manila.example/v2/": "https://manila.example/v2",
    "https://manila.example:8786/v2/demo/": "https://manila.example:8786/v2",
    "https://cloud.example/share/v2/demo": "https://cloud.example/share/v2",
    "https://cloud.example/share": "https://cloud.example/share/v2",
    "https://cloud.example": "https://cloud.example/v2",
    "https://cloud.example/": "https://cloud.example/v2",
    "https://v1.example/v2/demo": "https://v1.example/v2",
    "https://cloud.example/v2/share/v2/demo": "https://cloud.example/v2/share/v2",
  };
  for (const [url, expected] of Object.entries(addresses)) {
    it(`of ${url}`, () => {
      assert.equal(urlFor(url), expected);
      assert.equal(found([], { endpointOverride: url }).url, expected);
    });
  }
});

describe("manilaEndpoint of the settings", () => {
  it("takes the place of the catalog's", () => {
    const settings = { endpointOverride: "https://mine.example/v2", region: "RegionTwo" };
    assert.deepEqual(found([V2], settings), { url: "https://mine.example/v2", region: "RegionTwo" });
  });

  it("is refused when it is of version 1", () => {
    const message = refusal(() => found([V2], { endpointOverride: "https://mine.example/v1/demo" }));
    assert.match(
      message,
      /^https:\/\/mine\.example\/v1\/demo is Manila's API v1, which knows no consistency groups/,
    );
  });
});

describe("manilaEndpoint that is not there", () => {
  it("refuses version 1 by its name", () => {
    assert.equal(
      refusal(() => found([V1])),
      "https://manila.example/v1/demo is Manila's API v1, which knows no consistency groups: they need v2. Correct " +
        "the catalog (service type shared-file-system or sharev2), or set an endpoint override that ends in /v2.",
    );
  });

  it("lists what there is of Manila", () => {
    assert.equal(
      refusal(() => found([V1, V2], { region: "RegionNine", interface: "internal" })),
      "The catalog has Manila, but not for the internal interface, region RegionNine. There are: sharev2 public in " +
        "RegionOne; share public in RegionOne.",
    );
    assert.match(
      refusal(() => found([V2], { interface: "admin" })),
      /not for the admin interface\. There are/,
    );
  });

  it("lists what the catalog has when Manila is not in it", () => {
    const others = [service("identity"), service("compute")];
    assert.equal(
      refusal(() => found(others)),
      "The cloud's catalog has no Manila (service type shared-file-system or sharev2). It has: identity, compute. " +
        "Ask its operator, or set the endpoint with openstack:endpointOverrides.",
    );
  });

  it("says that the catalog is empty", () => {
    assert.match(
      refusal(() => found([])),
      /It has: nothing\./,
    );
  });
});
