import assert from "node:assert/strict";
import { z } from "zod";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { connect } from "../../provider/client";
import { Stack } from "./stack";

const LOGIN = "POST /identity/v3/auth/tokens";
const CREATE = "POST /v2/{project_id}/consistency-groups";
const SSD = "22222222-2222-4222-8222-222222222222";

const outputs = z.record(z.string(), z.unknown());

describe("Look-ups on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    emulator = await startEmulator();
  });

  afterEach(async () => {
    await Promise.all([stack.remove(), emulator.stop()]);
  });

  /** A group made by hand in a project. */
  async function madeByHand(name: string, tenantName: string): Promise<string> {
    const login = { userName: "member", password: "emulator", tenantName };
    const { consistencyGroups } = await connect({ authUrl: emulator.authUrl, ...login });
    return (await consistencyGroups.create({ name })).id;
  }

  it("find what is there for what is made, on the stack's cloud and on another one, in a preview as well", async () => {
    const shared = await madeByHand("shared", "demo");
    const backups = await madeByHand("backups", "alt");
    stack = await Stack.create(
      `
      const config = new pulumi.Config();
      const login = { userName: "member", password: config.requireSecret("password"), tenantName: "alt" };
      const alt = new manila.Provider("alt", { ...login, authUrl: config.require("authUrl") });
      module.exports = async () => {
        const shared = await manila.getConsistencyGroup({ name: "shared" });
        const ssd = await manila.getShareType({ name: "ssd" });
        const database = new manila.ConsistencyGroup("database", { shareTypes: [ssd.id] });
        const found = manila.getConsistencyGroupOutput({ id: database.id });
        const late = new manila.Provider("late", { ...login, authUrl: found.apply(() => config.require("authUrl")) });
        const options = { provider: late };
        return {
          shared: shared.id,
          backups: (await manila.getConsistencyGroups({}, { provider: alt })).map(({ id }) => id),
          status: found.status,
          late: manila.getConsistencyGroupSummariesOutput({}, options).apply((all) => all.map(({ id }) => id)),
          early: await manila.getShareTypes({}, options).then(() => "known", ({ message }) => message),
        };
      };
      `,
      {},
    );
    const [name, value] = ["password", "emulator"];
    for (const [key = "", ...setting] of [
      ["authUrl", emulator.authUrl],
      ["--secret", name, value],
      ["openstack:authUrl", emulator.authUrl],
      ["openstack:userName", "member"],
      ["--secret", "openstack:password", value],
      ["openstack:tenantName", "demo"],
    ]) {
      await stack.succeed("config", "set", key, ...setting);
    }

    const preview = await stack.succeed("preview", "--diff");
    assert.match(preview, new RegExp(`shared *: "${shared}"`));
    assert.match(preview, /status *: \[unknown\]/);
    assert.match(preview, /late *: \[unknown\]/);
    assert.match(
      preview,
      /early *: "A look-up can't be made yet: a preview does not know the settings of its provider/,
    );
    assert.equal(emulator.requests.count(CREATE), 2, "no more than those that were made by hand");

    emulator.requests.reset();
    await stack.up();
    const { early, ...told } = outputs.parse(JSON.parse(await stack.succeed("stack", "output", "--json")));
    assert.deepEqual(told, { shared, backups: [backups], status: "available", late: [backups] });
    assert.equal(early, "known");
    const [request] = emulator.requests.list(CREATE);
    assert.deepEqual(request?.body, { consistency_group: { name: "database", share_types: [SSD] } });
    // For the stack's cloud one in the program and one in the provider; the other two providers lead to the same cloud.
    assert.equal(emulator.requests.count(LOGIN), 3);
  });

  it("tell what there is where there is none, without a stack trace, before anything is made", async () => {
    const id = await madeByHand("shared", "demo");
    const program = `
      new manila.ConsistencyGroup("database", {
        sourceCgsnapshotId: manila.getConsistencyGroupOutput({ name: "sheared" }).id,
      });
    `;
    stack = await Stack.create(program, emulator.environment());
    const output = await stack.fail("preview");
    assert.match(
      output,
      new RegExp(`There is no consistency group "sheared" .* There are: "shared" \\(${id}\\)\\.`),
    );
    assert.doesNotMatch(output, /node_modules/);
  });
});
