import assert from "node:assert/strict";
import { UnsupportedCloudError } from "../../../provider/openstack/errors";
import { chooseMicroversion, isAtLeast, versionsReply } from "../../../provider/openstack/microversion";

const URL = "https://manila.example/v2";

/** The choice where Manila offers these versions of its API 2. */
function choice(oldest: string, newest: string, pinned?: string): string {
  const v1 = { id: "v1.0", min_version: "", version: "" };
  const v2 = { id: "v2.0", status: "CURRENT", min_version: oldest, version: newest };
  return chooseMicroversion(URL, versionsReply.parse({ versions: [v1, v2] }), pinned);
}

function refuses(message: string, work: () => string): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof UnsupportedCloudError);
    assert.equal(error.message, message);
    return true;
  });
}

describe("chooseMicroversion", () => {
  it("takes the newest that Manila and consistency groups have in common", () => {
    assert.equal(choice("2.0", "2.22"), "2.22");
    assert.equal(choice("2.0", "2.4"), "2.4");
    assert.equal(choice("2.6", "2.30"), "2.30");
  });

  it("refuses a cloud that is too old", () => {
    const message = `Manila at ${URL} speaks microversions 2.0 to 2.3, and consistency groups came with 2.4: the cloud is too old.`;
    refuses(message, () => choice("2.0", "2.3"));
  });

  it("refuses a cloud that has share groups in their place", () => {
    const message =
      `Manila at ${URL} speaks microversions 2.0 to 2.31: since 2.31 share groups take the place of consistency ` +
      "groups, and this version of pulumi-manila does not speak to them yet.";
    refuses(message, () => choice("2.0", "2.31"));
  });

  it("refuses a cloud that has no API 2, and says what it has", () => {
    const only = versionsReply.parse({ versions: [{ id: "v1.0" }] });
    const message = `Manila at ${URL} offers v1.0, and consistency groups need its API v2.4.`;
    refuses(message, () => chooseMicroversion(URL, only, undefined));
    refuses(`Manila at ${URL} offers nothing, and consistency groups need its API v2.4.`, () =>
      chooseMicroversion(URL, { versions: [] }, undefined),
    );
  });

  it("refuses an API 2 without microversions", () => {
    assert.throws(() => choice("", ""), UnsupportedCloudError);
    assert.throws(() => choice("2", "latest"), UnsupportedCloudError);
  });
});

describe("chooseMicroversion with a pinned one", () => {
  it("takes it where Manila and consistency groups have it", () => {
    for (const pinned of ["2.4", "2.10", "2.22"]) {
      assert.equal(choice("2.0", "2.22", pinned), pinned);
    }
  });

  it("refuses one outside, and says which there are", () => {
    for (const pinned of ["2.3", "2.23", "2", "3.4"]) {
      const message =
        `Manila at ${URL} speaks microversions 2.0 to 2.22. The pinned microversion ${pinned} (manila:microversion ` +
        "or OS_SHARE_API_VERSION) can't be used for consistency groups there: pin one from 2.4 to 2.22, or none.";
      refuses(message, () => choice("2.0", "2.22", pinned));
    }
  });

  it("respects the oldest that Manila still has", () => {
    assert.throws(() => choice("2.10", "2.22", "2.9"), /pin one from 2\.10 to 2\.22/);
  });
});

describe("isAtLeast", () => {
  it("compares microversions by number", () => {
    assert.ok(isAtLeast("2.10", "2.9"));
    assert.ok(isAtLeast("2.9", "2.9"));
    assert.ok(!isAtLeast("2.8", "2.9"));
  });
});
