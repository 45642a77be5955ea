import assert from "node:assert/strict";
import { z } from "zod";
import type { Clock } from "../../provider/openstack/clock";
import { systemClock } from "../../provider/openstack/clock";
import { Cloud } from "../../provider/openstack/cloud";
import { UnsupportedCloudError } from "../../provider/openstack/errors";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import { startCloud, startLimit } from "./cloud";
import type { RealCloud } from "./cloud";
import { logIn, projectOf } from "./connection";
import { KeystoneApi } from "./keystoneApi";
import { startWatchingProxy } from "./watchingProxy";
import type { WatchingProxy } from "./watchingProxy";

const LOGIN = "POST /v3/auth/tokens";
const DISCOVERY = "GET /v2/";

/** To the provider, no token ever gets old. */
const stoppedClock: Clock = { now: () => 0, sleep: (milliseconds) => systemClock.sleep(milliseconds) };

describe("a real Manila 23", function () {
  this.timeout("60s");
  let cloud: RealCloud;
  let api: KeystoneApi;
  let keystone: WatchingProxy;
  let shortLivedKeystone: WatchingProxy;
  let manila: WatchingProxy;

  before("start Keystone and Manila", async function () {
    this.timeout(startLimit);
    cloud = await startCloud();
    const { value } = await logIn({ configuration: projectOf(cloud.authUrl, cloud.admin) });
    api = new KeystoneApi(cloud.authUrl, value);
  });

  after("stop Keystone and Manila", () => cloud.stop());

  beforeEach("watch the requests", async () => {
    keystone = await startWatchingProxy(cloud.authUrl);
    shortLivedKeystone = await startWatchingProxy(cloud.shortLivedAuthUrl);
    manila = await startWatchingProxy(new URL(cloud.manila.url).origin);
  });

  afterEach("stop watching", async () => {
    await Promise.all([keystone, shortLivedKeystone, manila].map((proxy) => proxy.stop()));
  });

  /** The cloud as demo sees it, both services through the proxies. */
  function watchedCloud(watchedKeystone: WatchingProxy, clock: Clock): Cloud {
    const configuration = {
      ...projectOf(watchedKeystone.url, cloud.demo),
      "openstack:endpointOverrides": JSON.stringify({ sharev2: `${manila.url}/v2` }),
    };
    return new Cloud(fakeSources({ configuration }), clock, () => undefined);
  }

  /** Connecting asks for the versions, which needs a token, and then ends: this Manila has only share groups. */
  async function connect(connected: Cloud, region?: string): Promise<void> {
    await assert.rejects(connected.manila(region), (error) => {
      assert.ok(error instanceof UnsupportedCloudError, String(error));
      assert.match(
        error.message,
        /speaks microversions 2\.0 to 2\.99: since 2\.31 share groups take the place/,
      );
      return true;
    });
  }

  /** One connection a region, so that each sends a request of its own. */
  async function connectAtOnce(connected: Cloud, callers: number): Promise<void> {
    await Promise.all(Array.from({ length: callers }, (_, index) => connect(connected, `Region${index}`)));
  }

  function seen({ exchanges }: WatchingProxy): string[] {
    return exchanges.map(({ method, path, status }) => `${method} ${path} ${status}`);
  }

  function lastToken({ exchanges }: WatchingProxy): string {
    return z.string().parse(exchanges.at(-1)?.replyHeaders["x-subject-token"]);
  }

  it("is found in the catalog, and said to have share groups instead of consistency groups", async () => {
    const configuration = projectOf(cloud.authUrl, cloud.demo);
    await assert.rejects(
      new Cloud(fakeSources({ configuration }), systemClock, () => undefined).manila(),
      (error) =>
        error instanceof UnsupportedCloudError && error.message.startsWith(`Manila at ${cloud.manila.url} `),
    );
  });

  it("takes one token for 100 callers at once", async () => {
    await connectAtOnce(watchedCloud(keystone, systemClock), 100);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`]);
    assert.deepEqual(seen(manila), Array(100).fill(`${DISCOVERY} 200`));
  });

  it("never refuses a token of 4 s, as each is renewed before it expires", async () => {
    const connected = watchedCloud(shortLivedKeystone, systemClock);
    const tokens = new Set<string>();
    while (tokens.size < 4) {
      await connect(connected);
      tokens.add(lastToken(shortLivedKeystone));
      await systemClock.sleep(250);
    }
    assert.deepEqual(new Set(seen(manila)), new Set([`${DISCOVERY} 200`]));
  });

  it("refuses an expired token, which is renewed once", async () => {
    const connected = watchedCloud(shortLivedKeystone, stoppedClock);
    await connect(connected);
    await api.expiry(lastToken(shortLivedKeystone));
    await connect(connected);
    assert.deepEqual(seen(manila), [`${DISCOVERY} 200`, `${DISCOVERY} 401`, `${DISCOVERY} 200`]);
    assert.deepEqual(seen(shortLivedKeystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });

  it("refuses a revoked token, which is renewed once", async () => {
    const connected = watchedCloud(keystone, systemClock);
    await connect(connected);
    await api.revoke(lastToken(keystone));
    await connect(connected);
    assert.deepEqual(seen(manila), [`${DISCOVERY} 200`, `${DISCOVERY} 401`, `${DISCOVERY} 200`]);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });

  it("refuses a revoked token to 100 callers at once, and one new token serves them all", async () => {
    const connected = watchedCloud(keystone, systemClock);
    await connect(connected);
    await api.revoke(lastToken(keystone));
    await connectAtOnce(connected, 100);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });
});
