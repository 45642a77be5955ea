import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs", "errors.md"), "utf8");

/** What stands for anything. */
const ANYTHING = "…";

const sources = readdirSync(join(ROOT, "provider"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => {
    const text = readFileSync(join(ROOT, "provider", file), "utf8");
    return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  });

function all<Found extends ts.Node>(isWanted: (node: ts.Node) => node is Found): Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (isWanted(node)) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return found;
}

/** The names of ManilaError and of all that extend it. */
function errorClasses(): Set<string> {
  const names = new Set(["ManilaError"]);
  const classes = all(ts.isClassDeclaration);
  for (let before = 0; before < names.size;) {
    before = names.size;
    for (const { name, heritageClauses = [] } of classes) {
      const bases = heritageClauses.flatMap(({ types }) =>
        types.map(({ expression }) => expression.getText()),
      );
      if (name !== undefined && bases.some((base) => names.has(base))) {
        names.add(name.text);
      }
    }
  }
  return names;
}

/** The texts that an expression may give. */
function texts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => ANYTHING + literal.text).join("")];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right));
  }
  if (ts.isConditionalExpression(node)) {
    return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  }
  return ts.isParenthesizedExpression(node) ? texts(node.expression) : [ANYTHING];
}

/** True if the page's words are in a message, in this order. */
function isIn(message: string, documented: string): boolean {
  let from = 0;
  return documented.split(ANYTHING).every((words) => {
    const at = message.indexOf(words.trim(), from);
    from = at + words.trim().length;
    return at >= 0;
  });
}

const classes = errorClasses();

const messages = all(ts.isNewExpression)
  .filter(({ expression }) => classes.has(expression.getText()))
  .flatMap(({ arguments: [message] = [] }) => (message === undefined ? [] : texts(message)))
  .filter((message) => /\p{L}{3}/u.test(message));

/** The messages on the page: what stands first in a row. */
const documented = [...PAGE.matchAll(/^\| `(.+?)`/gm)].flatMap(([, text = ""]) =>
  classes.has(text) ? [] : [text],
);

describe("docs/errors.md", () => {
  it("has every message with which the provider fails", () => {
    assert.ok(messages.length > 30, `${messages.length} messages found`);
    const missing = messages.filter((message) => !documented.some((words) => isIn(message, words)));
    assert.deepEqual(missing, []);
  });

  it("has no message that is no longer in the code", () => {
    const written = all(ts.isExpression).flatMap(texts);
    const outdated = documented.filter((words) => !written.some((text) => isIn(text, words)));
    assert.deepEqual(outdated, []);
  });

  it("has every class of errors", () => {
    const named = [...PAGE.matchAll(/^\| `(\w+Error)`/gm)].map(([, name]) => name);
    const inherited = [...classes].filter((name) => name !== "ManilaError");
    assert.deepEqual(named.sort(), inherited.sort());
  });
});
