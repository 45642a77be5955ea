import assert from "node:assert/strict";
import { readOptions } from "../../bench/options";

describe("The options of a bench", () => {
  it("ask for everything by default, fewer times with very many groups", () => {
    const options = readOptions([]);
    assert.deepEqual(options.groups, [1, 10, 100, 1_000]);
    assert.deepEqual(options.parallel, ["default", 128]);
    assert.deepEqual(options.providers, ["floor", "plain", "ours"]);
    assert.equal(options.openstacksdk, true);
    assert.equal(options.quick, false);
    assert.deepEqual([options.runs(10), options.runs(100), options.runs(1_000)], [3, 2, 1]);
  });

  it("ask for a part", () => {
    const part = "--groups 10,100 --parallel 64,default --only ours,floor --runs 2 --quick".split(" ");
    const options = readOptions(part);
    assert.deepEqual(options.groups, [10, 100]);
    assert.deepEqual(options.parallel, [64, "default"]);
    assert.deepEqual(options.providers, ["floor", "ours"]);
    assert.equal(options.openstacksdk, false);
    assert.equal(options.quick, true);
    assert.equal(options.runs(1_000), 2);
  });

  for (const [option, value, complaint] of [
    ["--groups", "10,none", /must be a number from 1 on[^]*groups\[1\]/],
    ["--groups", "0", /must be a number from 1 on/],
    ["--parallel", "wide", /parallel/],
    ["--only", "theirs", /only/],
    ["--runs", "often", /must be a number from 1 on[^]*runs/],
  ] as const) {
    it(`are refused with ${option} ${value}`, () => {
      assert.throws(() => readOptions([option, value]), complaint);
    });
  }
});
