import { cp, mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

/** A copy of the quickstart, so that the stack's configuration is not left in the checkout, whatever happens. */
export async function copyOfQuickstart(folder: string): Promise<string> {
  const project = join(folder, "quickstart");
  await cp(join(ROOT, "examples", "quickstart"), project, { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  await mkdir(join(folder, "state"));
  return project;
}

/** An environment in which no other cloud is named. */
export function withoutOpenStack(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("OS_")));
}
