import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

const rows = readFileSync(join(ROOT, "docs", "api.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| operation"))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));

describe("The table of the API's operations", () => {
  it("has a way from a program for each, on both generations", () => {
    assert.equal(rows.length, 18);
    for (const [operation = "", ...cells] of rows) {
      assert.equal(cells.length, 4, operation);
      assert.ok(
        cells.every((cell) => cell.trim() !== ""),
        operation,
      );
    }
  });

  it("names tests that are there", () => {
    for (const [operation = "", , , , cell = ""] of rows) {
      const tests = [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)];
      assert.notEqual(tests.length, 0, operation);
      for (const [, title = "", file = ""] of tests) {
        const text = readFileSync(join(ROOT, file), "utf8");
        assert.ok(text.includes(`it("${title}`), `${file} has no test "${title}"`);
      }
    }
  });
});
