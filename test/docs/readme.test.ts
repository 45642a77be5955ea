import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IMMUTABLE, inputsSchema } from "../../provider/consistencyGroup/schema";
import { groupIds } from "../engine/operator";
import { Newcomer } from "./newcomer";
import { codeBlocksOf, nodesOf, ROOT } from "./pages";
import type { CodeBlock } from "./pages";

const README = join(ROOT, "README.md");

const TABLES = [README, join(ROOT, "docs", "resources", "consistencyGroup.md")];

/** What a page says in front of its second heading. */
function beginning(page: string): CodeBlock[] {
  const [, second] = nodesOf(page).filter(({ type }) => type === "heading");
  assert.ok(second !== undefined);
  return codeBlocksOf(page).filter(({ line }) => line < second.sourcepos[0][0]);
}

/** The inputs in the first column of the table whose head begins so, each with its row. */
function inputsIn(page: string): Map<string, string> {
  const lines = readFileSync(page, "utf8").split("\n");
  const head = lines.findIndex((line) => line.startsWith("| input "));
  const rows = lines.slice(head + 2, lines.indexOf("", head));
  return new Map(
    rows.flatMap((row) => {
      const [, inputs = ""] = row.split("|");
      return [...inputs.matchAll(/`(\w+)`/g)].map(([, input = ""]) => [input, row] as const);
    }),
  );
}

describe("README.md", function () {
  this.timeout("10m");
  let newcomer: Newcomer;

  before(async () => {
    newcomer = await Newcomer.arrive();
  });

  after(() => newcomer.leave());

  it("leads from nothing to a group in its first lines", async () => {
    const [, , deployed = ""] = await newcomer.follow(beginning(README), {
      PULUMI_CONFIG_PASSPHRASE: "newcomer",
    });
    assert.match(deployed, /databaseId: .*\n +status +: "available"[^]*\+ 2 created/);
    assert.equal((await groupIds(newcomer.emulator)).length, 1);
  });

  for (const page of TABLES) {
    it(`says of each input of a group what a change does, in ${page.slice(ROOT.length + 1)}`, () => {
      const inputs = inputsIn(page);
      assert.deepEqual([...inputs.keys()].sort(), Object.keys(inputsSchema.shape).sort());
      const replacing = [...inputs].filter(([, row]) => row.includes("**replaces**")).map(([input]) => input);
      assert.deepEqual(replacing.sort(), [...IMMUTABLE, "importId"].sort());
    });
  }
});
