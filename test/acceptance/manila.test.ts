import assert from "node:assert/strict";
import { z } from "zod";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import type { Clock } from "../../provider/openstack/clock";
import { systemClock } from "../../provider/openstack/clock";
import { Cloud } from "../../provider/openstack/cloud";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import { startLimit } from "./cloud";
import type { RealCloud } from "./cloud";
import { logIn, projectOf } from "./connection";
import { KeystoneApi } from "./keystoneApi";
import { sharedCloud } from "./sharedCloud";
import { startWatchingProxy } from "./watchingProxy";
import type { WatchingProxy } from "./watchingProxy";

const LOGIN = "POST /v3/auth/tokens";
const DISCOVERY = "GET /v2/";
const LIST = "GET /v2/{project_id}/share-groups";

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
    cloud = await sharedCloud();
    const { value } = await logIn({ configuration: projectOf(cloud.authUrl, cloud.admin) });
    api = new KeystoneApi(cloud.authUrl, value);
  });

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

  /** What a caller asks who connects for the first time, or again. */
  async function ask(connected: Cloud): Promise<void> {
    assert.deepEqual(await new ConsistencyGroupApi(await connected.manila()).list(), []);
  }

  async function askAtOnce(connected: Cloud, callers: number): Promise<void> {
    await Promise.all(Array.from({ length: callers }, () => ask(connected)));
  }

  function seen({ exchanges }: WatchingProxy): string[] {
    return exchanges.map(({ method, path, status }) => {
      const [resource = ""] = path.replace(cloud.demo.projectId, "{project_id}").split("?");
      return `${method} ${resource} ${status}`;
    });
  }

  function lastToken({ exchanges }: WatchingProxy): string {
    return z.string().parse(exchanges.at(-1)?.replyHeaders["x-subject-token"]);
  }

  it("is found in the catalog, and spoken to about share groups in its newest microversion", async () => {
    const configuration = projectOf(cloud.authUrl, cloud.demo);
    const sources = fakeSources({ configuration });
    const { generation, microversion } = await new Cloud(sources, systemClock, () => undefined).manila();
    assert.deepEqual([generation, microversion], ["shareGroups", "2.99"]);
  });

  it("takes one token and one look at its versions for 100 callers at once", async () => {
    await askAtOnce(watchedCloud(keystone, systemClock), 100);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`]);
    assert.deepEqual(seen(manila), [`${DISCOVERY} 200`, ...Array<string>(100).fill(`${LIST} 200`)]);
  });

  it("never refuses a token of 4 s, as each is renewed before it expires", async () => {
    const connected = watchedCloud(shortLivedKeystone, systemClock);
    const tokens = new Set<string>();
    while (tokens.size < 4) {
      await ask(connected);
      tokens.add(lastToken(shortLivedKeystone));
      await systemClock.sleep(250);
    }
    assert.deepEqual(new Set(seen(manila)), new Set([`${DISCOVERY} 200`, `${LIST} 200`]));
  });

  it("refuses an expired token, which is renewed once", async () => {
    const connected = watchedCloud(shortLivedKeystone, stoppedClock);
    await ask(connected);
    await api.expiry(lastToken(shortLivedKeystone));
    await ask(connected);
    assert.deepEqual(seen(manila), [`${DISCOVERY} 200`, `${LIST} 200`, `${LIST} 401`, `${LIST} 200`]);
    assert.deepEqual(seen(shortLivedKeystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });

  it("refuses a revoked token, which is renewed once", async () => {
    const connected = watchedCloud(keystone, systemClock);
    await ask(connected);
    await api.revoke(lastToken(keystone));
    await ask(connected);
    assert.deepEqual(seen(manila), [`${DISCOVERY} 200`, `${LIST} 200`, `${LIST} 401`, `${LIST} 200`]);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });

  it("refuses a revoked token to 100 callers at once, and one new token serves them all", async () => {
    const connected = watchedCloud(keystone, systemClock);
    await ask(connected);
    await api.revoke(lastToken(keystone));
    await askAtOnce(connected, 100);
    assert.deepEqual(seen(keystone), [`${LOGIN} 201`, `${LOGIN} 201`]);
  });
});
