import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../../../provider/openstack/settings";

const page = readFileSync(join(__dirname, "../../../../docs/configuration.md"), "utf8");

/** The rows of the page's table of settings, cell by cell. */
function documented(): string[][] {
  const lines = page.split("\n").filter((line) => line.startsWith("| `"));
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(", ");

describe("docs/configuration.md", () => {
  it("lists every setting with its keys, default, unit and purpose", () => {
    const expected = settings.map((row) => [
      code([row.name]),
      code(row.namespace === undefined ? [] : [`${row.namespace}:${row.name}`]),
      code(row.environment),
      code(row.cloudsYaml),
      code(row.default === undefined ? [] : [row.default]),
      row.unit ?? "",
      row.secret ? `${row.purpose} Secret.` : row.purpose,
    ]);
    assert.deepEqual(documented(), expected);
  });

  it("says which settings hold whichever source names the cloud", () => {
    const names = settings.filter((row) => row.process).map((row) => row.name);
    assert.ok(page.includes(`Settings of the process (${code(names)})`), code(names));
  });
});

describe("the table of settings", () => {
  it("has no name, variable or clouds.yaml key twice", () => {
    for (const keys of [
      settings.map((row) => row.name),
      settings.flatMap((row) => row.environment),
      settings.flatMap((row) => row.cloudsYaml),
    ]) {
      assert.deepEqual(keys, [...new Set(keys)]);
    }
  });
});
