import assert from "node:assert/strict";
import { startEmulator } from "../../../emulator";
import type { Emulator, EmulatorSettings } from "../../../emulator";
import { ConsistencyGroupLifecycle } from "../../../provider/consistencyGroup/lifecycle";
import { Cloud } from "../../../provider/openstack/cloud";
import { ApiError, ConnectionError, UnsupportedCloudError } from "../../../provider/openstack/errors";
import { SettingsError } from "../../../provider/openstack/settings";
import { FakeClock } from "../fakeClock";
import { assertNoSecret } from "./cloudSettings";
import { freePort } from "./http/server";

const LOGIN = "POST /identity/v3/auth/tokens";
const PASSWORD = "emulator";
const START = Date.parse("2026-01-01T00:00:00Z");

interface World {
  cloud: Cloud;
  clock: FakeClock;
  lines: string[];
  lifecycle: ConsistencyGroupLifecycle;
}

/** A process set up by `OS_*` variables and the stack's configuration. */
function newWorld(
  authUrl: string,
  environment: Record<string, string> = {},
  configuration: Record<string, string> = {},
  clock = new FakeClock(),
): World {
  const login = {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: "member",
    OS_PASSWORD: PASSWORD,
    OS_PROJECT_NAME: "demo",
  };
  const sources = {
    configuration: (key: string) => configuration[key],
    environment: { ...login, ...environment },
    readFile: () => undefined,
    workingDirectory: "/project",
    home: "/home/me",
    platform: "linux" as const,
  };
  const lines: string[] = [];
  const cloud = new Cloud(sources, clock, (line) => lines.push(line));
  const lifecycle = new ConsistencyGroupLifecycle({
    connect: (region) => cloud.manila(region),
    clock,
    tell: () => undefined,
  });
  return { cloud, clock, lines, lifecycle };
}

describe("Cloud", () => {
  let emulator: Emulator;

  /** Starts the emulator with the time of the client. */
  async function start(settings: EmulatorSettings = {}): Promise<FakeClock> {
    const clock = new FakeClock();
    emulator = await startEmulator({ ...settings, clock: () => START + clock.now() });
    return clock;
  }

  afterEach(() => emulator.stop());

  it("takes a group through its life, with a line in the log for each request and no secret in any", async () => {
    const clock = await start({ delayMilliseconds: 30_000 });
    const { lifecycle, lines } = newWorld(emulator.authUrl, {}, { "manila:debug": "true" }, clock);
    const { id, state } = await lifecycle.create({ name: "database" });
    assert.equal(state.status, "available");
    const changed = await lifecycle.update(id, state, { name: "another" });
    assert.equal((await lifecycle.read(id, changed))?.state.name, "another");
    await lifecycle.delete(id, changed);
    assert.equal(await lifecycle.read(id, changed), undefined);
    assert.equal(lines.length, emulator.requests.count());
    assert.equal(/gAAAAA|"emulator"/.test(lines.join("\n")), false);
  });

  it("logs in and asks for the versions once, however many resources and regions there are", async () => {
    const clock = await start();
    const { cloud } = newWorld(emulator.authUrl, {}, {}, clock);
    const regions = [undefined, "RegionOne", ...Array<undefined>(50)];
    await Promise.all(regions.map((region) => cloud.manila(region)));
    assert.equal(emulator.requests.count(LOGIN), 1);
    assert.equal(emulator.requests.count(), 3);
  });

  it("goes on when its token expires while a group is created", async () => {
    const clock = await start({ delayMilliseconds: 60_000, tokenLifetimeMilliseconds: 4_000 });
    const { lifecycle } = newWorld(emulator.authUrl, {}, {}, clock);
    assert.equal((await lifecycle.create({ name: "database" })).state.status, "available");
    assert.ok(emulator.requests.count(LOGIN) > 3);
    assert.ok(emulator.requests.list().every(({ status }) => status !== 401));
  });

  it("goes on when its token is revoked while many groups are read", async () => {
    const clock = await start();
    const { lifecycle } = newWorld(emulator.authUrl, {}, {}, clock);
    const { id, state } = await lifecycle.create({ name: "database" });
    emulator.tokens.revokeAll();
    await Promise.all(Array.from({ length: 30 }, () => lifecycle.read(id, state)));
    assert.equal(emulator.requests.count(LOGIN), 2);
  });

  it("says out loud that certificates are not checked, once", async () => {
    const clock = await start();
    const { cloud, lines } = newWorld(emulator.authUrl, { OS_INSECURE: "true" }, {}, clock);
    await Promise.all([cloud.manila(), cloud.manila("RegionOne"), cloud.manila()]);
    const where = `${emulator.authUrl}/v3`;
    assert.deepEqual(lines, [
      `warning: the certificates of ${where} and its services are not checked (insecure)`,
    ]);
  });

  it("sends a password that is refused only once", async () => {
    const clock = await start();
    const { cloud } = newWorld(emulator.authUrl, { OS_PASSWORD: "wr0ng-secret" }, {}, clock);
    for (const region of [undefined, undefined, "RegionOne"]) {
      await assert.rejects(cloud.manila(region), (error) => {
        assert.ok(error instanceof ApiError && error.status === 401);
        assert.match(
          error.message,
          /^Can't log in to http:.* Keystone says no more than this: check the user/,
        );
        assertNoSecret(error, ["wr0ng-secret"]);
        return true;
      });
    }
    assert.equal(emulator.requests.count(LOGIN), 1);
  });

  it("refuses a region that is not there, and serves the others with the same token", async () => {
    const clock = await start();
    const { cloud } = newWorld(emulator.authUrl, {}, {}, clock);
    await assert.rejects(cloud.manila("RegionNine"), UnsupportedCloudError);
    assert.equal((await cloud.manila("RegionOne")).region, "RegionOne");
    assert.equal(emulator.requests.count(LOGIN), 1);
  });

  it("tries again after a failure that has passed", async () => {
    const port = await freePort();
    const { cloud } = newWorld(`http://127.0.0.1:${port}/identity`);
    await assert.rejects(cloud.manila(), (error) => {
      assert.ok(error instanceof ConnectionError);
      assert.match(error.message, /^Can't log in to .*: nothing listens there/);
      return true;
    });
    await start({ port });
    assert.equal((await cloud.manila()).region, "RegionOne");
  });

  it("says that the login leads to no project", async () => {
    const clock = await start();
    const admin = { OS_USERNAME: "admin", OS_PROJECT_NAME: "", OS_SYSTEM_SCOPE: "all" };
    const { cloud } = newWorld(emulator.authUrl, admin, {}, clock);
    await assert.rejects(cloud.manila(), (error) => {
      assert.ok(error instanceof SettingsError);
      assert.match(
        error.message,
        /leads to no project[^]* openstack:tenantName, OS_PROJECT_NAME or project_name/,
      );
      return true;
    });
  });

  it("refuses settings that can't be used before it sends anything", async () => {
    await start();
    const { cloud } = newWorld(emulator.authUrl, { OS_PASSWORD: "" });
    await assert.rejects(cloud.manila(), SettingsError);
    assert.equal(emulator.requests.count(), 0);
  });
});
