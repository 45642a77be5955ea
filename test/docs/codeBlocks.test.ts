import assert from "node:assert/strict";
import { join, relative } from "node:path";
import ts from "typescript";
import { parseDocument } from "yaml";
import { codeBlocksOf, pagesIn, ROOT } from "./pages";
import type { CodeBlock } from "./pages";

const blocks = pagesIn(ROOT).flatMap(codeBlocksOf);

function inLanguages(...languages: string[]): CodeBlock[] {
  return blocks.filter(({ language }) => languages.includes(language));
}

/** A block that imports the package begins a program. The others use what that has declared, each in a scope of its own. */
function programs(): Map<string, string> {
  const sources: { page: string; lines: string[] }[] = [];
  for (const { page, text, before } of inLanguages("typescript", "ts")) {
    const code = `${before}\n${text}`;
    const last = sources.at(-1);
    if (last?.page !== page || code.includes('from "pulumi-manila"')) {
      sources.push({ page, lines: code.split("\n") });
    } else {
      const isImport = (line: string): boolean => line.startsWith("import ");
      const lines = code.split("\n");
      last.lines.push(...lines.filter(isImport), "{", ...lines.filter((line) => !isImport(line)), "}");
    }
  }
  return new Map(
    sources.map(({ page, lines }, index) => [`${page}.${index}${endingFor(lines)}`, lines.join("\n")]),
  );
}

/** Only a CommonJS module has `export =`, and only another one has `await` outside of functions. */
function endingFor(lines: string[]): string {
  return lines.some((line) => line.startsWith("export =")) ? ".cts" : ".mts";
}

/** What the compiler says of programs that are in no file, each as if it were beside its page. */
function problemsOf(sources: Map<string, string>): string[] {
  const read = (path: string): string | undefined => sources.get(path) ?? ts.sys.readFile(path);
  const settings: unknown = ts.readConfigFile(join(ROOT, "tsconfig.json"), read).config;
  const { options } = ts.parseJsonConfigFileContent(settings, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => sources.has(path) || ts.sys.fileExists(path);
  host.readFile = read;
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file: source, messageText }) =>
      [relative(ROOT, source?.fileName ?? ""), ts.flattenDiagnosticMessageText(messageText, "\n")].join(": "),
    );
}

describe("The code on the pages of the documentation", () => {
  it("is in languages that are checked, or is no code", () => {
    const others = blocks.filter(
      ({ language }) => !["typescript", "ts", "js", "sh", "json", "yaml", "mermaid", ""].includes(language),
    );
    assert.deepEqual(others, []);
  });

  it("fits the types of the package, if it is TypeScript", () => {
    const sources = programs();
    assert.ok(sources.size >= 8, `${sources.size} programs`);
    assert.deepEqual(problemsOf(sources), []);
  }).timeout("2m");

  it("is found wrong where it uses an input that there is not", () => {
    const wrong =
      'import * as manila from "pulumi-manila";\nnew manila.ConsistencyGroup("a", { shareTypeIds: [] });';
    const [problem = ""] = problemsOf(new Map([[join(ROOT, "docs", "wrong.mts"), wrong]]));
    assert.match(problem, /^docs.wrong\.mts: .*'shareTypeIds' does not exist/);
  }).timeout("2m");

  it("is read by its parser, if it is JavaScript, JSON or YAML", () => {
    for (const { text } of inLanguages("js")) {
      const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
      assert.deepEqual(diagnostics, []);
    }
    for (const { text } of inLanguages("json", "yaml")) {
      assert.deepEqual(parseDocument(text).errors, []);
    }
    for (const { text } of inLanguages("json")) {
      assert.doesNotThrow(() => {
        JSON.parse(text);
      });
    }
  });
});
