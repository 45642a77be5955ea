import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/*
 * The page of docs/ that lists what comes with the package, and under which licence: "npm run licences" writes it, from
 * package-lock.json alone.
 */

const ROOT = join(__dirname, "../..");

export const LICENCES_PAGE = join(ROOT, "docs", "licences.md");

const names = z.record(z.string(), z.unknown()).default({});

const locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: names,
  optionalDependencies: names,
});

type Locked = z.infer<typeof locked>;

const lockFile = z.object({ packages: z.record(z.string(), locked) });

/** The page as it has to be. */
export function licencesPage(): string {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  const rows = runtimePackages(new Map(Object.entries(packages)));
  const counts = new Map<string, number>();
  for (const { licence } of rows) {
    counts.set(licence, (counts.get(licence) ?? 0) + 1);
  }
  return `# Licences

What \`npm install pulumi-manila\` brings with it, in the versions that it is tested with. Nearly all of it comes with
\`@pulumi/pulumi\`. This page is generated from package-lock.json (\`npm run licences\`), and a test checks it.

| licence | packages |
|---|---|
${table([...counts].map(([licence, count]) => [licence, String(count)]))}

| package | version | licence |
|---|---|---|
${table(rows.map(({ name, version, licence }) => [name, version, licence]))}
`;
}

interface Row {
  name: string;
  version: string;
  licence: string;
}

function runtimePackages(lock: Map<string, Locked>): Row[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { dependencies, optionalDependencies } = lock.get(path) ?? locked.parse({});
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(name, path, lock);
      if (place !== undefined && !found.has(place)) {
        found.add(place);
        visit(place);
      }
    }
  };
  visit("");
  const rows = [...found].map((path) => ({
    name: path.split("node_modules/").at(-1) ?? path,
    version: lock.get(path)?.version ?? "",
    licence: lock.get(path)?.license ?? "not told",
  }));
  return rows.sort((one, other) =>
    `${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1,
  );
}

/** Where Node finds a package: in the nearest node_modules on the way up. Undefined if it is optional and not there. */
function placeOf(name: string, from: string, lock: Map<string, Locked>): string | undefined {
  const place = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (lock.has(place) || from === "") {
    return lock.has(place) ? place : undefined;
  }
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), lock);
}

function table(rows: string[][]): string {
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

if (require.main === module) {
  writeFileSync(LICENCES_PAGE, licencesPage());
}
