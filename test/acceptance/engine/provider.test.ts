import assert from "node:assert/strict";
import { startWatchingProxy } from "../watchingProxy";
import type { WatchingProxy } from "../watchingProxy";
import { everything, manilaOf, until } from "./operator";
import { RealServers } from "./realServers";

/** The first and last with the experimental header, the first without it, and the newest of Manila 23. */
const MICROVERSIONS = ["2.31", "2.54", "2.55", "2.99"];

describe("A Provider on the real engine and a real Keystone and Manila", function () {
  this.timeout("5m");
  const servers = new RealServers();
  let proxy: WatchingProxy | undefined;

  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
  });

  it("leads to a project of its own, beside another one", async () => {
    const { cloud } = servers;
    const stack = await servers.stack(
      ["demo", "other"]
        .map(
          (entry) => `
            const ${entry} = new manila.Provider("${entry}", { cloud: "${entry}" });
            new manila.ConsistencyGroup("database-of-${entry}", {}, { provider: ${entry} });`,
        )
        .join(""),
    );
    await stack.up();
    for (const account of [cloud.demo, cloud.other]) {
      const { id, outputs } = await stack.resource(`database-of-${account.projectName}`);
      assert.equal(outputs.projectId, account.projectId);
      const seen = await (await manilaOf(cloud, account)).consistencyGroups.list();
      assert.deepEqual(
        seen.map((group) => group.id),
        [id],
      );
    }
    assert.equal((await everything(cloud)).length, 2);
  });

  it("takes an application credential", async () => {
    const stack = await servers.stack('new manila.ConsistencyGroup("database");', "application-credential");
    await stack.up();
    const { id, outputs } = await stack.group();
    assert.equal(outputs.projectId, servers.cloud.demo.projectId);
    assert.deepEqual(await everything(servers.cloud), [id]);
  });

  it("gets new tokens while a wait outlives them", async () => {
    const { shortLivedAuthUrl, demo, admin } = servers.cloud;
    const keystone = (proxy = await startWatchingProxy(shortLivedAuthUrl));
    const stack = await servers.stack('new manila.ConsistencyGroup("database");', {
      OS_AUTH_URL: keystone.url,
      OS_USERNAME: demo.userName,
      OS_PASSWORD: demo.password,
      OS_PROJECT_NAME: demo.projectName,
    });
    await stack.up();
    const { id = "" } = await stack.group();
    const { consistencyGroups: administrator } = await manilaOf(servers.cloud, admin);
    await administrator.resetStatus(id, "creating");
    await stack.refresh();
    const before = keystone.exchanges.length;
    const waiting = stack.up();
    await Promise.race([waiting, until(() => keystone.exchanges.length >= before + 3)]);
    await administrator.resetStatus(id, "available");
    await waiting;
    assert.equal((await stack.group()).outputs.status, "available");
    assert.ok(keystone.exchanges.length >= before + 3);
    assert.deepEqual(new Set(keystone.exchanges.map(({ status }) => status)), new Set([201]));
  });

  /** A group, a snapshot of it and a clone for each microversion, each with a provider that is pinned to it. */
  function pinned(manila: WatchingProxy, description: string): string {
    const args = { cloud: "demo", endpointOverrides: { sharev2: `${manila.url}/v2` } };
    return MICROVERSIONS.map(
      (microversion) => `{
        const provider = new manila.Provider("${microversion}", ${JSON.stringify({ ...args, microversion })});
        const group = new manila.ConsistencyGroup("group-${microversion}", {
          description: "${description}", shareGroupType: "default",
        }, { provider });
        const snapshot = new manila.ConsistencyGroupSnapshot(
          "snapshot-${microversion}", { consistencyGroupId: group.id }, { provider });
        new manila.ConsistencyGroup("clone-${microversion}", { sourceCgsnapshotId: snapshot.id }, { provider });
      }`,
    ).join("\n");
  }

  it("speaks the microversion that it is pinned to, from share groups' first to the newest", async () => {
    const manila = (proxy = await startWatchingProxy(new URL(servers.cloud.manila.url).origin));
    const stack = await servers.stack(pinned(manila, "Tables"));
    await stack.up();
    assert.equal((await everything(servers.cloud)).length, 3 * MICROVERSIONS.length);
    await stack.write(pinned(manila, "Tables and logs"));
    await stack.up();
    const { shareGroupTypes } = servers.cloud.manila;
    for (const microversion of MICROVERSIONS) {
      const { outputs } = await stack.resource(`group-${microversion}`);
      assert.deepEqual(
        [outputs.description, outputs.shareGroupTypeId],
        ["Tables and logs", shareGroupTypes.default],
      );
    }
    await stack.destroy();
    assert.deepEqual(await everything(servers.cloud), []);
    const spoken = manila.exchanges.flatMap(({ method, microversion }) =>
      microversion === undefined ? [] : [`${method} ${microversion}`],
    );
    const methods = ["POST", "PUT", "GET", "DELETE"];
    const expected = MICROVERSIONS.flatMap((microversion) =>
      methods.map((method) => `${method} ${microversion}`),
    );
    assert.deepEqual([...new Set(spoken)].sort(), expected.sort());
  });
});
