import assert from "node:assert/strict";
import fc from "fast-check";
import { durationText, parseDuration } from "../../provider/duration";

describe("parseDuration", () => {
  const known: Record<string, number> = {
    "250ms": 250,
    "30s": 30_000,
    "10m": 600_000,
    "2h": 7_200_000,
    "1h30m": 5_400_000,
    "1h2m3s4ms": 3_723_004,
    "1m30s": 90_000,
    "1s1ms": 1_001,
    "0.5s": 500,
    "1.5h": 5_400_000,
    "0h5m": 300_000,
  };
  for (const [text, milliseconds] of Object.entries(known)) {
    it(`reads ${text} as ${milliseconds} ms`, () => {
      assert.equal(parseDuration(text), milliseconds);
      assert.equal(durationText.safeParse(text).success, true);
    });
  }

  const bad = [
    "",
    "0s",
    "0h0m",
    "10",
    "s",
    "-5m",
    "+5m",
    " 5m",
    "5m ",
    "5 m",
    "5M",
    "1m1h",
    "1s1s",
    "1d",
    ".5s",
    "1.s",
  ];
  for (const text of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseDuration(text), undefined);
      assert.equal(durationText.safeParse(text).success, false);
    });
  }

  it("reads whatever hours, minutes, seconds and milliseconds are written together", () => {
    const count = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(count, count, count, count, (h, m, s, ms) => {
        const total = ((h * 60 + m) * 60 + s) * 1_000 + ms;
        assert.equal(parseDuration(`${h}h${m}m${s}s${ms}ms`), total > 0 ? total : undefined);
      }),
    );
  });
});
