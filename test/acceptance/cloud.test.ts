import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { systemClock } from "../../provider/openstack/clock";
import { ConnectionError } from "../../provider/openstack/errors";
import { startLimit } from "./cloud";
import { logIn } from "./connection";

const POLL = 100;

describe("the cloud of the acceptance tests", () => {
  describe("where something is missing", () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "programs-"));
    });

    afterEach(() => rm(folder, { recursive: true }));

    /** Installs where PATH has nothing but these programs. */
    async function install(...programs: string[]): Promise<{ status: number | null; stderr: string }> {
      for (const program of ["dirname", ...programs]) {
        const path = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).stdout.trim();
        await symlink(path, join(folder, program));
      }
      const script = join(__dirname, "cloud", "install.sh");
      return spawnSync("/bin/bash", [script], { encoding: "utf8", env: { PATH: folder, HOME: folder } });
    }

    it("says that apt-get is, and where the cloud runs", async () => {
      const { status, stderr } = await install();
      assert.match(stderr, /there is no apt-get \(package apt\)\. The cloud runs on Debian or Ubuntu/);
      assert.equal(status, 1);
    });

    it("says that a suitable Python is, and what to install", async () => {
      const { status, stderr } = await install("apt-get", "dpkg", "flock", "setpriv");
      assert.match(stderr, /there is no Python 3\.11, 3\.12 or 3\.13 with venv on PATH: install one/);
      assert.equal(status, 1);
    });
  });

  it("ends with the process that has started it, even if that is killed", async function () {
    this.timeout(startLimit);
    const starter = spawn(
      process.execPath,
      ["--require", "ts-node/register/transpile-only", join(__dirname, "killedStarter.ts")],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const authUrl = z.url().parse(await text(starter.stdout));
    await assert.rejects(answerOf(authUrl), /answered 401/);
    starter.kill("SIGKILL");
    await once(starter, "exit");
    while (!((await answerOf(authUrl).catch((error: unknown) => error)) instanceof ConnectionError)) {
      await systemClock.sleep(POLL);
    }
  });

  it("runs for a person until Ctrl-C, and takes the commands that it prints", async function () {
    this.timeout(startLimit);
    const { child, commands } = await startForAPerson();
    const [, authUrl] = /Keystone is at (\S+)/.exec(commands) ?? [];
    const [, folder] = /OS_CLIENT_CONFIG_FILE=(\S+)\/clouds\.yaml/.exec(commands) ?? [];
    const input = commands.slice(commands.indexOf("export "), commands.indexOf("pulumi up"));
    const { status, stderr } = spawnSync("bash", ["-O", "expand_aliases"], { encoding: "utf8", input });
    assert.equal(status, 0, stderr);
    // A terminal sends it to everything that runs in it.
    process.kill(-z.number().parse(child.pid), "SIGINT");
    await once(child, "exit");
    assert.equal(child.exitCode, 0);
    assert.equal(existsSync(z.string().parse(folder)), false);
    await assert.rejects(answerOf(z.string().parse(authUrl)), ConnectionError);
  });
});

/** Runs `npm run cloud` in a process group of its own, until it has printed how to use the cloud. */
async function startForAPerson(): Promise<{ child: ChildProcess; commands: string }> {
  const command = ["--require", "ts-node/register/transpile-only", join(__dirname, "cloud", "cli.ts")];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"], detached: true });
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    printed += String(chunk);
    if (printed.includes("In place of demo")) {
      return { child, commands: printed };
    }
  }
  throw new Error(`It ended after it had printed: ${printed}`);
}

/** What becomes of a login that Keystone, if it is there, refuses. */
async function answerOf(authUrl: string): Promise<unknown> {
  return await logIn({
    configuration: {
      "openstack:authUrl": authUrl,
      "openstack:userId": "nobody",
      "openstack:password": "none",
      "openstack:maxRetries": "0",
    },
  });
}
