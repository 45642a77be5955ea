import assert from "node:assert/strict";
import { markdown } from "../../bench/markdown";
import { type Measurement, operations, providers } from "../../bench/measurement";
import { picture } from "../../bench/picture";
import { measured } from "./measured";

/** One run of a stack's life, for each provider. */
function life(groups: number, parallel: Measurement["parallel"]): Measurement[] {
  const seconds = { floor: 10, plain: 20, ours: 11 };
  return operations.flatMap((operation) =>
    providers.map((contender) =>
      measured({ contender, operation, groups, parallel, seconds: seconds[contender], calls: { list: 3 } }),
    ),
  );
}

describe("The report of a bench", () => {
  const report = (measurements: Measurement[]) => markdown({ setting: "2 cores", measurements });

  it("has a table for each number of groups and width, with times beside the floor's", () => {
    const text = report([...life(10, "default"), ...life(100, 128)]);
    assert.match(text, /## 10 groups\n/);
    assert.match(text, /## 100 groups, --parallel 128\n/);
    assert.equal(text.split("| destroy | 10 s | 2 × | 1.1 × | 3 list | 3 list |").length, 3);
  });

  it("tells which promises were missed, and where", () => {
    const text = report(life(10, "default"));
    assert.match(text, /\| preview: calls \| 0 \| 3 \| 10 groups \| \*\*missed\*\* \|/);
    assert.match(text, /\| commands that fail \| 0 \| 0 \| 10 groups \| met \|/);
  });

  it("shows a failure in place of a time that means nothing", () => {
    const failed = life(10, "default").map((one) =>
      one.contender === "plain" && one.operation === "refresh" ? { ...one, failure: "429" } : one,
    );
    assert.match(report(failed), /\| refresh \| 10 s \| \*\*failed\*\* \| 1.1 × \|/);
    assert.match(
      report([measured({ contender: "plain", rateLimit: 20, failure: "429" })]),
      /\| create \| - \| \*\*failed\*\* after 10 s \|/,
    );
  });

  it("shows what of the time is the engine's work on what ours tells it", () => {
    const full = life(1_000, 128)
      .filter(({ contender }) => contender === "floor")
      .map((one) => ({ ...one, contender: "fullFloor" as const, seconds: 10.5 }));
    const text = report([...life(10, "default"), ...life(1_000, 128), ...full]);
    assert.match(text, /## Where the time goes\n/);
    assert.equal(
      text.split(", 1,000 groups, --parallel 128 | 10 s | 1.05 × | 1.1 × |").length - 1,
      operations.length,
    );
  });

  it("leaves out what was not measured", () => {
    const text = report(life(10, "default"));
    assert.doesNotMatch(text, /Without Pulumi|Start-up|20 calls a second|Where the time goes/);
    assert.match(report([measured({ contender: "openstacksdk" })]), /## Without Pulumi/);
  });
});

describe("The picture of a bench", () => {
  it("shows the most groups at every width, on a light and on a dark background", () => {
    const svg = picture([...life(10, "default"), ...life(100, "default"), ...life(100, 128)]);
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.match(svg, /prefers-color-scheme: dark/);
    assert.match(svg, />100 groups</);
    assert.match(svg, />100 groups, --parallel 128</);
    assert.doesNotMatch(svg, />10 groups</);
    assert.equal(svg.split(">1.10 ×<").length - 1, 2 * operations.length);
  });

  it("draws bars as long as their values, on one scale", () => {
    const svg = picture(life(100, "default"));
    const lengths = (provider: string) =>
      [...svg.matchAll(new RegExp(`<rect class="${provider}" x="120" [^>]*width="([\\d.]+)"`, "g"))].map(
        (match) => Number(match[1]),
      );
    const [plain = 0] = lengths("plain");
    const [ours = 0] = lengths("ours");
    assert.ok(Math.abs(ours / plain - 1.1 / 2) < 0.01);
  });
});
