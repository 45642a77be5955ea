import assert from "node:assert/strict";
import type { CheckFailure, Properties } from "../../../../provider/lifecycle";
import { UNKNOWN } from "../../../../provider/unknown";
import { DISK, NETWORK, SNAPSHOT, SSD } from "../fakeManila";
import { newShareGroupsWorld, newWorld } from "./world";

async function failuresOf(inputs: Properties): Promise<CheckFailure[]> {
  return (await newWorld().lifecycle.check(inputs, {})).failures;
}

/** The properties at fault; a reason must always be given. */
async function atFault(inputs: Properties): Promise<string[]> {
  const failures = await failuresOf(inputs);
  failures.forEach(({ reason }) => {
    assert.notEqual(reason, "");
  });
  return failures.map(({ property }) => property);
}

describe("ConsistencyGroup check", () => {
  it("passes what the API takes, and gives the inputs back as they are", async () => {
    const inputs = {
      name: "  padded  ",
      description: "",
      shareTypes: [SSD, DISK, SSD.toUpperCase()],
      shareNetworkId: NETWORK,
      region: "RegionTwo",
      timeouts: { create: "90s", update: "1h30m", delete: "500ms" },
    };
    assert.deepEqual(await newWorld().lifecycle.check(inputs, {}), { inputs, failures: [] });
  });

  it("passes a group of which nothing is said", async () => {
    assert.deepEqual(await newWorld().lifecycle.check({}, {}), { inputs: {}, failures: [] });
  });

  it("makes no call", async () => {
    const { lifecycle, regions } = newWorld();
    await lifecycle.check({ name: "database" }, {});
    assert.deepEqual(regions, []);
  });

  it("takes a null input for one that is left out", async () => {
    const inputs = { name: "database", description: null, shareTypes: null, timeouts: undefined };
    assert.deepEqual(await newWorld().lifecycle.check(inputs, {}), {
      inputs: { name: "database" },
      failures: [],
    });
  });

  it("refuses an input of another kind", async () => {
    const wrong = await atFault({ name: 7, shareTypes: SSD, timeouts: "10m" });
    assert.deepEqual(wrong.sort(), ["name", "shareTypes", "timeouts"]);
  });

  it("refuses an input that does not exist", async () => {
    assert.deepEqual(await failuresOf({ shareType: SSD, nmae: "database" }), [
      { property: "shareType", reason: "is not an input of this resource" },
      { property: "nmae", reason: "is not an input of this resource" },
    ]);
  });

  it("tells all problems at once", async () => {
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
    assert.deepEqual(new Set(await atFault(inputs)), new Set(Object.keys(inputs)));
  });
});

describe("ConsistencyGroup check of texts", () => {
  for (const property of ["name", "description"]) {
    it(`takes a ${property} of 255 characters, and not one of 256`, async () => {
      assert.deepEqual(await failuresOf({ [property]: "é".repeat(255) }), []);
      assert.deepEqual(await failuresOf({ [property]: "é".repeat(256) }), [
        { property, reason: "must be at most 255 characters long, and has 256" },
      ]);
    });

    it(`takes a ${property} with characters up to U+FFFF, and not above`, async () => {
      assert.deepEqual(await failuresOf({ [property]: "größe 大小 \uFFFD" }), []);
      for (const text of ["\u{10000}", "rocket 🚀"]) {
        const [failure, ...others] = await failuresOf({ [property]: text });
        assert.deepEqual(others, []);
        assert.equal(failure?.property, property);
        assert.match(failure.reason, /emoji or other characters above U\+FFFF/);
      }
    });
  }
});

describe("ConsistencyGroup check of ids", () => {
  it("takes ids in any case of letters", async () => {
    const id = "ABCDEF01-2345-6789-ABCD-EF0123456789";
    assert.deepEqual(await failuresOf({ shareTypes: [id, id.toLowerCase()], shareNetworkId: id }), []);
    assert.deepEqual(await failuresOf({ sourceCgsnapshotId: id }), []);
  });

  for (const bad of ["", "ssd", SSD.replaceAll("-", ""), ` ${SSD}`, `${SSD}0`]) {
    it(`refuses ${JSON.stringify(bad)} as an id`, async () => {
      assert.deepEqual(await atFault({ shareNetworkId: bad }), ["shareNetworkId"]);
      assert.deepEqual(await atFault({ sourceCgsnapshotId: bad }), ["sourceCgsnapshotId"]);
    });
  }

  it("takes names for share types, and says which is neither a name nor an id", async () => {
    assert.deepEqual(await failuresOf({ shareTypes: [SSD, "ssd"] }), []);
    assert.deepEqual(await failuresOf({ shareTypes: [SSD, ""] }), [
      { property: "shareTypes", reason: "shareTypes[1] must be an id or a name, and is empty" },
    ]);
  });

  it("refuses share types and a share network beside a snapshot to start from", async () => {
    const inherits = { sourceCgsnapshotId: SNAPSHOT, name: "copy" };
    assert.deepEqual(await failuresOf(inherits), []);
    assert.deepEqual(await atFault({ ...inherits, shareTypes: [SSD] }), ["shareTypes"]);
    assert.deepEqual(await atFault({ ...inherits, shareNetworkId: NETWORK }), ["shareNetworkId"]);
    const [failure] = await failuresOf({ ...inherits, shareTypes: [SSD] });
    assert.match(failure?.reason ?? "", /can't be given with sourceCgsnapshotId: .* inherits it/);
  });
});

describe("ConsistencyGroup check of timeouts", () => {
  for (const bad of ["", "0s", "10", "ten minutes", "-5m", "1m1h"]) {
    it(`refuses a timeout of ${JSON.stringify(bad)}`, async () => {
      const [failure, ...others] = await failuresOf({ timeouts: { delete: bad } });
      assert.deepEqual(others, []);
      assert.equal(failure?.property, "timeouts");
      assert.match(failure.reason, /^timeouts\.delete must be a length of time above zero, such as "30s"/);
    });
  }

  it("names the input that holds an unknown timeout", async () => {
    assert.deepEqual(await failuresOf({ timeouts: { creation: "10m" } }), [
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

  it("lets them pass, nested or not", async () => {
    assert.deepEqual(await newWorld().lifecycle.check(inputs, {}), { inputs, failures: [] });
  });

  it("checks the known ones beside them", async () => {
    assert.deepEqual(await atFault({ ...inputs, description: "🚀" }), ["description"]);
  });
});

describe("ConsistencyGroup check of what only share groups have", () => {
  const said = { shareGroupType: "gold", availabilityZone: "nova" };

  it("refuses it on a cloud with consistency groups, and says which cloud it takes", async () => {
    const { lifecycle } = newWorld();
    const { failures } = await lifecycle.check(said, {});
    const reason =
      "needs share groups (microversion 2.31 or later), and this cloud has consistency groups, with which the provider " +
      "speaks 2.22";
    assert.deepEqual(failures, [
      { property: "shareGroupType", reason },
      { property: "availabilityZone", reason },
    ]);
  });

  it("passes it on a cloud with share groups, in the region of the group", async () => {
    const { lifecycle, regions } = newShareGroupsWorld();
    const inputs = { ...said, region: "RegionTwo" };
    assert.deepEqual((await lifecycle.check(inputs, {})).failures, []);
    assert.deepEqual(regions, ["RegionTwo"]);
  });

  it("asks which cloud it is only where it is new", async () => {
    const { lifecycle, regions } = newWorld();
    assert.deepEqual((await lifecycle.check({ ...said, name: "shop" }, said)).failures, []);
    assert.deepEqual((await lifecycle.check({ name: "shop" }, said)).failures, []);
    assert.deepEqual(regions, []);
    const { failures } = await lifecycle.check({ ...said, availabilityZone: "north" }, said);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["availabilityZone"],
    );
    assert.equal(regions.length, 1);
  });

  it("asks nobody while the region is not known", async () => {
    const { lifecycle, regions } = newWorld();
    assert.deepEqual((await lifecycle.check({ ...said, region: UNKNOWN }, {})).failures, []);
    assert.deepEqual(regions, []);
  });

  it("refuses a zone beside a snapshot to start from, which brings its own", async () => {
    const { lifecycle } = newShareGroupsWorld();
    const { failures } = await lifecycle.check({ ...said, sourceCgsnapshotId: SNAPSHOT }, {});
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["availabilityZone"],
    );
  });

  it("refuses what can be neither a name nor an id", async () => {
    const { failures } = await newShareGroupsWorld().lifecycle.check({ shareGroupType: "" }, {});
    assert.deepEqual(failures, [
      { property: "shareGroupType", reason: "must be an id or a name, and is empty" },
    ]);
  });
});
