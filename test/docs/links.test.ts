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

/** The anchors that a forge gives a page's headings, of which it numbers those that come again, and those of its own. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(page, "utf8");
  const anchors: string[] = [];
  const times = new Map<string, number>();
  for (const [, heading = ""] of text.matchAll(/^#+ (.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
    const before = times.get(anchor) ?? 0;
    times.set(anchor, before + 1);
    anchors.push(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return [...anchors, ...[...text.matchAll(/<a id="(.*?)">/g)].map(([, id = ""]) => id)];
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
