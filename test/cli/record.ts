import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { byHand } from "../engine/operator";
import { Stack } from "../engine/stack";

/*
 * Records what the real engine prints in previews of all kinds: "npx mocha test/cli/record.ts". Each recording has the
 * comment that is expected of it beside it, made with
 *
 *     for file in test/cli/recordings/*.json; do npx pulumi-manila review "$file" > "${file%.json}.md"; done
 *
 * and then read.
 */

const RECORDINGS = join(__dirname, "recordings");
const DEFAULT_TYPE = "11111111-1111-4111-8111-111111111111";
const SSD = "22222222-2222-4222-8222-222222222222";

const GROUP = 'const database = new manila.ConsistencyGroup("database", {});';

/** A program with a group, a share in it, a snapshot of both, and a clone with the copy of the share. */
function shop({ group = {}, tables = {}, nightly = {}, options = {} }: Record<string, object> = {}): string {
  return `
    const database = new manila.ConsistencyGroup("database", ${JSON.stringify(group)});
    const tables = new manila.Share("tables", {
      shareProtocol: "NFS", size: 1, consistencyGroupId: database.id, ...${JSON.stringify(tables)}
    }, ${JSON.stringify(options)});
    const nightly = new manila.ConsistencyGroupSnapshot("nightly", {
      consistencyGroupId: database.id, ...${JSON.stringify(nightly)}
    }, { dependsOn: [tables] });
    const trial = new manila.ConsistencyGroup("trial", { sourceCgsnapshotId: nightly.id });
    new manila.Share("tables-copy", {
      consistencyGroupId: trial.id, sourceCgsnapshotMemberId: nightly.members.apply((members) => members[0].id),
    });`;
}

describe("Recording of previews", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
  });

  afterEach(async () => {
    await stack.remove();
    await emulator.stop();
  });

  /** Brings up one program, and prepares the preview of another one. */
  async function change(from: string, to: string): Promise<void> {
    stack = await Stack.create(from, emulator.environment());
    await stack.up();
    await stack.write(to);
  }

  async function record(name: string, output: Promise<string>): Promise<void> {
    await mkdir(RECORDINGS, { recursive: true });
    await writeFile(
      join(RECORDINGS, `${name}.json`),
      (await output).replaceAll(dirname(stack.folder), "/home/ci"),
    );
  }

  function preview(...options: string[]): Promise<string> {
    return stack.succeed("preview", "--json", "--show-sames", ...options);
  }

  it("created", async () => {
    const cloud = { authUrl: emulator.authUrl, userName: "member", password: "emulator", tenantName: "demo" };
    const other = `new manila.Provider("other", ${JSON.stringify(cloud)});`;
    stack = await Stack.create(`${other}${shop({ group: { shareTypes: [SSD] } })}`, emulator.environment());
    await record("created", preview());
  });

  it("changed-in-place", async () => {
    const secret = (text: string): string =>
      `${GROUP.replace("{}", `{ description: pulumi.secret("${text}"), timeouts: { create: "${text}m" } }`)}
      new manila.ConsistencyGroup("uploads", { description: pulumi.secret("${text}") });`;
    const share = (args: object): string =>
      `new manila.Share("tables", ${JSON.stringify({ shareProtocol: "NFS", ...args })});`;
    await change(
      secret("1") + share({ size: 2, description: "Tables", isPublic: true }),
      secret("2") +
        share({
          size: 1,
          name: "ta`bles` | <b>@everyone</b>\n# Heading",
          metadata: { hidden: "\u202Egnp.exe", long: "x".repeat(300) },
        }),
    );
    await record("changed-in-place", preview());
  });

  it("replaced", async () => {
    await change(shop(), shop({ group: { shareTypes: [SSD] } }));
    await record("replaced", preview());
  });

  it("group-in-use", async () => {
    await change(shop(), "");
    const { id } = await stack.resource("database");
    const group = { consistencyGroupId: id };
    await stack.write(shop({ group: { shareTypes: [SSD] }, tables: group, nightly: group }));
    await record("group-in-use", preview());
    await record("group-in-use-without-sames", stack.succeed("preview", "--json"));
  });

  it("share-in-snapshot", async () => {
    await change(shop(), shop({ tables: { shareProtocol: "CIFS" } }));
    await record("share-in-snapshot", preview());
  });

  it("deleted", async () => {
    await change(shop(), GROUP);
    await record("deleted", preview());
  });

  it("undeclared-shares", async () => {
    const snapshotted = (group: object): string => `
      const database = new manila.ConsistencyGroup("database", ${JSON.stringify(group)});
      new manila.ConsistencyGroupSnapshot("nightly", { consistencyGroupId: database.id });`;
    await change(GROUP, snapshotted({}));
    const reports = {
      shareProtocol: "NFS",
      size: 1,
      consistencyGroupId: (await stack.resource("database")).id,
    };
    const other = await Stack.create(
      `new manila.Share("reports", ${JSON.stringify(reports)});`,
      emulator.environment(),
    );
    await other.up();
    await other.remove();
    await stack.up();
    await stack.write(snapshotted({ shareTypes: [SSD] }));
    await record("undeclared-shares", preview());
  });

  it("retained", async () => {
    await change(shop({ options: { retainOnDelete: true } }), "");
    await record("retained", preview());
  });

  it("protected", async () => {
    await change(shop({ options: { protect: true } }), GROUP);
    await record("protected", stack.fail("preview", "--json", "--show-sames"));
  });

  it("known-later", async () => {
    await change(shop({ nightly: { name: "a" } }), shop({ nightly: { name: "b" } }));
    await record("known-later", preview());
  });

  it("deleted-before-replaced", async () => {
    const program = (types: string[], options: object): string =>
      `new manila.ConsistencyGroup("database", { shareTypes: ${JSON.stringify(types)} }, ${JSON.stringify(options)});`;
    await change(program([DEFAULT_TYPE], {}), program([SSD, DEFAULT_TYPE], { deleteBeforeReplace: true }));
    await record("deleted-before-replaced", preview());
  });

  it("drift", async () => {
    const uploads = 'new manila.ConsistencyGroup("uploads", {});';
    await change(GROUP + uploads, GROUP.replace("{}", '{ name: "by hand" }') + uploads);
    const groups = await byHand(emulator);
    await groups.update((await stack.resource("database")).id ?? "", {
      name: "by hand",
      description: "mine",
    });
    await groups.delete((await stack.resource("uploads")).id ?? "");
    await record("drift", preview("--refresh"));
  });

  it("share-groups", async () => {
    await emulator.stop();
    emulator = await startEmulator({ delayMilliseconds: 0, generation: "shareGroups" });
    const other = 'new manila.ConsistencyGroup("uploads", {});';
    await change(shop() + other, "");
    const { id } = await stack.resource("uploads");
    const adopted = `new manila.ConsistencyGroup("pictures", { importId: "${id ?? ""}", description: "Of customers" });`;
    const reset = `new manila.ConsistencyGroupStatusReset("repaired", {
      consistencyGroupId: database.id, status: "available", triggers: ["outage"],
    });`;
    const urn = (await stack.resource("uploads")).urn;
    await stack.succeed("state", "delete", urn, "--yes");
    await stack.write(shop({ group: { shareTypes: ["ssd"], forceDelete: true } }) + adopted + reset);
    await record("share-groups", preview());
  });

  it("creation-failed", async () => {
    stack = await Stack.create(GROUP, emulator.environment());
    emulator.backEnd.failCreate = true;
    await stack.fail("up", "--yes", "--skip-preview");
    await record("creation-failed", preview());
  });

  it("program-fails", async () => {
    await change(GROUP, 'throw new Error("no such ```setting```");');
    await record("program-fails", stack.fail("preview", "--json", "--show-sames"));
  });

  it("unchanged", async () => {
    await change(shop(), shop());
    await record("unchanged", preview());
  });
});
