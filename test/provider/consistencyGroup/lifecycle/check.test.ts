import assert from "node:assert/strict";
import type { CheckFailure, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { DISK, NETWORK, SNAPSHOT, SSD } from "../fakeManila";
import { newWorld } from "./world";

function failuresOf(inputs: Properties): CheckFailure[] {
  return newWorld().lifecycle.check(inputs).failures;
}

/** The properties at fault; a reason must always be given. */
function atFault(inputs: Properties): string[] {
  const failures = failuresOf(inputs);
  failures.forEach(({ reason }) => {
    assert.notEqual(reason, "");
  });
  return failures.map(({ property }) => property);
}

describe("ConsistencyGroup check", () => {
  it("passes what the API takes, and gives the inputs back as they are", () => {
    const inputs = {
      name: "  padded  ",
      description: "",
      shareTypes: [SSD, DISK, SSD.toUpperCase()],
      shareNetworkId: NETWORK,
      region: "RegionTwo",
      timeouts: { create: "90s", update: "1h30m", delete: "500ms" },
    };
    assert.deepEqual(newWorld().lifecycle.check(inputs), { inputs, failures: [] });
  });

  it("passes a group of which nothing is said", () => {
    assert.deepEqual(newWorld().lifecycle.check({}), { inputs: {}, failures: [] });
  });

  it("makes no call", () => {
    const { lifecycle, regions } = newWorld();
    lifecycle.check({ name: "database" });
    assert.deepEqual(regions, []);
  });

  it("takes a null input for one that is left out", () => {
    const inputs = { name: "database", description: null, shareTypes: null, timeouts: undefined };
    assert.deepEqual(newWorld().lifecycle.check(inputs), { inputs: { name: "database" }, failures: [] });
  });

  it("refuses an input of another kind", () => {
    assert.deepEqual(atFault({ name: 7, shareTypes: SSD, timeouts: "10m" }), [
      "name",
      "shareTypes",
      "timeouts",
    ]);
  });

  it("refuses an input that does not exist", () => {
    assert.deepEqual(failuresOf({ shareType: SSD, nmae: "database" }), [
      { property: "shareType", reason: "is not an input of this resource" },
      { property: "nmae", reason: "is not an input of this resource" },
    ]);
  });

  it("tells all problems at once", () => {
    const inputs = {
      name: "x".repeat(256),
      description: "🚀",
      shareTypes: [SSD, "ssd"],
      shareNetworkId: NETWORK,
      sourceCgsnapshotId: "yesterday",
      region: "",
      timeouts: { create: "soon" },
      colour: "blue",
    };
    assert.deepEqual(new Set(atFault(inputs)), new Set(Object.keys(inputs)));
  });
});

describe("ConsistencyGroup check of texts", () => {
  for (const property of ["name", "description"]) {
    it(`takes a ${property} of 255 characters, and not one of 256`, () => {
      assert.deepEqual(failuresOf({ [property]: "é".repeat(255) }), []);
      assert.deepEqual(failuresOf({ [property]: "é".repeat(256) }), [
        { property, reason: "must be at most 255 characters long, and has 256" },
      ]);
    });

    it(`takes a ${property} with characters up to U+FFFF, and not above`, () => {
      assert.deepEqual(failuresOf({ [property]: "größe 大小 \uFFFD" }), []);
      for (const text of ["\u{10000}", "rocket 🚀"]) {
        const [failure, ...others] = failuresOf({ [property]: text });
        assert.deepEqual(others, []);
        assert.equal(failure?.property, property);
        assert.match(failure.reason, /emoji or other characters above U\+FFFF/);
      }
    });
  }
});

describe("ConsistencyGroup check of ids", () => {
  it("takes ids in any case of letters", () => {
    const id = "ABCDEF01-2345-6789-ABCD-EF0123456789";
    assert.deepEqual(failuresOf({ shareTypes: [id, id.toLowerCase()], shareNetworkId: id }), []);
    assert.deepEqual(failuresOf({ sourceCgsnapshotId: id }), []);
  });

  for (const bad of ["", "ssd", SSD.replaceAll("-", ""), ` ${SSD}`, `${SSD}0`]) {
    it(`refuses ${JSON.stringify(bad)} as an id`, () => {
      assert.deepEqual(atFault({ shareNetworkId: bad }), ["shareNetworkId"]);
      assert.deepEqual(atFault({ sourceCgsnapshotId: bad }), ["sourceCgsnapshotId"]);
    });
  }

  it("says which share type is no id", () => {
    const [failure, ...others] = failuresOf({ shareTypes: [SSD, "ssd"] });
    assert.deepEqual(others, []);
    assert.equal(failure?.property, "shareTypes");
    assert.match(failure.reason, /^shareTypes\[1\] must be an id \(a UUID such as /);
  });

  it("refuses share types and a share network beside a snapshot to start from", () => {
    const inherits = { sourceCgsnapshotId: SNAPSHOT, name: "copy" };
    assert.deepEqual(failuresOf(inherits), []);
    assert.deepEqual(atFault({ ...inherits, shareTypes: [SSD] }), ["shareTypes"]);
    assert.deepEqual(atFault({ ...inherits, shareNetworkId: NETWORK }), ["shareNetworkId"]);
    const [failure] = failuresOf({ ...inherits, shareTypes: [SSD] });
    assert.match(failure?.reason ?? "", /can't be given with sourceCgsnapshotId: .* inherits it/);
  });
});

describe("ConsistencyGroup check of timeouts", () => {
  for (const bad of ["", "0s", "10", "ten minutes", "-5m", "1m1h"]) {
    it(`refuses a timeout of ${JSON.stringify(bad)}`, () => {
      const [failure, ...others] = failuresOf({ timeouts: { delete: bad } });
      assert.deepEqual(others, []);
      assert.equal(failure?.property, "timeouts");
      assert.match(failure.reason, /^timeouts\.delete must be a length of time above zero, such as "30s"/);
    });
  }

  it("names the input that holds an unknown timeout", () => {
    assert.deepEqual(failuresOf({ timeouts: { creation: "10m" } }), [
      { property: "timeouts", reason: "timeouts.creation is not an input of this resource" },
    ]);
  });
});

describe("ConsistencyGroup check of values that a preview does not know", () => {
  const inputs = {
    name: UNKNOWN,
    shareTypes: [SSD, UNKNOWN],
    shareNetworkId: UNKNOWN,
    timeouts: { create: UNKNOWN },
  };

  it("lets them pass, nested or not", () => {
    assert.deepEqual(newWorld().lifecycle.check(inputs), { inputs, failures: [] });
  });

  it("checks the known ones beside them", () => {
    assert.deepEqual(atFault({ ...inputs, description: "🚀" }), ["description"]);
  });
});
