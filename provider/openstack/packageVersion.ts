import { readFileSync } from "node:fs";
import { z } from "zod";

const manifest = z.object({ version: z.string() });

/** The version of this package, as its own package.json has it. */
export function packageVersion(): string {
  // By its own name: the way there by path differs between the sources and the compiled package.
  const file = require.resolve("pulumi-manila/package.json");
  return manifest.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}
