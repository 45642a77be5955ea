import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as otherCopy from "pulumi-manila";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { getConsistencyGroup, getShareType, getShareTypeOutput, getShareTypes, Provider } from "../../sdk";
import { registered, valueOf } from "./mocks";

const LOGIN = "POST /identity/v3/auth/tokens";
const SSD = "22222222-2222-4222-8222-222222222222";

const execute = promisify(execFile);

describe("A look-up in a program", () => {
  let emulator: Emulator;
  let names = 0;

  before(async () => {
    emulator = await startEmulator();
  });

  after(() => emulator.stop());

  beforeEach(async () => {
    await registered();
    pulumi.runtime.setAllConfig({});
    emulator.requests.reset();
  });

  /** A provider of this test alone, so that no other one has its token. */
  function provider(authUrl: pulumi.Input<string> = emulator.authUrl): Provider {
    const login = { userName: "member", password: "emulator", tenantName: "demo" };
    return new Provider("north", { ...login, authUrl, defaultDomain: "default", maxRetries: ++names });
  }

  it("asks the cloud of its provider, which need not be of the same copy of the package", async () => {
    const north = provider();
    assert.equal((await getShareType({ name: "ssd" }, { provider: north })).id, SSD);
    assert.equal((await otherCopy.getShareType({ name: "ssd" }, { provider: north })).id, SSD);
  });

  it("asks the cloud of its parent's provider", async () => {
    const parent = new pulumi.ComponentResource("test:index:Shop", "shop", {}, { providers: [provider()] });
    assert.equal((await getShareType({ name: "ssd" }, { parent })).id, SSD);
  });

  it("asks the cloud of the stack's configuration where there is no provider", async () => {
    pulumi.runtime.setAllConfig({
      "openstack:authUrl": emulator.authUrl,
      "openstack:userName": "member",
      "openstack:password": "emulator",
      "openstack:tenantName": "demo",
    });
    assert.equal((await getShareType({ name: "ssd" })).id, SSD);
    pulumi.runtime.setAllConfig({ "openstack:authUrl": "keystone" });
    await assert.rejects(
      getShareType({ name: "ssd" }),
      /openstack:authUrl .* is "keystone", must start with/,
    );
  });

  it("costs one token for each cloud, in whatever form and however many there are", async () => {
    const north = provider();
    await Promise.all([
      getShareType({ name: "ssd" }, { provider: north }),
      getShareTypes({}, { provider: north }),
      valueOf(getShareTypeOutput({ name: "default" }, { provider: north })),
    ]);
    assert.equal(emulator.requests.count(LOGIN), 1);
  });

  it("takes outputs where it gives one, which is no secret for its provider's password, but for a secret argument", async () => {
    const options = { provider: provider() };
    const plain = getShareTypeOutput({ name: pulumi.output("ssd") }, options);
    assert.equal(await valueOf(plain.id), SSD);
    assert.equal(await pulumi.isSecret(plain), false);
    assert.equal(await pulumi.isSecret(getShareTypeOutput({ name: pulumi.secret("ssd") }, options)), true);
  });

  it("stays unknown, or says so, where a preview does not know its provider's settings", async () => {
    const options = { provider: provider(pulumi.output(pulumi.unknown).apply(String)) };
    await assert.rejects(
      getShareType({ name: "ssd" }, options),
      /^Error: A look-up can't be made yet: .* Use the function whose name ends in Output/,
    );
    const output = getShareTypeOutput({ name: "ssd" }, options);
    assert.equal(await Reflect.get(output, "isKnown"), false);
    assert.equal(emulator.requests.count(), 0);
  });

  it("refuses a provider of another kind", async () => {
    class Other extends pulumi.ProviderResource {}
    const other = new Other("aws", "aws", {});
    await assert.rejects(getShareType({ name: "ssd" }, { provider: other }), {
      message: "The option provider must be a Provider of pulumi-manila.",
    });
  });

  it("fails with an error that Pulumi shows without a stack, its cause kept", async () => {
    const looking = getConsistencyGroup({ name: "nothing" }, { provider: provider() });
    await assert.rejects(looking, (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(error.message, /^There is no consistency group "nothing" .* There are: none\.$/);
      assert.ok(error.cause instanceof Error && error.cause.name === "ResourceError");
      return true;
    });
  });

  it("loads what talks to clouds only when it is made", async () => {
    const script = `
      const manila = require("pulumi-manila");
      const loaded = () => Object.keys(require.cache).filter((file) => /node_modules.(axios|zod|yaml)./.test(file)).length;
      const before = loaded();
      manila.getShareTypes({}).catch(() => console.log(before, loaded() > 0));
    `;
    const { stdout } = await execute(process.execPath, ["-e", script], { env: { PATH: process.env.PATH } });
    assert.equal(stdout, "0 true\n");
  });
});
