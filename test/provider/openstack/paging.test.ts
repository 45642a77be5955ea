import assert from "node:assert/strict";
import fc from "fast-check";
import { allPages, offsetQuery } from "../../../provider/openstack/paging";

interface Item {
  id: string;
}

/** A list in the order of its ids, as Manila keeps it, a page of which may be so long. */
class PagedList {
  readonly offsets: number[] = [];

  constructor(
    private ids: string[],
    private readonly limit: number,
    /** What happens to the list before each request but the first. */
    private readonly changes: ((ids: string[]) => string[])[] = [],
  ) {}

  readonly page = (offset: number): Promise<Item[]> => {
    const change = this.offsets.length === 0 ? undefined : this.changes[this.offsets.length - 1];
    this.ids = change === undefined ? this.ids : change(this.ids).sort();
    this.offsets.push(offset);
    return Promise.resolve(this.ids.slice(offset, offset + this.limit).map((id) => ({ id })));
  };
}

/** Ids from 1 on, in an order that is that of their numbers. */
function numbered(count: number, first = 1): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index).padStart(6, "0"));
}

async function idsOf(list: PagedList): Promise<string[]> {
  return (await allPages(list.page)).map(({ id }) => id);
}

describe("Paging", () => {
  it("asks once for nothing, or for a single item", async () => {
    for (const ids of [[], numbered(1)]) {
      const list = new PagedList(ids, 1_000);
      assert.deepEqual(await idsOf(list), ids);
      assert.deepEqual(list.offsets, [0]);
    }
  });

  it("goes past the thousand that Manila gives at once, each page beginning with the end of the one before", async () => {
    const list = new PagedList(numbered(2_500), 1_000);
    assert.deepEqual(await idsOf(list), numbered(2_500));
    assert.deepEqual(list.offsets, [0, 999, 1_998, 2_499]);
  });

  it("comes to an end with a server that takes no notice of the offset", async () => {
    let requests = 0;
    const everything = numbered(5).map((id) => ({ id }));
    const found = await allPages(() => {
      requests++;
      return Promise.resolve(everything);
    });
    assert.deepEqual(found, everything);
    assert.equal(requests, 2);
  });

  it("finds those that have moved up because others have vanished", async () => {
    const list = new PagedList(numbered(2_000), 1_000, [(ids) => ids.slice(50)]);
    assert.equal(new Set(await idsOf(list)).size, 2_000);
  });

  it("finds the end after all that it knows has vanished", async () => {
    const list = new PagedList(numbered(1_500), 1_000, [(ids) => ids.slice(1_000)]);
    assert.deepEqual(await idsOf(list), numbered(1_500));
  });

  it("has everything that stays, once, whatever else appears and vanishes", async () => {
    const scenario = fc.record({
      count: fc.integer({ min: 0, max: 120 }),
      limit: fc.integer({ min: 2, max: 40 }),
      steps: fc.array(
        fc.record({
          vanishing: fc.array(fc.nat(200), { maxLength: 30 }),
          appearing: fc.array(fc.nat(999_999)),
        }),
        { maxLength: 12 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ count, limit, steps }) => {
        const all = numbered(count).map((id) => `${id}000`);
        const vanished = new Set<string>();
        const changes = steps.map(({ vanishing, appearing }) => (ids: string[]) => {
          vanishing.flatMap((index) => ids[index] ?? []).forEach((id) => vanished.add(id));
          // Fewer than a page holds, and none that was there already.
          const fresh = appearing
            .slice(0, limit - 2)
            .map((number) => `${String(number).padStart(6, "0")}001`);
          return [...new Set([...ids.filter((id) => !vanished.has(id)), ...fresh])];
        });
        const found = await idsOf(new PagedList(all, limit, changes));
        assert.equal(new Set(found).size, found.length);
        const missing = all.filter((id) => !vanished.has(id) && !found.includes(id));
        assert.deepEqual(missing, []);
      }),
      { numRuns: 1_000 },
    );
  });

  it("needs no query for the first page", () => {
    assert.deepEqual([offsetQuery(0), offsetQuery(999)], [{}, { offset: "999" }]);
  });
});
