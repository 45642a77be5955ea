import { join } from "node:path";
import { addToCache } from "./cache";
import type { Engine } from "./engine";
import type { Host } from "./host";
import { engineProgram } from "./pins";

const downloadLimitMs = 10 * 60_000;

/** Downloads the official release into the cache, within 10 minutes; fails within seconds where it is out of reach. */
export async function download(host: Host): Promise<Engine> {
  const { version } = engineProgram;
  return addToCache(host, "download", async (folder) => {
    host.say(`Downloading Pulumi ${version} (some 100 MB, usually less than a minute), once.`);
    // A process of its own, because Pulumi's installer runs a script from the network and cannot be interrupted.
    await host.run(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", join(__dirname, "install.ts"), folder, version],
      { directory: __dirname, environment: host.environment, limitMs: downloadLimitMs },
    );
  });
}
