import assert from "node:assert/strict";
import { Parser } from "commonmark";
import type { Node } from "commonmark";
import fc from "fast-check";
import { code, codeBlock, shortened, value } from "../../../cli/review/markdown";
import { UNKNOWN } from "../../../provider/unknown";

/** Texts with much in them that means something in Markdown or HTML, and characters of all planes. */
const texts = fc
  .array(fc.oneof(fc.constantFrom("`", "``", "|", "\\", "*", "<b>", "@me", "\n", " ", "#"), fc.string()))
  .map((parts) => parts.join(""));

/** What a Markdown parser makes of a text: kinds of nodes with their literals. */
function parsed(markdown: string): [Node["type"], string | null][] {
  const walker = new Parser().parse(markdown).walker();
  const nodes: [Node["type"], string | null][] = [];
  for (let step = walker.next(); step !== null; step = walker.next()) {
    if (step.entering) {
      nodes.push([step.node.type, step.node.literal]);
    }
  }
  return nodes;
}

describe("Markdown of a review", () => {
  it("shows any text as code and as nothing else", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const nodes = parsed(`- x ${code(text)} x`);
        const kinds = nodes.map(([kind]) => kind);
        assert.deepEqual(kinds, ["document", "list", "item", "paragraph", "text", "code", "text"]);
        const shown = nodes.find(([kind]) => kind === "code")?.[1] ?? "";
        assert.equal(shown.trim(), visible(text).trim());
      }),
    );
  });

  it("shows any lines as one block of code", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const nodes = parsed(codeBlock(text));
        assert.deepEqual(
          nodes.map(([kind]) => kind),
          ["document", "code_block"],
        );
      }),
    );
  });

  it("makes characters visible that hide, or reorder, what is around them", () => {
    assert.equal(code("a\u202Eb\u200Bc\u0007"), "`a\\u{202e}b\\u{200b}c\\u{7}`");
  });

  it("cuts long values, and no character in two", () => {
    assert.equal(value("x".repeat(200)).length, "``".length + 120);
    assert.equal(shortened("a😀b", 3), "a…");
    assert.equal(shortened("abc", 3), "abc");
  });

  it("says of values what the engine says with marks", () => {
    assert.equal(value(undefined), "none");
    assert.equal(value(UNKNOWN), "*known after the deployment*");
    assert.equal(value([UNKNOWN, 1]), '`["known after the deployment",1]`');
    assert.equal(value("[secret]"), "*secret*");
  });
});

function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
