import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import type { Installation } from "./installation";
import type { Provider } from "./measurement";

/** The program that declares groups with a provider, as JavaScript: how the engine compiles it is not what is measured. */
export async function program(provider: Provider): Promise<string> {
  return await compiled(provider === "fullFloor" ? "floor" : provider);
}

/** Installs the package by whose name the floor's program reaches its provider. */
export async function installFloor({ folder }: Installation): Promise<void> {
  const floor = join(folder, "node_modules", "bench-floor");
  await mkdir(floor);
  await writeFile(join(floor, "index.js"), await compiled("floorProvider"));
}

async function compiled(name: string): Promise<string> {
  const source = await readFile(join(__dirname, "programs", `${name}.ts`), "utf8");
  // Pulumi parses what it captures by value with a TypeScript of 2020.
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2019, esModuleInterop: true };
  return transpileModule(source, { compilerOptions }).outputText;
}
