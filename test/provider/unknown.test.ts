import assert from "node:assert/strict";
import { containsUnknown, separateUnknown, UNKNOWN } from "../../provider/unknown";

describe("values that a preview does not know", () => {
  it("are the engine's own word for them", () => {
    assert.equal(UNKNOWN, "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
  });

  it("are found however deep they are", () => {
    for (const value of [UNKNOWN, [1, UNKNOWN], { a: { b: [null, { c: UNKNOWN }] } }]) {
      assert.equal(containsUnknown(value), true);
    }
    for (const value of [undefined, null, 7, "text", [], {}, { key: `about ${UNKNOWN}` }]) {
      assert.equal(containsUnknown(value), false);
    }
  });

  it("are separated from the others by whole properties", () => {
    const known = { name: "database", empty: null };
    const unknown = { region: UNKNOWN, timeouts: { create: UNKNOWN, update: "1h" } };
    assert.deepEqual(separateUnknown({ ...known, ...unknown }), { known, unknown });
  });
});
