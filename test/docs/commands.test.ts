import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { findEngine } from "../../engine";
import { settings } from "../../provider/openstack/settings";
import { codeBlocksOf, nodesOf, pagesIn, ROOT } from "./pages";

const packageFile = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** What goes in front of another command. */
const FRONT = /^(?:[A-Z_]+=\S*|alias|[a-z]+=)\s+/;

const execute = promisify(execFile);

interface Command {
  page: string;
  words: string[];
}

/** The commands of a line: those of a pipe or a list, without comments. */
function commandsOf(page: string, text: string): Command[] {
  return text
    .replaceAll("\\\n", " ")
    .split(/\n|&&|\|/)
    .map((command) =>
      command
        .replace(/(^|\s)#.*$/, "")
        .replace(FRONT, "")
        .trim(),
    )
    .filter((command) => command !== "")
    .map((command) => ({ page, words: command.split(/\s+/) }));
}

const pages = pagesIn(ROOT);

const scripts = pages.flatMap((page) => codeBlocksOf(page).filter(({ language }) => language === "sh"));

const commands = [
  ...scripts.flatMap(({ page, text }) => commandsOf(page, text)),
  ...pages.flatMap((page) =>
    nodesOf(page).flatMap(({ type, literal }) => (type === "code" ? commandsOf(page, literal ?? "") : [])),
  ),
];

function called(...names: string[]): Command[] {
  return commands.filter(({ words }) => names.every((name, index) => words[index] === name));
}

function shown({ page, words }: Command): string {
  return `${relative(ROOT, page)}: ${words.join(" ")}`;
}

/** The scripts that a page may speak of: an example's own, and ours. */
function scriptsFor(page: string): string[] {
  const files = [dirname(page), ROOT]
    .map((folder) => join(folder, "package.json"))
    .filter((file) => existsSync(file));
  return files.flatMap((file) =>
    Object.keys(packageFile.parse(JSON.parse(readFileSync(file, "utf8"))).scripts),
  );
}

/** What Pulumi says of its commands; of one that it does not have, what it says of the group that it would be in. */
async function helpOfPulumi(): Promise<(...command: string[]) => Promise<string>> {
  const { directory } = await findEngine();
  const env = { ...process.env, PATH: `${directory}${delimiter}${process.env.PATH ?? ""}` };
  const known = new Map<string, Promise<string>>();
  return (...command) => {
    const name = command.join(" ");
    const help =
      known.get(name) ?? execute("pulumi", [...command, "--help"], { env }).then(({ stdout }) => stdout);
    known.set(name, help);
    return help;
  };
}

function isGroup(help: string): boolean {
  return /^ {2}pulumi.* \[command\]$/m.test(help);
}

describe("The commands on the pages of the documentation", () => {
  it("are read by a shell", () => {
    for (const { page, line, text } of scripts) {
      const { stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
      assert.equal(stderr, "", `${relative(ROOT, page)}:${line}`);
    }
  });

  it("run npm scripts that there are", () => {
    const runs = [...called("npm", "run"), ...called("npm", "test")];
    const missing = runs.filter(({ page, words: [, run = "", ...more] }) => {
      const name = run === "test" ? run : more.find((word) => !word.startsWith("-"));
      return name !== undefined && !scriptsFor(page).includes(name.replace(/\W+$/, ""));
    });
    assert.ok(runs.length > 20, `${runs.length} runs of scripts`);
    assert.deepEqual(missing.map(shown), []);
  });

  it("name files and folders that there are", () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const missing = commands.filter(({ words: [, ...parameters] }) =>
      parameters
        .filter((word) => folders.some(({ name }) => word.startsWith(`${name}/`)))
        .some((word) => !existsSync(join(ROOT, word.replace(/\*.*$/, "").replace(/[,;]$/, "")))),
    );
    assert.deepEqual(missing.map(shown), []);
  });

  it("set variables of OpenStack that are read", () => {
    const known = new Set(["OS_CLIENT_CONFIG_FILE", ...settings.flatMap(({ environment }) => environment)]);
    const used = scripts.flatMap(({ text }) => [...text.matchAll(/\bOS_\w+/g)].map(([name]) => name));
    assert.ok(used.length > 5, `${used.length} variables`);
    assert.deepEqual(
      used.filter((name) => !known.has(name)),
      [],
    );
  });

  it("are commands and options that Pulumi has", async () => {
    const help = await helpOfPulumi();
    const scripted = new Set(scripts.map(({ page }) => page));
    for (const command of called("pulumi").filter(
      ({ page, words }) => scripted.has(page) && words.length > 1,
    )) {
      const [, group = "", name = ""] = command.words;
      const text = isGroup(await help(group)) ? await help(group, name) : await help(group);
      assert.ok(!isGroup(text), shown(command));
      const options = command.words
        .filter((word) => /^--\w/.test(word))
        .map((word) => word.replace(/[=,.].*$/, ""));
      assert.deepEqual(
        options.filter((option) => !text.includes(option)),
        [],
        shown(command),
      );
    }
    assert.ok(scripted.size > 5, `${scripted.size} pages with commands`);
  }).timeout("2m");
});
