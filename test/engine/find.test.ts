import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { EngineNotFoundError, findEngine } from "../../engine";
import type { Host } from "../../engine/host";
import { abandonedAfterMs } from "../../engine/lock";
import { engineKey, engineProgram } from "../../engine/pins";
import type { RunOptions } from "../../engine/run";

/** A machine whose programs are files that hold their version, whose network and Go are functions. */
class Machine implements Host {
  readonly platform = "linux";
  readonly architecture = "x64";
  readonly cacheFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly said: string[] = [];
  readonly started: string[] = [];
  /** Stands for the release server: fills the folder that it is given, or fails. */
  network: (folder: string) => Promise<void> = () =>
    Promise.reject(new Error("getaddrinfo ENOTFOUND get.pulumi.com"));
  /** Stands for Go: writes the program into the folder that it is given, or fails. */
  go: (program: string, bin: string, options: RunOptions) => Promise<void> = (program, bin) =>
    this.install(bin, [program]);

  constructor(readonly folder: string) {
    this.cacheFolder = join(folder, "cache", "engine");
    this.environment = {
      PATH: [join(folder, "bin"), join(folder, "other")].join(delimiter),
      GOFLAGS: "-mod=vendor",
      GOTOOLCHAIN: "local",
      GOPROXY: "https://proxy.example",
    };
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  get cacheEntry(): string {
    return join(this.cacheFolder, engineKey(this.platform, this.architecture));
  }

  async install(folder: string, programs = allPrograms, version = engineProgram.version): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const program of programs) {
      await writeFile(join(folder, program), `v${version}\n`, { mode: 0o755 });
    }
  }

  readonly say = (line: string): void => {
    this.said.push(line);
  };

  readonly run = async (command: string, parts: readonly string[], options: RunOptions): Promise<string> => {
    this.started.push(basename(command));
    if (basename(command) === "pulumi") {
      return readFile(command, "utf8");
    }
    if (command === "go") {
      const bin = parts[parts.indexOf("-o") + 1] ?? assert.fail("go build gets no -o");
      await this.go(basename(parts.at(-1) ?? ""), bin, options);
    } else {
      await this.network(parts.at(-2) ?? assert.fail("the installer gets no folder"));
    }
    return "";
  };
}

const allPrograms = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("findEngine", () => {
  let machine: Machine;

  beforeEach(async () => {
    machine = new Machine(await mkdtemp(join(tmpdir(), "engine-")));
  });

  afterEach(async () => {
    await rm(machine.folder, { recursive: true });
  });

  describe("on PATH", () => {
    it("takes a pulumi that is recent enough", async () => {
      await machine.install(machine.path("bin"), allPrograms, "3.142.0");
      assert.deepEqual(await findEngine(machine), {
        version: "3.142.0",
        directory: machine.path("bin"),
        source: "path",
      });
    });

    it("takes a pulumi whose language host is elsewhere on PATH", async () => {
      await machine.install(machine.path("bin"), ["pulumi"]);
      await machine.install(machine.path("other"), [
        "pulumi-language-nodejs",
        "pulumi-resource-pulumi-nodejs",
      ]);
      assert.equal((await findEngine(machine)).directory, machine.path("bin"));
    });

    it("takes a pulumi that is a link to a complete installation", async () => {
      await machine.install(machine.path("opt"));
      await mkdir(machine.path("bin"));
      await symlink(machine.path("opt", "pulumi"), machine.path("bin", "pulumi"));
      assert.equal((await findEngine(machine)).directory, machine.path("bin"));
    });

    it("passes over a pulumi that is too old, and says so", async () => {
      await machine.install(machine.path("bin"), allPrograms, "3.141.9");
      await machine.install(join(machine.cacheEntry, "bin"));
      assert.equal((await findEngine(machine)).source, "cache");
      assert.match(
        machine.said.join("\n"),
        /pulumi on PATH: .*bin\/pulumi is version 3\.141\.9, older than 3\.142\.0/,
      );
    });

    it("passes over a pulumi whose version cannot be read", async () => {
      await machine.install(machine.path("bin"), allPrograms, "dev");
      await machine.install(join(machine.cacheEntry, "bin"));
      assert.equal((await findEngine(machine)).source, "cache");
      assert.match(machine.said.join("\n"), /answers "vdev", which is no version/);
    });

    for (const missing of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      it(`passes over a pulumi without ${missing}, and says so`, async () => {
        await machine.install(
          machine.path("bin"),
          allPrograms.filter((program) => program !== missing),
        );
        await machine.install(join(machine.cacheEntry, "bin"));
        assert.equal((await findEngine(machine)).source, "cache");
        assert.match(machine.said.join("\n"), new RegExp(`has no ${missing} beside it or on PATH`));
      });
    }
  });

  describe("in the cache", () => {
    it("takes what is there without network or Go", async () => {
      await machine.install(join(machine.cacheEntry, "bin"));
      assert.deepEqual(await findEngine(machine), {
        version: engineProgram.version,
        directory: join(machine.cacheEntry, "bin"),
        source: "cache",
      });
      assert.deepEqual(machine.started, ["pulumi"]);
    });

    it("replaces what no longer runs", async () => {
      await machine.install(join(machine.cacheEntry, "bin"), ["pulumi-language-nodejs"]);
      assert.equal((await findEngine(machine)).source, "build");
      assert.equal((await findEngine(machine)).source, "cache");
    });
  });

  describe("by download", () => {
    it("puts the release into the cache, where the next one finds it", async () => {
      machine.network = (folder) => machine.install(join(folder, "bin"));
      const directory = join(machine.cacheEntry, "bin");
      const { version } = engineProgram;
      assert.deepEqual(await findEngine(machine), { version, directory, source: "download" });
      assert.deepEqual(await findEngine(machine), { version, directory, source: "cache" });
      assert.ok(!machine.started.includes("go"));
    });

    it("keeps nothing of a release that does not run here", async () => {
      machine.network = (folder) => machine.install(join(folder, "bin"), ["pulumi"]);
      machine.go = () => Promise.reject(new Error("no Go either"));
      await assert.rejects(
        findEngine(machine),
        /official download: .*new-\w+\/bin\/pulumi has no pulumi-language-nodejs/,
      );
      assert.deepEqual(await readdir(machine.cacheFolder), []);
    });
  });

  describe("by a build from Go modules", () => {
    it("is done where the download is out of reach, and only once", async () => {
      const directory = join(machine.cacheEntry, "bin");
      const { version } = engineProgram;
      assert.deepEqual(await findEngine(machine), { version, directory, source: "build" });
      assert.deepEqual((await readdir(directory)).sort(), [
        ...allPrograms,
        "pulumi-resource-pulumi-nodejs.cmd",
      ]);
      assert.deepEqual(await findEngine(machine), { version, directory, source: "cache" });
    });

    it("says why, what it does and how long that takes", async () => {
      await findEngine(machine);
      assert.match(
        machine.said.join("\n"),
        /official download: getaddrinfo ENOTFOUND.*\nBuilding Pulumi .* about \d+ minutes.*\nBuilding pulumi-language-nodejs/,
      );
    });

    it("keeps the user's module proxy, and sets aside what would break the build", async () => {
      const environments: NodeJS.ProcessEnv[] = [];
      machine.go = async (program, bin, options) => {
        environments.push(options.environment);
        await machine.install(bin, [program]);
      };
      await findEngine(machine);
      assert.equal(environments.length, 2);
      for (const { GOPROXY, GOTOOLCHAIN, GOWORK } of environments) {
        assert.deepEqual(
          { GOPROXY, GOTOOLCHAIN, GOWORK },
          {
            GOPROXY: "https://proxy.example",
            GOTOOLCHAIN: "auto",
            GOWORK: "off",
          },
        );
      }
    });

    it("keeps nothing of a build that fails half-way", async () => {
      machine.go = async (program, bin) => {
        if (program === "pulumi") {
          throw new Error("go exited with status 1: no space left on device");
        }
        await machine.install(bin, [program]);
      };
      await assert.rejects(
        findEngine(machine),
        /a build from Go modules: go exited .* no space left on device/,
      );
      assert.deepEqual(await readdir(machine.cacheFolder), []);
    });

    it("shows nothing in the cache before all of it is there", async () => {
      const seen: string[][] = [];
      machine.go = async (program, bin) => {
        await machine.install(bin, [program]);
        seen.push(await readdir(machine.cacheFolder));
      };
      await findEngine(machine);
      const lock = [`${basename(machine.cacheEntry)}.lock`];
      assert.deepEqual(seen, [lock, lock]);
      assert.deepEqual(await readdir(machine.cacheFolder), [basename(machine.cacheEntry)]);
    });
  });

  describe("two at once", () => {
    it("build once: the second waits for the first", async () => {
      const engines = await Promise.all([findEngine(machine), findEngine(machine)]);
      assert.deepEqual(engines.map(({ source }) => source).sort(), ["build", "cache"]);
      assert.equal(machine.started.filter((command) => command === "go").length, 2);
      assert.match(machine.said.join("\n"), /Another process is preparing the engine/);
    });

    it("go on when the first is killed", async function () {
      this.timeout(20_000);
      await killBuilderHalfWay(machine);
      assert.deepEqual(await readdir(machine.cacheFolder), [`${basename(machine.cacheEntry)}.lock`]);
      assert.equal((await findEngine(machine)).source, "build");
      assert.deepEqual(await readdir(machine.cacheFolder), [basename(machine.cacheEntry)]);
    });

    it("end with one engine when the first was suspended so long that the second took over", async () => {
      let second: Promise<{ source: string }> | undefined;
      machine.go = async (program, bin) => {
        if (second === undefined) {
          await makeLockOld(machine, -1);
          await (second = findEngine(machine));
        }
        await machine.install(bin, [program]);
      };
      const first = await findEngine(machine);
      assert.deepEqual([first.source, (await second)?.source], ["cache", "build"]);
    });
  });

  it("says, when nothing leads to an engine, what was tried, why it failed and what to do", async () => {
    await machine.install(machine.path("bin"), allPrograms, "3.100.0");
    machine.go = () => Promise.reject(new Error("go could not be started: spawn go ENOENT"));
    await assert.rejects(findEngine(machine), (error) => {
      assert.ok(error instanceof EngineNotFoundError);
      assert.equal(error.errors.length, 4);
      assert.match(error.message, /^- pulumi on PATH: .* is version 3\.100\.0, older than 3\.142\.0$/m);
      assert.match(error.message, /^- the cache: there is no pulumi in .*$/m);
      assert.match(error.message, /^- the official download: getaddrinfo ENOTFOUND get\.pulumi\.com$/m);
      assert.match(error.message, /^- a build from Go modules: go could not be started: spawn go ENOENT$/m);
      assert.match(error.message, /Install Pulumi 3\.142\.0 or newer \(https:.*or Go 1\.\d+\.\d+ or newer/s);
      return true;
    });
  });
});

async function killBuilderHalfWay(machine: Machine): Promise<void> {
  const script = join(__dirname, "findKilledBuilder.ts");
  const builder = spawn(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", script, machine.cacheFolder],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(builder.stdout, "data");
  builder.kill("SIGKILL");
  await once(builder, "exit");
  await makeLockOld(machine, 1);
}

/** Does to the lock what time does, in the past or, as after a clock was set back, in the future. */
async function makeLockOld(machine: Machine, sign: 1 | -1): Promise<void> {
  const time = new Date(Date.now() - sign * (abandonedAfterMs + 1_000));
  await utimes(`${machine.cacheEntry}.lock`, time, time);
}
