import assert from "node:assert/strict";
import { everything, manilaOf } from "./operator";
import { RealServers } from "./realServers";

const GROUPS = 60;

describe("Many consistency groups on the real engine and a real Manila", function () {
  this.timeout("5m");
  const servers = new RealServers();

  it(`are made and deleted at once, ${GROUPS} of them`, async () => {
    const stack = await servers.stack(`
      for (let number = 1; number <= ${GROUPS}; number++) {
        new manila.ConsistencyGroup("group-" + number);
      }`);
    const started = performance.now();
    await stack.up();
    const made = performance.now();
    const groups = await stack.groups();
    assert.equal(groups.length, GROUPS);
    assert.deepEqual(new Set(groups.map(({ outputs }) => outputs.status)), new Set(["available"]));
    assert.deepEqual((await everything(servers.cloud)).sort(), groups.map(({ id }) => id).sort());
    const { consistencyGroups } = await manilaOf(servers.cloud, servers.cloud.demo);
    const found = await consistencyGroups.detail({ name: "group-7", status: "available" });
    assert.deepEqual(
      found.map(({ id }) => id),
      [(await stack.resource("group-7")).id],
    );
    const deleting = performance.now();
    await stack.destroy();
    assert.deepEqual(await everything(servers.cloud), []);
    const [up, destroy] = [made - started, performance.now() - deleting].map((time) =>
      (time / 1_000).toFixed(1),
    );
    console.log(`        up ${up ?? ""} s, destroy ${destroy ?? ""} s`);
  });
});
