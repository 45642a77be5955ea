import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { connect } from "../../provider/client";
import type { Client } from "../../provider/client";

const FOLDER = resolve(__dirname, "../../examples/operator");

const execute = promisify(execFile);

for (const generation of ["consistencyGroups", "shareGroups"] as const) {
  describe(`The operator's script on a cloud with ${generation}`, function () {
    this.timeout("2m");
    let emulator: Emulator;
    let member: Client;

    beforeEach(async () => {
      emulator = await startEmulator({ generation });
      const login = { userName: "member", password: "emulator", tenantName: "demo" };
      member = await connect({ authUrl: emulator.authUrl, ...login });
    });

    afterEach(() => emulator.stop());

    /** Runs it as the README says, with its types checked; gives the lines that it printed. */
    async function run(...parameters: string[]): Promise<string[]> {
      const env = { PATH: process.env.PATH, ...emulator.environment("admin") };
      const { stdout } = await execute("npm", ["run", "--silent", "stuck", "--", ...parameters], {
        cwd: FOLDER,
        env,
      });
      return stdout.trim().split("\n").sort();
    }

    it("lists the groups in error of all projects, and removes those that hold nothing", async () => {
      const { consistencyGroups: groups, shares } = member;
      const admin = await connect({
        authUrl: emulator.authUrl,
        userName: "admin",
        password: "emulator",
        tenantName: "alt",
      });
      const empty = await groups.create({ name: "empty" });
      const full = await groups.create({ name: "full" });
      const healthy = await groups.create({ name: "healthy" });
      await groups.waitUntilAvailable(full.id);
      await shares.create({ name: "tables", shareProtocol: "NFS", size: 1, consistencyGroupId: full.id });
      await admin.consistencyGroups.resetStatus(empty.id, "error_deleting");
      await admin.consistencyGroups.resetStatus(full.id, "error");

      const whose = `of project ${member.projectId}`;
      assert.deepEqual(
        await run(),
        [`${empty.id} "empty" ${whose}: error_deleting`, `${full.id} "full" ${whose}: error`].sort(),
      );
      const outcome = (await run("--delete")).join("\n");
      assert.match(outcome, new RegExp(`^${empty.id} "empty" ${whose}: deleted$`, "m"));
      assert.match(outcome, new RegExp(`^${full.id} "full" ${whose}: left as it is: .* answered 409`, "m"));
      assert.deepEqual(
        (await groups.list()).map(({ id }) => id).sort(),
        [full.id, healthy.id].sort(),
        "nothing else was touched",
      );
    });
  });
}
