import assert from "node:assert/strict";
import { z } from "zod";
import { everything, openstack } from "./operator";
import { RealServers } from "./realServers";

const messagesReply = z
  .array(z.object({ "User Message": z.string() }))
  .transform((messages) => messages.map((message) => message["User Message"]));

/** A program that declares one group. */
function declaring(args: object): string {
  return `new manila.ConsistencyGroup("database", ${JSON.stringify(args)});`;
}

describe("What a real Manila refuses on the real engine", function () {
  this.timeout("5m");
  const servers = new RealServers();

  it("is told in Manila's own words for a group that ends in error, which the next up replaces", async () => {
    const stack = await servers.stack(declaring({ shareGroupType: "unschedulable" }));
    const output = await stack.fail("up", "--yes", "--skip-preview");
    const { id = "", outputs } = await stack.group();
    assert.equal(outputs.status, "error");
    const list = ["share", "message", "list", "--resource-id", id];
    const [said, ...more] = messagesReply.parse(await openstack(servers.cloud, ...list));
    assert.deepEqual(more, []);
    assert.match(z.string().parse(said), /No storage could be allocated/);
    assert.ok(
      output.includes(`"database" (${id}) is in status "error" (no host): Manila says: ${said}`),
      output,
    );
    await stack.write(declaring({ shareGroupType: "default" }));
    await stack.up();
    const replacement = await stack.group();
    assert.equal(replacement.outputs.status, "available");
    assert.deepEqual(await everything(servers.cloud), [replacement.id]);
  });

  it("is a group type without consistent snapshots, before anything is made", async () => {
    const { shareGroupTypes } = servers.cloud.manila;
    const stack = await servers.stack(declaring({ shareGroupType: "inconsistent" }));
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /share group type "inconsistent" \(\S+\) has no consistent_snapshot_support/);
    assert.ok(output.includes(`"default" (${shareGroupTypes.default})`), output);
    assert.deepEqual(await everything(servers.cloud), []);
  });

  it("is an unknown availability zone", async () => {
    const stack = await servers.stack(declaring({ availabilityZone: "nowhere" }));
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /answered 404 itemNotFound: .*nowhere/);
    assert.deepEqual(await everything(servers.cloud), []);
  });

  it("is more than the quota, which no wait helps", async () => {
    // One after the other: two at once can both slip through Manila's first count of a project's groups.
    const stack = await servers.stack(
      `const first = new manila.ConsistencyGroup("first");
      new manila.ConsistencyGroup("second", {}, { dependsOn: first });`,
      "limited",
    );
    const output = await stack.fail("up", "--yes", "--skip-preview");
    assert.match(output, /answered 413 overLimit: .*waiting does not help/);
    assert.equal((await everything(servers.cloud)).length, 1);
    assert.equal((await stack.groups()).length, 1);
  });
});
