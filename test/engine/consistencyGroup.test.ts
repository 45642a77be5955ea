import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { byHand, groupIds } from "./operator";
import { Stack } from "./stack";

const GROUPS = "/v2/{project_id}/consistency-groups";
const TOKEN = "POST /identity/v3/auth/tokens";
const DEFAULT_TYPE = "11111111-1111-4111-8111-111111111111";
const SSD = "22222222-2222-4222-8222-222222222222";

/** A program that declares one group. */
function declaring(args: object): string {
  return `new manila.ConsistencyGroup("database", ${JSON.stringify(args)});`;
}

describe("A consistency group on the real engine", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  async function start(args: object, delayMilliseconds = 300): Promise<void> {
    emulator = await startEmulator({ delayMilliseconds });
    stack = await Stack.create(declaring(args), emulator.environment());
  }

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** What has changed something on the cloud since the last look. */
  function changes(): string[] {
    const kinds = emulator.requests.list().map(({ kind }) => kind);
    emulator.requests.reset();
    return kinds.filter((kind) => !kind.startsWith("GET ") && kind !== TOKEN);
  }

  it("is created as declared, and its outputs are what the cloud says", async () => {
    await start({ description: "Tables and logs", shareTypes: [SSD] });
    await stack.up();
    const { id = "", outputs } = await stack.group();
    const group = await (await byHand(emulator)).get(id);
    assert.equal(group.name, "database");
    assert.equal(group.description, "Tables and logs");
    assert.equal(group.status, "available");
    assert.deepEqual(group.shareTypes, [SSD]);
    // The links of consistency groups lead nowhere, and no state needs them.
    const { links: _links, ...told } = group;
    for (const [property, value] of Object.entries(told)) {
      assert.deepEqual(property === "id" ? id : outputs[property], value, property);
    }
  });

  it("needs no call in a preview, nor in an up that changes nothing, and one token in any", async () => {
    await start({});
    assert.deepEqual(await stack.preview(), ["create database"]);
    assert.equal(emulator.requests.count(), 0);
    await stack.up();
    assert.equal(emulator.requests.count(TOKEN), 1);
    assert.deepEqual(changes(), [`POST ${GROUPS}`]);
    assert.deepEqual(await stack.preview(), []);
    await stack.up();
    assert.equal(emulator.requests.count(), 0);
  });

  it("is renamed in place, sending nothing but the name", async () => {
    await start({ description: "Tables and logs" });
    await stack.up();
    const before = await stack.group();
    await stack.write(declaring({ name: "shop", description: "Tables and logs" }));
    assert.deepEqual(await stack.preview(), ["update database"]);
    await stack.up();
    const [rename] = emulator.requests.list(`PUT ${GROUPS}/{id}`);
    assert.deepEqual(rename?.body, { consistency_group: { name: "shop" } });
    const after = await stack.group();
    assert.equal(after.id, before.id);
    assert.equal(after.outputs.name, "shop");
  });

  it("is replaced for other share types, the new group made before the old one goes", async () => {
    await start({});
    await stack.up();
    const before = await stack.group();
    changes();
    await stack.write(declaring({ shareTypes: [SSD, DEFAULT_TYPE] }));
    assert.deepEqual(await stack.preview(), ["replace database"]);
    await stack.up();
    assert.deepEqual(changes(), [`POST ${GROUPS}`, `DELETE ${GROUPS}/{id}`]);
    assert.notEqual((await stack.group()).id, before.id);
    await stack.write(declaring({ shareTypes: [DEFAULT_TYPE, SSD, SSD] }));
    assert.deepEqual(await stack.preview(), [], "another order of the same types is no change");
  });

  it("takes share types by name or by id, and a change from one form to the other is none", async () => {
    await start({ shareTypes: ["ssd"] }, 0);
    await stack.up();
    assert.deepEqual((await stack.group()).outputs.shareTypes, [SSD]);
    assert.equal(emulator.requests.count("GET /v2/{project_id}/types"), 2, "one page, and none after it");
    await stack.write(declaring({ shareTypes: [SSD] }));
    assert.deepEqual(await stack.preview(), []);
    await stack.refresh();
    await stack.write(declaring({ shareTypes: ["ssd"] }));
    assert.deepEqual(await stack.preview(), []);
    await stack.write(declaring({ shareTypes: ["sdd"] }));
    assert.match(
      await stack.fail("preview"),
      /There is no share type "sdd" for project .* There are: .*"ssd" \(22222222-/,
    );
  });

  it("shows what was changed by hand after a refresh, and repairs it", async () => {
    await start({ description: "Tables and logs" });
    await stack.up();
    const { id = "" } = await stack.group();
    await (await byHand(emulator)).update(id, { name: "mine", description: null });
    await stack.refresh();
    assert.equal((await stack.group()).outputs.name, "mine");
    const preview = await stack.succeed("preview", "--diff");
    assert.match(preview, /~ name\s*: "mine" => "database"/);
    assert.match(preview, /\+ description\s*: "Tables and logs"/);
    assert.doesNotMatch(
      preview,
      /shareTypes|region/,
      "what the program leaves out is no part of the difference",
    );
    await stack.up();
    const repaired = await (await byHand(emulator)).get(id);
    assert.deepEqual([repaired.name, repaired.description], ["database", "Tables and logs"]);
  });

  it("is made again when somebody has deleted it", async () => {
    await start({});
    await stack.up();
    const { id = "" } = await stack.group();
    emulator.backEnd.delayMilliseconds = 0;
    await (await byHand(emulator)).delete(id);
    await stack.refresh();
    assert.deepEqual(await stack.groups(), []);
    assert.deepEqual(await stack.preview(), ["create database"]);
  });

  it("is looked up by get, and stays when the stack goes", async () => {
    await start({});
    await stack.up();
    const { id = "" } = await stack.group();
    const reader = await Stack.create(
      `exports.name = manila.ConsistencyGroup.get("shared", "${id}").name;`,
      emulator.environment(),
    );
    await reader.up();
    assert.equal((await reader.succeed("stack", "output", "name")).trim(), "database");
    await reader.destroy();
    await reader.write('manila.ConsistencyGroup.get("missing", "00000000-0000-4000-8000-000000000000");');
    const output = await reader.fail("up", "--yes", "--skip-preview");
    assert.match(output, /There is no consistency group 00000000-0000-4000-8000-000000000000 in project/);
    await reader.remove();
    assert.deepEqual(await groupIds(emulator), [id]);
  });

  it("is kept when it ends in error, and replaced by the next up", async () => {
    await start({});
    emulator.backEnd.failCreate = true;
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const failed = await stack.group();
    assert.match(output, new RegExp(`"database" \\(${failed.id ?? ""}\\) is in status "error"`));
    assert.match(output, /the next "pulumi up" replaces it/);
    // It fails once more, and neither of the two is lost.
    await stack.fail("up", "--yes", "--skip-preview");
    const recorded = (await stack.groups()).map(({ id }) => id);
    assert.deepEqual(recorded.sort(), (await groupIds(emulator)).sort());
    emulator.backEnd.failCreate = false;
    await stack.up();
    const { id = "", outputs } = await stack.group();
    assert.equal(outputs.status, "available");
    assert.deepEqual(await groupIds(emulator), [id]);
  });

  it("is kept when its creation takes too long, and waited for by the next up", async () => {
    await start({ timeouts: { create: "1s" } }, 15_000);
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /is still "creating" after 1s/);
    await stack.write(declaring({ timeouts: { create: "1m" } }));
    await stack.up();
    const { id = "", outputs } = await stack.group();
    assert.equal(outputs.status, "available");
    assert.deepEqual(await groupIds(emulator), [id]);
    assert.equal(emulator.requests.count(`POST ${GROUPS}`), 1);
  });

  it("is destroyed without its program", async () => {
    await start({});
    await stack.up();
    await rm(join(stack.folder, "index.js"));
    await stack.destroy();
    assert.deepEqual(await groupIds(emulator), []);
    assert.deepEqual(await stack.groups(), []);
  });

  it("is refused for bad inputs before anything is sent, each problem by its name", async () => {
    await start({ name: "database 🐘", shareNetworkId: "lan", timeouts: { create: "soon" } });
    const output = await stack.fail("preview");
    assert.match(output, /property name value .* has a problem: must not contain emoji/);
    assert.match(output, /property shareNetworkId value .* has a problem: must be an id/);
    assert.match(
      output,
      /property timeouts value .* has a problem: timeouts\.create must be a length of time/,
    );
    assert.equal(emulator.requests.count(), 0);
  });

  it("leaves a small state, with neither code nor secrets", async () => {
    await start({
      description: "Tables and logs of the shop",
      shareTypes: [SSD],
      timeouts: { create: "20m" },
    });
    await stack.up();
    const { inputs } = await stack.group();
    const text = String(inputs.__provider);
    const state = await stack.succeed("stack", "export");
    const group = JSON.stringify(await stack.group());
    console.log(`        ${text.length} bytes of provider text, ${group.length} bytes of state for a group`);
    assert.equal(text, 'exports.handler = () => require("pulumi-manila/provider").consistencyGroup;');
    assert.ok(group.length <= 2_200, `${group.length} bytes`);
    assert.doesNotMatch(state, /emulator"|password|token/i);
  });

  it("takes its cloud from a stack that is configured for @pulumi/openstack, its password encrypted", async () => {
    emulator = await startEmulator();
    stack = await Stack.create(declaring({}), {});
    for (const [key, value] of Object.entries({
      authUrl: emulator.authUrl,
      userName: "member",
      tenantName: "demo",
      userDomainName: "Default",
      projectDomainName: "Default",
    })) {
      await stack.succeed("config", "set", `openstack:${key}`, value);
    }
    await stack.succeed("config", "set", "--secret", "openstack:password", "emulator");
    await stack.up();
    assert.doesNotMatch(await stack.succeed("stack", "export"), /"emulator"/);
    // Without the program's configuration, the state's own is enough.
    await stack.destroy();
    assert.deepEqual(await groupIds(emulator), []);
  });
});
