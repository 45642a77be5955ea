import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { groupIds } from "./operator";
import { Stack } from "./stack";

describe("A Provider on the real engine", function () {
  this.timeout("5m");
  let north: Emulator;
  let south: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    [north, south] = await Promise.all([startEmulator(), startEmulator()]);
  });

  afterEach(async () => {
    await Promise.all([stack.remove(), north.stop(), south.stop()]);
  });

  function provider(name: string, { authUrl }: Emulator, more: object = {}): string {
    const args = { authUrl, userName: "member", password: "emulator", tenantName: "demo", ...more };
    return `const ${name} = new manila.Provider("${name}", ${JSON.stringify(args)});`;
  }

  function twoClouds(): string {
    return `
      ${provider("north", north)}
      ${provider("south", south)}
      new manila.ConsistencyGroup("database", {}, { provider: north });
      new manila.ConsistencyGroup("backups", {}, { provider: south });
    `;
  }

  it("leads to a cloud of its own, beside another one and in place of the environment's", async () => {
    stack = await Stack.create(twoClouds(), { OS_CLOUD: "nowhere" });
    await stack.up();
    assert.equal((await groupIds(north)).length, 1);
    assert.equal((await groupIds(south)).length, 1);
    assert.doesNotMatch(await stack.succeed("stack", "export"), /"emulator"/, "the passwords are encrypted");
    // Neither needs the program: the state has each group's provider.
    await stack.write("throw new Error('not run');");
    await stack.refresh();
    await stack.destroy();
    assert.deepEqual([...(await groupIds(north)), ...(await groupIds(south))], []);
  });

  it("logs in with rotated credentials if the program is run, with the recorded ones if it is not", async () => {
    const group = 'new manila.ConsistencyGroup("database", {}, { provider: north });';
    stack = await Stack.create(provider("north", north) + group, {});
    await stack.up();
    for (const user of north.seed.users) {
      user.password = "rotated";
    }
    await stack.write(provider("north", north, { password: "rotated" }) + group);
    const output = await stack.fail("refresh", "--yes", "--skip-preview");
    assert.match(output, /answered 401: .* check the user and its domain, the password/);
    await stack.succeed("refresh", "--yes", "--skip-preview", "--run-program");
    await stack.up();
    await stack.destroy();
    assert.deepEqual(await groupIds(north), []);
  });

  it("says all that is wrong with its settings, and where each comes from, without a secret", async () => {
    const wrong = { authUrl: "keystone", token: "gAAAAsecret" };
    const group = 'new manila.ConsistencyGroup("database", {}, { provider: north });';
    stack = await Stack.create(provider("north", north, wrong) + group, {});
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /provider:authUrl \(explicit provider\): is "keystone", must start with https:/);
    assert.match(output, /provider:password \(explicit provider\) and provider:token \(explicit provider\)/);
    assert.doesNotMatch(output, /gAAAAsecret|"emulator"/);
    assert.doesNotMatch(output, /node_modules/, "no stack trace");
  });
});
