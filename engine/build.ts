import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addToCache } from "./cache";
import type { Engine } from "./engine";
import type { Host } from "./host";
import { engineProgram, type GoProgram, languageHost } from "./pins";

const buildLimitMs = 60 * 60_000;
const sayEveryMs = 30_000;
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Builds the pinned engine from its Go modules into the cache; needs Go, and its module proxy or cache. */
export async function build(host: Host): Promise<Engine> {
  return addToCache(host, "build", async (folder) => {
    const bin = join(folder, "bin");
    await mkdir(bin);
    host.say(
      `Building Pulumi ${engineProgram.version} with Go, once: about 6 minutes on 2 cores, and 3.5 GB in Go's caches.`,
    );
    for (const program of [languageHost, engineProgram]) {
      await buildProgram(host, program, bin);
    }
    await copyDynamicPlugin(bin);
  });
}

async function buildProgram(host: Host, program: GoProgram, bin: string): Promise<void> {
  host.say(`Building ${program.name} ${program.version}.`);
  const linkerFlags = `-s -w -X ${versionVariable}=v${program.version}`;
  await host.run(
    "go",
    // -v names each package as it is compiled; -mod=readonly holds go.mod and go.sum against the user's GOFLAGS.
    ["build", "-v", "-mod=readonly", "-buildvcs=false", "-ldflags", linkerFlags, "-o", bin, program.package],
    {
      directory: program.folder,
      environment: goEnvironment(host.environment),
      limitMs: buildLimitMs,
      onLine: progress(host, program.name, Date.now),
    },
  );
}

/** The user's environment, with what would have Go build something else, or not at all, set aside. */
function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...environment,
    // No C compiler is needed.
    CGO_ENABLED: "0",
    GO111MODULE: "on",
    GOWORK: "off",
    // An older Go may fetch the one that go.mod asks for into its module cache.
    GOTOOLCHAIN: "auto",
    // Empty is this machine's own.
    GOOS: "",
    GOARCH: "",
  };
}

/** Takes the lines of `go build -v` and says now and then how far it is. */
export function progress(host: Pick<Host, "say">, name: string, now: () => number): (line: string) => void {
  const start = now();
  let saidAt = start;
  let packages = 0;
  return (line) => {
    if (!line.startsWith("go: ")) {
      packages += 1;
    }
    if (now() - saidAt < sayEveryMs) {
      return;
    }
    saidAt = now();
    host.say(
      `Still building ${name}: ${packages} packages compiled in ${Math.round((saidAt - start) / 1000)} s.`,
    );
  };
}

/** The script that runs dynamic providers, which the npm package ships with a variant for Windows. */
async function copyDynamicPlugin(bin: string): Promise<void> {
  const packageFolder = dirname(require.resolve("@pulumi/pulumi/package.json"));
  const files = (await readdir(packageFolder)).filter((file) =>
    file.startsWith("pulumi-resource-pulumi-nodejs"),
  );
  for (const file of files) {
    await copyFile(join(packageFolder, file), join(bin, file));
  }
}
