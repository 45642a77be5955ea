import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { registered } from "../sdk/mocks";

const FOLDER = resolve(__dirname, "../../examples/openstack");

const execute = promisify(execFile);

describe("The example together with @pulumi/openstack", function () {
  this.timeout("2m");

  it("fits the types of both packages", async () => {
    await execute(process.execPath, [require.resolve("typescript/bin/tsc"), "--project", FOLDER]);
  });

  it("gives the group the share network, and the access rule the share, of the other package", async () => {
    const resources = await registered((type) => `id of ${type.split(":").at(-1) ?? ""}`);
    createRequire(__filename)(FOLDER);
    const inputs = (): Record<string, Record<string, unknown>> =>
      Object.fromEntries(resources.map(({ type, inputs }) => [type.split(":").at(-1) ?? "", inputs]));
    while (!("ShareAccess" in inputs())) {
      await new Promise(setImmediate);
    }
    const { Subnet, ShareNetwork, ConsistencyGroup, Share, ShareAccess } = inputs();
    assert.equal(Subnet?.networkId, "id of Network");
    assert.deepEqual(
      [ShareNetwork?.neutronNetId, ShareNetwork?.neutronSubnetId],
      ["id of Network", "id of Subnet"],
    );
    assert.equal(ConsistencyGroup?.shareNetworkId, "id of ShareNetwork");
    assert.equal(Share?.consistencyGroupId, "id of ConsistencyGroup");
    assert.equal(ShareAccess?.shareId, "id of Share");
  });
});
