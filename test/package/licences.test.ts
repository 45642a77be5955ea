import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { LICENCES_PAGE, licencesPage } from "./licences";

describe("The list of licences", () => {
  it('is that of the locked packages; "npm run licences" writes it again', () => {
    assert.equal(readFileSync(LICENCES_PAGE, "utf8"), licencesPage());
  });

  it("has no package whose licence is not told, and none under a licence that binds those who use it", () => {
    assert.doesNotMatch(licencesPage(), /not told|GPL|SSPL|BUSL|UNLICENSED/);
  });
});
