import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { nodesOf, pagesIn, ROOT } from "./pages";

/** The tables of GitHub's Markdown are plain text to CommonMark, and links in them are links all the same. */
function linksIn(page: string): string[] {
  return nodesOf(page).flatMap(({ type, destination }) =>
    (type === "link" || type === "image") && destination !== null ? [destination] : [],
  );
}

/** The anchors that a forge gives a page's headings. */
function anchorsOf(page: string): string[] {
  return [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("The links of the documentation", () => {
  for (const page of pagesIn(ROOT)) {
    it(`lead somewhere: ${relative(ROOT, page)}`, () => {
      const dead = linksIn(page).filter((link) => {
        const [file = "", anchor] = link.split("#");
        const target = file === "" ? page : join(dirname(page), decodeURI(file));
        const isOutside = /^[a-z]+:/.test(link);
        return !isOutside && !(existsSync(target) && (!anchor || anchorsOf(target).includes(anchor)));
      });
      assert.deepEqual(dead, []);
    });
  }
});
