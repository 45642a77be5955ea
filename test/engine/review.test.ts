import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { installed } from "./installation";
import { Stack } from "./stack";

const SSD = "22222222-2222-4222-8222-222222222222";

const execute = promisify(execFile);

/** A group, a share in it, and a snapshot of both. */
function shop(group: object, tables: object = {}, groupId = "database.id"): string {
  return `
    const database = new manila.ConsistencyGroup("database", ${JSON.stringify(group)});
    const tables = new manila.Share("tables", {
      shareProtocol: "NFS", size: 1, consistencyGroupId: ${groupId}, ...${JSON.stringify(tables)},
    });
    new manila.ConsistencyGroupSnapshot("nightly", { consistencyGroupId: ${groupId} }, { dependsOn: [tables] });`;
}

describe("A review on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
    stack = await Stack.create(shop({}), emulator.environment());
    await stack.up();
  });

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** What the installed command says of a program. */
  async function review(program: string): Promise<string> {
    await stack.write(program);
    const file = join(stack.folder, "preview.json");
    await writeFile(file, await stack.succeed("preview", "--json", "--show-sames"));
    const command = join((await installed()).folder, "node_modules", ".bin", "pulumi-manila");
    return (await execute(command, ["review", file])).stdout;
  }

  it("names what keeps a group from being deleted, and the deployment fails for just that", async () => {
    const { id = "" } = await stack.resource("database");
    const [tables, nightly] = [await stack.resource("tables"), await stack.resource("nightly")];
    const comment = await review(shop({ shareTypes: [SSD] }, {}, JSON.stringify(id)));
    assert.match(comment, /The deployment would fail[^]*Consistency group `database`/);
    const output = await stack.fail("up", "--yes", "--skip-preview");
    for (const inTheWay of [tables.id ?? "", nightly.id ?? ""]) {
      assert.ok(comment.includes(inTheWay) && output.includes(inTheWay), inTheWay);
    }
  });

  it("names the snapshot that keeps a share from being deleted, and the deployment fails for just that", async () => {
    const comment = await review(shop({}, { shareProtocol: "CIFS" }));
    assert.match(comment, /The deployment would fail[^]*Share `tables`[^\n]*stays: snapshot `nightly`/);
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /can't be deleted[^]*"nightly"/);
  });

  it("says of no group that it can't be replaced when all that is in it goes with it", async () => {
    const comment = await review(shop({ shareTypes: [SSD] }));
    assert.match(comment, /3 replaced/);
    assert.doesNotMatch(comment, /would fail/);
    await stack.up();
  });
});
