import assert from "node:assert/strict";
import { median, ratio, select, time } from "../../bench/measurement";
import { measured } from "./measured";

describe("Measurements", () => {
  it("have the middle one as their median, or the mean of the two in the middle", () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([1, 10, 2, 4]), 3);
    assert.equal(median([]), undefined);
  });

  it("are compared with the floor of the same operation, number and width", () => {
    const all = [
      measured({ contender: "floor", seconds: 2 }),
      measured({ contender: "floor", seconds: 100, parallel: 128 }),
      measured({ contender: "floor", seconds: 100, operation: "destroy" }),
      ...[3, 5, 90].map((seconds) => measured({ seconds })),
    ];
    const selection = { contender: "ours", operation: "create", groups: 100, parallel: "default" } as const;
    assert.equal(time(all, selection), 5);
    assert.equal(ratio(all, selection), 2.5);
    assert.equal(ratio(all, { ...selection, groups: 7 }), undefined);
  });

  it("of a limited cloud are left out unless they are asked for", () => {
    const all = [measured({ seconds: 1 }), measured({ seconds: 2, rateLimit: 20 })];
    assert.deepEqual(
      select(all, {}).map(({ seconds }) => seconds),
      [1],
    );
    assert.deepEqual(
      select(all, { rateLimit: 20 }).map(({ seconds }) => seconds),
      [2],
    );
  });
});
