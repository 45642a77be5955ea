import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const ROOT = resolve(__dirname, "../..");

const execute = promisify(execFile);

const packed = z.array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }));

/** The compilers and settings of programs, with the ending that their sources have. */
const COMPILATIONS = ["typescript-5", "typescript"].flatMap((compiler) => [
  { compiler, options: ["--module", "commonjs", "--moduleResolution", "node10"], ending: "ts" },
  { compiler, options: ["--module", "node16", "--moduleResolution", "node16"], ending: "cts" },
  { compiler, options: ["--module", "node16", "--moduleResolution", "node16"], ending: "mts" },
  { compiler, options: ["--module", "esnext", "--moduleResolution", "bundler"], ending: "ts" },
]);

/** Uses every way into the package; the second group shows that types are checked at all. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as manila from "pulumi-manila";
import { connect } from "pulumi-manila/client";
import { consistencyGroup } from "pulumi-manila/provider";

const group = new manila.ConsistencyGroup("database", { description: "Tables" });
export const status: pulumi.Output<string> = group.status;
// @ts-expect-error There is no such input.
new manila.ConsistencyGroup("other", { shareTypeIds: [] });
export const made = async (): Promise<string> => (await connect()).projectId;
export const create: (inputs: Record<string, unknown>) => Promise<{ id: string }> = consistencyGroup.create;
`;

describe("The packed package", function () {
  this.timeout("3m");
  let folder: string;
  let tarball: string;
  let files: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-manila-package-"));
    const { stdout } = await execute("npm", ["pack", "--json", "--pack-destination", folder], { cwd: ROOT });
    // npm prints what the scripts print as well.
    const [report] = packed.parse(JSON.parse(stdout.slice(stdout.indexOf("[\n"))));
    assert.ok(report !== undefined);
    tarball = join(folder, report.filename);
    files = report.files.map(({ path }) => path).sort();
    await installFrom(tarball);
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Unpacks it beside everything that it needs. */
  async function installFrom(file: string): Promise<void> {
    const modules = join(folder, "node_modules");
    await mkdir(modules);
    await execute("tar", ["-xzf", file, "-C", modules]);
    await execute("mv", [join(modules, "package"), join(modules, "pulumi-manila")]);
    const others = (await readdir(join(ROOT, "node_modules"))).filter(
      (name) => name !== "pulumi-manila" && !name.startsWith("."),
    );
    await Promise.all(
      others.map((name) => symlink(join(ROOT, "node_modules", name), join(modules, name), "junction")),
    );
  }

  it("has the compiled sources, the texts that are wanted of a package, and nothing else", () => {
    const sources = ["sdk", "provider", "cli"].flatMap((layer) =>
      readdirSync(join(ROOT, layer), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.name.endsWith(".ts"))
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replace(/\.ts$/, "")),
    );
    const compiled = sources.flatMap((source) => [`dist/${source}.js`, `dist/${source}.d.ts`]);
    const expected = [...compiled, "CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    assert.deepEqual(files, expected.sort());
  });

  it("has types where every resolver looks for them", async () => {
    await execute(join(ROOT, "node_modules", ".bin", "attw"), [tarball, "--profile", "strict"]);
  });

  it("is as publint wants it", async () => {
    const { stdout } = await execute(join(ROOT, "node_modules", ".bin", "publint"), [
      "--strict",
      "--skipLibCheck",
      tarball,
    ]);
    assert.match(stdout, /All good!/);
  });

  for (const { compiler, options, ending } of COMPILATIONS) {
    const [, , , resolution = ""] = options;
    it(`compiles in a program for ${compiler}, ${resolution}, as .${ending}`, async () => {
      const source = join(folder, `program-${compiler}-${resolution}.${ending}`);
      await writeFile(source, PROGRAM);
      const tsc = join(ROOT, "node_modules", compiler, "bin", "tsc");
      const silence = compiler === "typescript" ? ["--ignoreDeprecations", "6.0"] : [];
      const always = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--types", "node"];
      const compilation = [tsc, ...always, ...options, ...silence, source];
      const { status, stdout } = spawnSync(process.execPath, compilation, { cwd: folder, encoding: "utf8" });
      assert.equal(status, 0, stdout);
    });
  }

  it("is loaded by require and by import, with all its names", async () => {
    const names = ["ConsistencyGroup", "ConsistencyGroupSnapshot", "Provider", "Share"];
    const byRequire = `const { ${names.join(", ")} } = require("pulumi-manila")`;
    const byImport = `import { ${names.join(", ")} } from "pulumi-manila"`;
    const check = `console.log([${names.join(", ")}].map((each) => typeof each).join())`;
    for (const [head, type] of [
      [byRequire, "commonjs"],
      [byImport, "module"],
    ] as const) {
      const args = [`--input-type=${type}`, "-e", `${head};\n${check}`];
      const { stdout } = await execute(process.execPath, args, { cwd: folder });
      assert.equal(stdout.trim(), names.map(() => "function").join());
    }
  });

  it("brings its command", async () => {
    const command = join(folder, "node_modules", "pulumi-manila", "dist", "cli", "index.js");
    const { stdout } = await execute(process.execPath, [command, "--version"], { cwd: folder });
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
