import assert from "node:assert/strict";
import { UnsupportedCloudError } from "../../../provider/openstack/errors";
import { chooseMicroversion, isAtLeast, versionsReply } from "../../../provider/openstack/microversion";
import type { Spoken } from "../../../provider/openstack/microversion";

const URL = "https://manila.example/v2";

/** The choice where Manila offers these versions of its API 2. */
function choice(oldest: string, newest: string, pinned?: string): Spoken {
  const v1 = { id: "v1.0", min_version: "", version: "" };
  const v2 = { id: "v2.0", status: "CURRENT", min_version: oldest, version: newest };
  return chooseMicroversion(URL, versionsReply.parse({ versions: [v1, v2] }), pinned);
}

function refuses(message: string, work: () => unknown): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof UnsupportedCloudError);
    assert.equal(error.message, message);
    return true;
  });
}

describe("chooseMicroversion", () => {
  it("takes the newest that Manila and consistency groups have in common", () => {
    for (const [oldest, newest] of [
      ["2.0", "2.22"],
      ["2.0", "2.4"],
      ["2.6", "2.30"],
    ] as const) {
      assert.deepEqual(choice(oldest, newest), { generation: "consistencyGroups", microversion: newest });
    }
  });

  it("takes share groups wherever Manila has them, at the newest microversion that is known here", () => {
    const generation = "shareGroups";
    assert.deepEqual(choice("2.0", "2.31"), { generation, microversion: "2.31" });
    assert.deepEqual(choice("2.0", "2.99"), { generation, microversion: "2.99" });
    assert.deepEqual(choice("2.55", "2.120"), { generation, microversion: "2.99" });
  });

  it("refuses a cloud that is too old", () => {
    const message = `Manila at ${URL} speaks microversions 2.0 to 2.3, and consistency groups came with 2.4: the cloud is too old.`;
    refuses(message, () => choice("2.0", "2.3"));
  });

  it("refuses a cloud that is too new", () => {
    const message =
      `Manila at ${URL} speaks microversions 2.100 to 2.110, and this version of pulumi-manila knows them up to ` +
      "2.99: a newer one is needed.";
    refuses(message, () => choice("2.100", "2.110"));
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
      assert.equal(choice("2.0", "2.22", pinned).microversion, pinned);
    }
  });

  it("refuses one outside, and says which there are", () => {
    for (const pinned of ["2.3", "2.23", "2", "3.4"]) {
      const message =
        `Manila at ${URL} speaks microversions 2.0 to 2.22. The pinned microversion ${pinned} (manila:microversion ` +
        "or OS_SHARE_API_VERSION) can't be used for groups of shares there: pin one from 2.4 to 2.22, or none.";
      refuses(message, () => choice("2.0", "2.22", pinned));
    }
  });

  it("takes it where share groups have it, and none that only consistency groups have", () => {
    for (const pinned of ["2.31", "2.54", "2.55", "2.99"]) {
      assert.deepEqual(choice("2.0", "2.99", pinned), { generation: "shareGroups", microversion: pinned });
    }
    assert.throws(() => choice("2.0", "2.99", "2.22"), /pin one from 2\.31 to 2\.99/);
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
