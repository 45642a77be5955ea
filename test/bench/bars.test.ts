import assert from "node:assert/strict";
import { type Bar, bars, isMet } from "../../bench/bars";
import type { Measurement } from "../../bench/measurement";
import { measured } from "./measured";

function missed(...measurements: Measurement[]): string[] {
  return bars({ setting: "", measurements })
    .filter((bar) => !isMet(bar))
    .map(({ promise }) => promise);
}

function find(measurements: Measurement[], promise: RegExp): Bar | undefined {
  return bars({ setting: "", measurements }).find((bar) => promise.test(bar.promise));
}

describe("A bar of the bench", () => {
  it("is not there if nothing of it was measured", () => {
    assert.deepEqual(bars({ setting: "", measurements: [] }), []);
  });

  it("is met by what keeps the promise", () => {
    assert.deepEqual(
      missed(
        measured({ calls: { list: 20 } }),
        measured({ operation: "preview" }),
        measured({ operation: "nothing to do" }),
        measured({ operation: "refresh", groups: 1_000, calls: { list: 3, token: 1 } }),
      ),
      [],
    );
  });

  const cases: [string, RegExp, Measurement][] = [
    ["a command fails", /commands that fail/, measured({ failure: "no" })],
    ["a preview calls", /^preview: calls/, measured({ operation: "preview", calls: { list: 1 } })],
    [
      "an up that changes nothing calls",
      /nothing to do: calls/,
      measured({ operation: "nothing to do", calls: { token: 1 } }),
    ],
    ["a group is created twice", /POSTs/, measured({ calls: { POST: 101 } })],
    ["a group is not created", /POSTs/, measured({ calls: { POST: 99 } })],
    ["a second token is asked for", /tokens/, measured({ calls: { token: 2 } })],
    ["waiting polls more than twice a second", /a second$/, measured({ calls: { GET: 11, list: 10 } })],
    [
      "a refresh of 1,000 reads one by itself",
      /single GETs/,
      measured({ operation: "refresh", groups: 1_000, calls: { GET: 1, list: 1 } }),
    ],
    [
      "a refresh of 1,000 lists too often",
      /list calls/,
      measured({ operation: "refresh", groups: 1_000, calls: { list: 4 } }),
    ],
    ["the state is large", /bytes of state/, measured({ stateBytes: 220_001 })],
    [
      "a command fails under the limit",
      /20 calls a second: commands/,
      measured({ rateLimit: 20, failure: "no" }),
    ],
  ];
  for (const [what, promise, measurement] of cases) {
    it(`is missed when ${what}, and that is an error`, () => {
      const bar = find([measurement], promise);
      assert.ok(bar !== undefined && !isMet(bar) && bar.exact);
    });
  }

  it("shows the worst case, and where it was", () => {
    const all = [measured({ calls: { list: 5 } }), measured({ parallel: 128, calls: { list: 12 } })];
    const bar = find(all, /polling calls a second$/);
    assert.deepEqual([bar?.worst, bar?.where], [1.2, "100 groups, --parallel 128"]);
  });

  it("compares the polls of 1,000 groups with those of 100, at the same width", () => {
    const hundred = measured({ parallel: 128, calls: { list: 10 } });
    const thousand = (list: number) => measured({ parallel: 128, groups: 1_000, calls: { list } });
    const growth = /1,000 groups × those for 100/;
    assert.equal(find([hundred, thousand(15)], growth)?.worst, 1.5);
    assert.deepEqual(missed(hundred, thousand(16)).length, 1);
    assert.equal(find([hundred], growth), undefined);
  });

  it("of a time is the median's ratio to the floor's, and no error when missed", () => {
    const floor = measured({ contender: "floor", seconds: 8 });
    const bar = find(
      [floor, measured({ seconds: 9 }), measured({ seconds: 11 }), measured({ seconds: 99 })],
      /create 100/,
    );
    assert.deepEqual([bar?.worst, bar?.exact, bar && isMet(bar)], [1.375, false, false]);
  });

  it("of the memory is what is more than the floor's", () => {
    const floor = measured({ contender: "floor", groups: 1_000 });
    const ours = measured({ groups: 1_000, peakMemoryBytes: 161_000_000 });
    assert.equal(find([floor, ours], /MB of memory/)?.worst, 61);
  });

  it("of the limited cloud is the time without the limit, or a twentieth of a second for each call that waits", () => {
    const wide = { parallel: 128, groups: 100 } as const;
    const one = measured({ parallel: 128, groups: 1, seconds: 4.05 });
    const refresh = measured({ operation: "refresh", parallel: 128, groups: 1, seconds: 1 });
    const limited = measured({ ...wide, rateLimit: 20, seconds: 12 });
    const least = /what the limit allows/;
    assert.equal(find([one, refresh, measured({ ...wide, seconds: 6 }), limited], least)?.worst, 1.5);
    assert.equal(find([one, refresh, measured({ ...wide, seconds: 10 }), limited], least)?.worst, 1.2);
  });

  it("of the limited cloud counts a second call for each group that is removed", () => {
    const destroy = { operation: "destroy", parallel: 128, groups: 100 } as const;
    const one = measured({ operation: "destroy", parallel: 128, groups: 1, seconds: 3 });
    const refresh = measured({ operation: "refresh", parallel: 128, groups: 1, seconds: 1.05 });
    const known = [one, refresh, measured({ ...destroy, seconds: 4 })];
    const limited = measured({ ...destroy, rateLimit: 20, seconds: 12 });
    assert.equal(find([...known, limited], /what the limit allows/)?.worst, 1.2);
  });

  it("of the start-up compares the programs with and without the package", () => {
    const startUp = { withoutPackage: [1, 1, 5], withPackage: [1.2, 1.2, 1], requireProvider: [0.1] };
    assert.equal(bars({ setting: "", measurements: [], startUp })[0]?.worst, 1.2);
  });
});
