import assert from "node:assert/strict";
import { join } from "node:path";
import { groupIds } from "../engine/operator";
import { Newcomer } from "./newcomer";
import { codeBlocksOf, ROOT } from "./pages";

const PAGE = join(ROOT, "docs", "getting-started.md");

describe("docs/getting-started.md", function () {
  this.timeout("10m");
  let newcomer: Newcomer;

  before(async () => {
    newcomer = await Newcomer.arrive();
  });

  after(() => newcomer.leave());

  it("leads from nothing to a group, a change and back", async () => {
    const [, , , , , looked = "", deployed = "", , changed = "", removed = ""] = await newcomer.follow(
      codeBlocksOf(PAGE),
    );
    assert.match(looked, /\+ 2 to create/);
    assert.match(deployed, /\+ 2 created[^]*databaseId[^]*status +available/);
    assert.match(changed, /~ description: "Tables and logs of the shop" => "Tables, logs and configuration/);
    assert.match(changed, /~ 1 updated/);
    assert.match(removed, /- 2 deleted/);
    assert.deepEqual(await groupIds(newcomer.emulator), []);
  });
});
