import assert from "node:assert/strict";
import * as provider from "../../provider";

describe("the provider", () => {
  it("keeps the names that are in users' states", () => {
    assert.ok("consistencyGroup" in provider);
    assert.ok("consistencyGroupSnapshot" in provider);
    assert.ok("share" in provider);
  });

  it("checks and compares without a cloud", async () => {
    const { consistencyGroup } = provider;
    const { failures } = await consistencyGroup.check({}, { name: "database", __provider: "text" });
    assert.deepEqual(failures, []);
    const state = { status: "available", shareTypes: [] };
    assert.deepEqual(await consistencyGroup.diff("g1", state, {}), { changes: false, replaces: [] });
  });
});
