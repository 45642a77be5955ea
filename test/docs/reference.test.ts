import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./pages";

const REFERENCE = join(ROOT, "docs", "reference");

/** The properties of these say what is known of an output, which is documented under the same name. */
const MIRROR = /\.[A-Z]\w*State\.(?!__type)\w+ \(Property\)/;

const execute = promisify(execFile);

describe("docs/reference", function () {
  this.timeout("3m");
  let folder: string;
  let said: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-manila-reference-"));
    const { stdout, stderr } = await execute("npx", ["typedoc", "--out", folder], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1" },
    });
    said = (stdout + stderr).split("\n");
  });

  after(() => rm(folder, { recursive: true, force: true }));

  async function pagesIn(path: string): Promise<Record<string, string>> {
    const names = (await readdir(path, { recursive: true })).filter((name) => name.endsWith(".md")).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(path, name), "utf8")));
    return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
  }

  it("is what the docstrings say now; npm run reference brings it up to date", async () => {
    const pages = await pagesIn(REFERENCE);
    assert.ok(Object.keys(pages).length >= 3);
    assert.deepEqual(pages, await pagesIn(folder));
  });

  it("has words about every name that is exported, each of its properties and each argument", () => {
    const missing = said.filter((line) => line.includes("does not have any documentation"));
    assert.ok(missing.length > 0, "typedoc tells of none, not even of those that are let pass");
    assert.deepEqual(
      missing.filter((line) => !MIRROR.test(line)),
      [],
    );
  });

  it("has no reference that leads nowhere", () => {
    assert.deepEqual(
      said.filter(
        (line) => line.includes("[warning]") && !/does not have any documentation|Found 0 errors/.test(line),
      ),
      [],
    );
  });
});
