import assert from "node:assert/strict";
import type { Client } from "../../../provider/client";
import type { Stack } from "../../engine/stack";
import { everything, manilaOf } from "./operator";
import { RealServers } from "./realServers";

describe("An administrator's actions on the real engine and a real Manila", function () {
  this.timeout("5m");
  const servers = new RealServers();

  async function administrator(): Promise<Client["consistencyGroups"]> {
    return (await manilaOf(servers.cloud, servers.cloud.admin)).consistencyGroups;
  }

  async function up(program: string, entry: string): Promise<Stack> {
    const stack = await servers.stack(program, entry);
    await stack.up();
    return stack;
  }

  describe("forceDelete", () => {
    const declaring = 'new manila.ConsistencyGroup("database", { forceDelete: true });';

    /** A group whose status forbids a deletion. */
    async function stuck(entry: string): Promise<{ stack: Stack; id: string }> {
      const stack = await up(declaring, entry);
      const { id = "" } = await stack.group();
      await (await administrator()).resetStatus(id, "error_deleting");
      return { stack, id };
    }

    it("takes a stuck group away, and says that the back end was not told", async () => {
      const { stack, id } = await stuck("admin");
      assert.match(
        await stack.destroy(),
        new RegExp(`\\(${id}\\) was deleted by force: .*back end was not told`),
      );
      assert.deepEqual(await everything(servers.cloud), []);
    });

    it("is refused to a member, with the policy that is missing", async () => {
      const { stack, id } = await stuck("demo");
      const output = await stack.fail("destroy", "--yes", "--skip-preview");
      assert.match(output, /answered 403 forbidden: .*The cloud's policy "share_group:force_delete"/);
      assert.deepEqual(await everything(servers.cloud), [id]);
      await (await administrator()).resetStatus(id, "error");
    });
  });

  describe("a status reset", () => {
    /** A group, and a reset of its status. */
    function declaring(status: string, trigger = "first"): string {
      return `
        const { id } = new manila.ConsistencyGroup("database");
        new manila.ConsistencyGroupStatusReset("reset", {
          consistencyGroupId: id, status: "${status}", triggers: ["${trigger}"],
        });`;
    }

    it("sets the status once, and again when its triggers change", async () => {
      const stack = await up(declaring("error"), "admin");
      const { id = "" } = await stack.group();
      const groups = await administrator();
      assert.equal((await groups.get(id)).status, "error");
      await groups.resetStatus(id, "available");
      await stack.up();
      assert.equal((await groups.get(id)).status, "available", "nothing is done again");
      await stack.write(declaring("error", "second"));
      await stack.up();
      assert.equal((await groups.get(id)).status, "error");
    });

    it("is refused to a member, with the policy that is missing", async () => {
      const stack = await servers.stack(declaring("error"));
      const output = await stack.fail("up", "--yes", "--skip-preview");
      assert.match(output, /answered 403 forbidden: .*The cloud's policy "share_group:reset_status"/);
      const { id = "" } = await stack.group();
      assert.equal((await (await administrator()).get(id)).status, "available");
    });
  });
});
