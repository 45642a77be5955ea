import assert from "node:assert/strict";
import fc from "fast-check";
import type { Manila } from "../../provider/openstack/manila";
import { isId, Names } from "../../provider/names";
import { FakeManila } from "./consistencyGroup/fakeManila";

interface Named {
  id: string;
  name: string;
}

const connect = (): Promise<Manila> => Promise.resolve(new FakeManila());

/** Names of all kinds but for those that look like ids, and what they stand for. */
const types: fc.Arbitrary<Named[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    name: fc.string({ minLength: 1 }).filter((name) => !isId(name) && name !== "__proto__"),
  }),
  { selector: ({ name }) => name },
);

describe("Names", () => {
  it("finds the id of each name, and passes over ids", async () => {
    await fc.assert(
      fc.asyncProperty(types, async (all) => {
        const names = new Names("share type", () => Promise.resolve(all));
        const wanted = all.flatMap(({ id, name }) => [name, id]);
        const found = await names.idsOf(wanted, {}, connect);
        assert.deepEqual(found, Object.fromEntries(all.map(({ id, name }) => [name, id])));
      }),
    );
  });

  it("asks nobody where all is known", async () => {
    await fc.assert(
      fc.asyncProperty(types, async (all) => {
        const names = new Names<Named>("share type", () => assert.fail("it asked"));
        const known = Object.fromEntries(all.map(({ id, name }) => [name, id]));
        const wanted = all.map(({ name }) => name);
        assert.deepEqual(await names.idsOf(wanted, known, connect), known);
      }),
    );
  });

  for (const name of ["constructor", "toString"]) {
    it(`is not led astray by a type called ${name}`, async () => {
      const names = new Names("share type", () => Promise.resolve([{ id: "1", name }]));
      assert.deepEqual(await names.idsOf([name], {}, connect), { [name]: "1" });
    });
  }

  it("says so when there are none at all", async () => {
    const names = new Names<Named>("share type", () => Promise.resolve([]));
    await assert.rejects(names.idsOf(["ssd"], {}, connect), {
      message:
        /^There is no share type "ssd" for project .* There are: none\. Check the name, or give the id\.$/,
    });
  });

  it("keeps the names of each region apart", async () => {
    const here = new FakeManila();
    const there = new FakeManila();
    const names = new Names("share type", (manila) =>
      Promise.resolve([{ id: manila === here ? "1" : "2", name: "ssd" }]),
    );
    assert.deepEqual(await names.idsOf(["ssd"], {}, () => Promise.resolve(here)), { ssd: "1" });
    assert.deepEqual(await names.idsOf(["ssd"], {}, () => Promise.resolve(there)), { ssd: "2" });
  });
});
