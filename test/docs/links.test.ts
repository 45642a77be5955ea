import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Parser } from "commonmark";
import type { Node } from "commonmark";

const ROOT = resolve(__dirname, "../..");
const ELSEWHERE = ["node_modules", "recordings", ".git", "dist"];

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ELSEWHERE.includes(entry.name) ? [] : pagesIn(path);
    }
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

function nodesOf(page: string): Node[] {
  const walker = new Parser().parse(readFileSync(page, "utf8")).walker();
  const nodes: Node[] = [];
  for (let step = walker.next(); step !== null; step = walker.next()) {
    if (step.entering) {
      nodes.push(step.node);
    }
  }
  return nodes;
}

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
