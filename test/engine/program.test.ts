import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { connect } from "../../provider/client";
import type { Client } from "../../provider/client";
import { Stack } from "./stack";

const CLI = join(__dirname, "../../cli/index.ts");
const SSD = "22222222-2222-4222-8222-222222222222";

const execute = promisify(execFile);

for (const generation of ["consistencyGroups", "shareGroups"] as const) {
  describe(`The printed program of existing groups, on the real engine and a cloud with ${generation}`, function () {
    this.timeout("2m");
    let emulator: Emulator;
    let manila: Client;
    let stack: Stack;
    let ids: string[];

    before(async () => {
      emulator = await startEmulator({ generation });
      manila = await connect({
        ...{ authUrl: emulator.authUrl, userName: "member", password: "emulator" },
        ...{ userDomainName: "Default", tenantName: "demo", projectDomainName: "Default" },
      });
      stack = await Stack.ofExample("quickstart", emulator.environment());
      ids = await groupsMadeByHand();
    });

    after(async () => {
      await emulator.stop();
      await stack.remove();
    });

    /** One with two shares and a copy of it, two of the same name, and one without any; gives their ids. */
    async function groupsMadeByHand(): Promise<string[]> {
      const { consistencyGroups: groups, shares, consistencyGroupSnapshots: snapshots } = manila;
      const database = await groups.create({ name: "shop database", shareTypes: [SSD] });
      const common = { shareProtocol: "NFS", size: 1, shareTypeId: SSD, consistencyGroupId: database.id };
      await shares.create({ ...common, name: "tables", metadata: { team: 'the "shop"' } });
      await shares.create({ ...common, name: "logs", description: "Every ${word}", isPublic: true });
      const { id } = await snapshots.create({ consistencyGroupId: database.id });
      const copy = await groups.create({ name: "copy", sourceCgsnapshotId: id });
      const others = [{ name: "class", description: "a\nb \\ `c`" }, { name: "class" }, {}];
      const made = await Promise.all(others.map((each) => groups.create(each)));
      return [database, copy, ...made].map((group) => group.id).sort();
    }

    async function print(...parameters: string[]): Promise<string> {
      const command = ["--require", "ts-node/register/transpile-only", CLI, "program", ...parameters];
      const env = { PATH: process.env.PATH, ...emulator.environment() };
      const { stdout, stderr } = await execute(process.execPath, command, { env });
      assert.equal(stderr, "");
      return stdout;
    }

    it("is of all groups and their shares, of some, or of one", async () => {
      assert.equal((await print("--all")).match(/new manila\.ConsistencyGroup/g)?.length, ids.length);
      const [first = "", second = ""] = ids;
      const two = await print(second, first);
      const found = [...two.matchAll(/importId: "(.*)"/g)].map(([, id]) => id);
      assert.deepEqual(found, [second, first]);
      assert.match(await print("--all"), /shareTypes: \["ssd"\]/);
      assert.match(await print("--all", "--type-ids"), new RegExp(`shareTypes: \\["${SSD}"\\]`));
    });

    it("previews nothing but what it takes over, makes nothing in an up, and is empty then", async () => {
      await writeFile(join(stack.folder, "index.ts"), await print("--all", "--with-shares"));
      const shares = (await manila.shares.list()).map(({ id }) => id);
      assert.equal(shares.length, 4);
      const before = await everything();
      emulator.requests.reset();
      assert.match(await stack.succeed("preview"), /\+ 10 to create\n/);
      await stack.up();
      const written = emulator.requests
        .list()
        .filter(({ method, path }) => method !== "GET" && path.startsWith("/v2/"));
      assert.deepEqual(
        written.map(({ kind }) => kind),
        [],
      );
      assert.deepEqual(await everything(), before);
      assert.match(await stack.succeed("preview", "--diff"), /\n {4}10 unchanged\n/);
    });

    /** All groups and shares as they are. */
    async function everything(): Promise<unknown> {
      const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);
      const groups = await manila.consistencyGroups.detail();
      const shares = await manila.shares.detail();
      return [groups.sort(byId), shares.sort(byId)];
    }

    it("says which group there is not", async () => {
      const missing = "00000000-0000-4000-8000-000000000000";
      await assert.rejects(print(missing), {
        code: 1,
        stderr: `pulumi-manila: There is no consistency group ${missing} in project ${manila.projectId}.\n`,
      });
    });
  });
}
