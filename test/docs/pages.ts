import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Parser } from "commonmark";
import type { Node } from "commonmark";

export const ROOT = resolve(__dirname, "../..");

const ELSEWHERE = ["node_modules", "recordings", ".git", "dist"];

/** A block of code on a page. */
export interface CodeBlock {
  page: string;
  line: number;
  /** Empty of what is no code, such as output. */
  language: string;
  text: string;
  /** What an HTML comment `<!-- before: … -->` in front of it says: code that readers need not see. */
  before: string;
}

/** The Markdown pages in a folder, and in those under it. */
export function pagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ELSEWHERE.includes(entry.name) ? [] : pagesIn(path);
    }
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

export function nodesOf(page: string): Node[] {
  const walker = new Parser().parse(readFileSync(page, "utf8")).walker();
  const nodes: Node[] = [];
  for (let step = walker.next(); step !== null; step = walker.next()) {
    if (step.entering) {
      nodes.push(step.node);
    }
  }
  return nodes;
}

export function codeBlocksOf(page: string): CodeBlock[] {
  return nodesOf(page).flatMap((node) => {
    if (node.type !== "code_block") {
      return [];
    }
    const [, before = ""] = /^<!-- before:(.*?)-->/s.exec(node.prev?.literal ?? "") ?? [];
    const [[line]] = node.sourcepos;
    return [{ page, line, language: node.info ?? "", text: node.literal ?? "", before }];
  });
}
