import assert from "node:assert/strict";
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { Stack } from "./stack";

const ROOT = resolve(__dirname, "../..");
const SSD = "22222222-2222-4222-8222-222222222222";
const UNPROTECTED = 'new manila.ConsistencyGroup("database", {});';
const PROTECTED = 'new manila.ConsistencyGroup("database", {}, { protect: true });';

describe("The policy example on the real engine", function () {
  this.timeout("5m");
  let folder: string;
  let pack: string;
  let emulator: Emulator;
  let stack: Stack;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-manila-policy-"));
    pack = join(folder, "policy");
    await cp(join(ROOT, "examples", "policy"), pack, { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    await runAsOtherLanguage();
  });

  /**
   * The language host that can be built from Go modules runs no policy packs. For a language without a host the engine
   * starts a command of this name instead, and that of Pulumi's package is what a newer host starts as well.
   */
  async function runAsOtherLanguage(): Promise<void> {
    await writeFile(join(pack, "PulumiPolicy.yaml"), "runtime: test\n");
    const bin = join(folder, "bin");
    await mkdir(bin);
    const command = join(bin, "pulumi-analyzer-policy-test");
    await writeFile(
      command,
      `#!/bin/sh\nexec node "${require.resolve("@pulumi/pulumi/cmd/run-policy-pack")}" "$@"\n`,
    );
    await chmod(command, 0o755);
  }

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
    const path = `${join(folder, "bin")}${delimiter}${process.env.PATH ?? ""}`;
    stack = await Stack.create(UNPROTECTED, { ...emulator.environment(), PATH: path });
  });

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  it("refuses a group in production that is not protected, and leaves other stacks alone", async () => {
    await stack.succeed("preview", "--policy-pack", pack);
    await stack.succeed("stack", "init", "production");
    const output = await stack.fail("preview", "--policy-pack", pack);
    assert.match(
      output,
      /\[mandatory\] {2}groups-are-protected[^]*Consistency group "database" is not protected/,
    );
  });

  it("lets nobody replace or delete a group, nor take its protection off", async () => {
    await stack.succeed("stack", "init", "production");
    await stack.write(PROTECTED);
    const up = ["up", "--yes", "--skip-preview", "--policy-pack", pack];
    await stack.succeed(...up);
    await stack.write(PROTECTED.replace("{}", `{ shareTypes: ["${SSD}"] }`));
    assert.match(await stack.fail(...up), /currently marked for protection/);
    await stack.write("");
    assert.match(await stack.fail(...up), /cannot be deleted\s+because it is protected/);
    await stack.write(UNPROTECTED);
    assert.match(await stack.fail(...up), /Consistency group "database" is not protected/);
  });

  it("says nothing of other resources, nor of groups that are only looked up", async () => {
    await stack.up();
    const { id = "" } = await stack.group();
    await stack.succeed("stack", "init", "production");
    await stack.write(`
      manila.ConsistencyGroup.get("database", "${id}");
      new manila.Share("tables", { shareProtocol: "NFS", size: 1 });`);
    await stack.succeed("preview", "--policy-pack", pack);
  });

  it("is for the stacks that its settings name", async () => {
    const settings = join(folder, "settings.json");
    await writeFile(settings, JSON.stringify({ "groups-are-protected": { stacks: ["dev"] } }));
    const preview = ["preview", "--policy-pack", pack, "--policy-pack-config", settings];
    assert.match(await stack.fail(...preview), /is not protected/);
  });
});
