/** Run as a process, to be killed: makes half an engine in the cache folder it is given, says so, and goes on for ever. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addToCache } from "../../engine/cache";
import { thisMachine } from "../../engine/host";

const cacheFolder = process.argv[2];
if (cacheFolder === undefined) {
  throw new Error("needs the cache folder as its argument");
}

void addToCache(
  { ...thisMachine(), platform: "linux", architecture: "x64", cacheFolder },
  "build",
  async (folder) => {
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "bin", "pulumi"), "half");
    process.stdout.write("half-way\n");
    await new Promise(() => undefined);
  },
);
