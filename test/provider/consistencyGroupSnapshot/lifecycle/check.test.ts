import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../provider/unknown";
import { GROUP } from "../../consistencyGroup/fakeManila";
import { newWorld } from "./world";

describe("ConsistencyGroupSnapshot check", () => {
  const { lifecycle, regions } = newWorld();

  it("passes what the API takes, gives the inputs back as they are, and makes no call", async () => {
    const inputs = {
      consistencyGroupId: GROUP.toUpperCase(),
      name: "  padded  ",
      description: "",
      region: "RegionTwo",
      timeouts: { create: "90s", update: "1h30m", delete: "500ms" },
    };
    assert.deepEqual(await lifecycle.check(inputs, {}), { inputs, failures: [] });
    assert.deepEqual(regions, []);
  });

  it("wants a group", async () => {
    for (const inputs of [{ name: "nightly" }, { name: "nightly", consistencyGroupId: null }]) {
      assert.deepEqual((await lifecycle.check(inputs, {})).failures, [
        { property: "consistencyGroupId", reason: "must be given" },
      ]);
    }
  });

  it("takes a group that a preview does not know yet for one that is given", async () => {
    const inputs = { consistencyGroupId: UNKNOWN, name: UNKNOWN };
    assert.deepEqual(await lifecycle.check(inputs, {}), { inputs, failures: [] });
  });

  it("tells all problems at once, each by its name", async () => {
    const inputs = {
      consistencyGroupId: "database",
      name: "x".repeat(256),
      description: "🚀",
      region: "",
      timeouts: { create: "soon" },
      members: [],
    };
    const { failures } = await lifecycle.check(inputs, {});
    const atFault = failures.map(({ property }) => property);
    assert.deepEqual(new Set(atFault), new Set(Object.keys(inputs)));
  });
});
