import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../cli/review";

const RECORDINGS = join(__dirname, "recordings");

const names = readdirSync(RECORDINGS).flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? []);

describe("pulumi-manila review", () => {
  for (const name of names) {
    it(`comments on the recorded preview "${name}" as expected`, async () => {
      const comment = await review.run([join(RECORDINGS, `${name}.json`)]);
      assert.equal(comment, readFileSync(join(RECORDINGS, `${name}.md`), "utf8"));
    });
  }

  it("shows nothing that the engine takes for a secret, nor the mark of unknown values", () => {
    for (const name of names) {
      const comment = readFileSync(join(RECORDINGS, `${name}.md`), "utf8");
      assert.doesNotMatch(
        comment,
        /emulator"|04da6b54-80e4-46f7-96ec-b56ff0331ba9|__provider|__defaults/,
        name,
      );
    }
  });
});
