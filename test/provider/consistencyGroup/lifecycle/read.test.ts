import assert from "node:assert/strict";
import type { Properties, Read } from "../../../../provider/lifecycle";
import { ApiError, ReplyError } from "../../../../provider/openstack/errors";
import type { HttpReply } from "../../../../provider/openstack/message";
import {
  DISK,
  fault,
  GENERIC_404,
  GROUP,
  HOST,
  json,
  NETWORK,
  PROJECT,
  SNAPSHOT,
  SSD,
  wireGroup,
} from "../fakeManila";
import type { WireGroup } from "../fakeManila";
import { failure, newWorld, recordedState, refusal } from "./world";

async function readGroup(group: Partial<WireGroup>, state: Properties = recordedState()): Promise<Read> {
  const { lifecycle, manila } = newWorld();
  manila.add(group);
  const read = await lifecycle.read(GROUP, state);
  assert.ok(read !== undefined);
  assert.deepEqual(manila.calls, [`GET /consistency-groups/${GROUP}`]);
  return read;
}

async function readReply(reply: HttpReply, id = GROUP): Promise<Read | undefined> {
  const { lifecycle, manila } = newWorld();
  manila.before = () => reply;
  return await lifecycle.read(id, recordedState());
}

describe("ConsistencyGroup read", () => {
  it("gives the recorded state of a group that has not changed", async () => {
    const { id, state } = await readGroup({});
    assert.equal(id, GROUP);
    assert.deepEqual(state, recordedState({ __defaults: undefined }));
  });

  const drifts: { property: string; group: Partial<WireGroup>; value: unknown }[] = [
    { property: "name", group: { name: "another" }, value: "another" },
    { property: "name", group: { name: null }, value: undefined },
    { property: "description", group: { description: "shop" }, value: "shop" },
    { property: "status", group: { status: "error" }, value: "error" },
    { property: "createdAt", group: { created_at: "2017" }, value: "2017" },
    { property: "projectId", group: { project_id: "p2" }, value: "p2" },
    { property: "host", group: { host: "newton@beta#pool" }, value: "newton@beta#pool" },
    { property: "host", group: { host: null }, value: undefined },
    { property: "shareTypes", group: { share_types: [DISK] }, value: [DISK] },
    { property: "shareNetworkId", group: { share_network_id: NETWORK }, value: NETWORK },
    { property: "sourceCgsnapshotId", group: { source_cgsnapshot_id: SNAPSHOT }, value: SNAPSHOT },
  ];
  for (const { property, group, value } of drifts) {
    it(`sees that ${property} has become ${String(value)}`, async () => {
      const { state } = await readGroup(group);
      assert.deepEqual(state, recordedState({ [property]: value }));
    });
  }

  it("records what administrators see", async () => {
    const { lifecycle, manila } = newWorld();
    manila.before = () => json(200, { consistency_group: { ...wireGroup(), share_server_id: SNAPSHOT } });
    const read = await lifecycle.read(GROUP, recordedState());
    assert.equal(read?.state.shareServerId, SNAPSHOT);
  });

  it("does not take the server's changing order of share types for a drift", async () => {
    const { state } = await readGroup({ share_types: [DISK, SSD, SSD] });
    assert.deepEqual(state.shareTypes, [SSD, DISK]);
  });

  it("goes to the region in which the group is recorded", async () => {
    const { lifecycle, manila, regions } = newWorld();
    manila.add();
    await lifecycle.read(GROUP, recordedState({ region: "RegionTwo" }));
    assert.deepEqual(regions, ["RegionTwo"]);
  });

  it("keeps a creation that has failed apart, until the group is available", async () => {
    const state = recordedState({ status: "creating", __creating: true });
    assert.equal((await readGroup({ status: "error" }, state)).state.__creating, true);
    assert.equal((await readGroup({ status: "available" }, state)).state.__creating, undefined);
    assert.equal((await readGroup({ status: "error" })).state.__creating, undefined);
  });
});

describe("ConsistencyGroup read of a group that is not there", () => {
  const missing = fault(404, "itemNotFound", `Consistency group ${GROUP} not found.`);

  it("says that it is gone", async () => {
    assert.equal(await readReply(missing), undefined);
    assert.equal(await readReply(missing, GROUP.toUpperCase()), undefined);
  });

  it("is an error for a group that is only looked up: the program must not go on without it", async () => {
    const { lifecycle } = newWorld();
    const error = await refusal(lifecycle.read(GROUP, { region: "RegionOne" }));
    assert.equal(
      error.message,
      `There is no consistency group ${GROUP} in project ${PROJECT} of region RegionOne. Check the id, and the project ` +
        "and the region that the cloud settings lead to.",
    );
  });

  const others: Record<string, HttpReply> = {
    "the 404 of a wrong header or microversion": GENERIC_404,
    "the 404 of a wrong address": {
      status: 404,
      headers: new Headers(),
      text: "404 Not Found\n\nThe resource could not be found.",
    },
    "a 404 about something else": fault(404, "itemNotFound", `Share ${SNAPSHOT} not found.`),
    "a proxy's 404 that repeats the path": {
      status: 404,
      headers: new Headers(),
      text: `Cannot GET /${GROUP}`,
    },
    "a 403": fault(403, "forbidden", `Consistency group ${GROUP}: no.`),
    "a 500": fault(500, "computeFault", `Consistency group ${GROUP} failed.`),
  };
  for (const [what, reply] of Object.entries(others)) {
    it(`does not take ${what} for it`, async () => {
      const error = await failure(readReply(reply), ApiError);
      assert.match(
        error.message,
        new RegExp(`^Can't read consistency group ${GROUP}: GET .* answered ${reply.status}`),
      );
    });
  }

  it("does not take the 404 of another project for it", async () => {
    const { lifecycle, manila } = newWorld();
    manila.projectId = "a17";
    const error = await refusal(lifecycle.read(GROUP, recordedState()));
    assert.equal(
      error.message,
      `Consistency group ${GROUP} is of project ${PROJECT}, and the cloud settings lead to project a17, where it ` +
        "can't be seen. It stays in the stack's state. Use credentials of its own project.",
    );
  });
});

describe("ConsistencyGroup read of a strange reply", () => {
  it("refuses another group than the one asked for", async () => {
    const other = json(200, { consistency_group: wireGroup({ id: SNAPSHOT }) });
    const error = await failure(readReply(other), ReplyError);
    assert.equal(
      error.message,
      `Manila was asked for consistency group ${GROUP} and answered with ${SNAPSHOT}.`,
    );
  });

  it("refuses what is not JSON, or not a group", async () => {
    const html = { status: 200, headers: new Headers({ "content-type": "text/html" }), text: "<p>Welcome" };
    const page = await failure(readReply(html), ReplyError);
    assert.match(
      page.message,
      /answered 200 \(text\/html\), but not as the API does: it is not JSON\. A proxy/,
    );
    const shape = await failure(readReply(json(200, { consistency_group: { id: GROUP } })), ReplyError);
    assert.match(shape.message, /consistency_group\.status/);
  });

  it("refuses what is not a group in a list, and says which one and why", async () => {
    const { lifecycle, manila } = newWorld();
    const others = ["b", "c"].map((letter) => wireGroup({ id: GROUP.replace(/^./, letter) }));
    const flawed = { ...wireGroup(), status: 7 };
    manila.before = () => json(200, { consistency_groups: [flawed, ...others] });
    const read = (id: string): Promise<Read | undefined> => lifecycle.read(id, recordedState());
    const reads = others.map(({ id }) => read(id));
    const error = await failure(read(GROUP), ReplyError);
    assert.match(
      error.message,
      new RegExp(`^Manila lists consistency group ${GROUP}, but not as the API does: .*status`),
    );
    assert.deepEqual(
      (await Promise.all(reads)).map((found) => found?.id),
      others.map(({ id }) => id),
    );
    assert.deepEqual(manila.calls, ["GET /consistency-groups/detail"]);
  });

  it("does not mind fields that it does not know", async () => {
    const more = json(200, { consistency_group: { ...wireGroup(), colour: "blue" }, links: [] });
    assert.deepEqual((await readReply(more))?.state, recordedState());
  });
});

describe("ConsistencyGroup read gives the inputs", () => {
  it("that would make the group what it is now", async () => {
    const { inputs } = await readGroup({ name: "another", description: "shop", share_network_id: NETWORK });
    const expected = { name: "another", description: "shop", shareTypes: [SSD], shareNetworkId: NETWORK };
    assert.deepEqual(inputs, { ...expected, region: "RegionOne" });
  });

  it("without those that the program leaves to the cloud", async () => {
    const state = recordedState({ __defaults: ["shareTypes", "shareNetworkId", "region"] });
    const read = await readGroup({ share_network_id: NETWORK }, state);
    assert.deepEqual(read.inputs, { name: "database" });
    assert.deepEqual(read.state.__defaults, state.__defaults);
  });

  it("with the timeouts that are recorded", async () => {
    const timeouts = { create: "1h" };
    const { inputs, state } = await readGroup({}, recordedState({ timeouts }));
    assert.deepEqual([inputs.timeouts, state.timeouts], [timeouts, timeouts]);
  });

  it("that find no difference from the state, whatever the group", async () => {
    for (const group of [{}, { name: null }, { share_network_id: NETWORK }, { share_types: [DISK, SSD] }]) {
      const { lifecycle } = newWorld();
      const { inputs, state } = await readGroup(group);
      assert.deepEqual(await lifecycle.diff(GROUP, state, inputs), { changes: [], replaces: [] });
    }
  });

  it("of a group that is looked up by its id alone", async () => {
    const { inputs, state } = await readGroup({}, {});
    assert.deepEqual(inputs, { name: "database", shareTypes: [SSD], region: "RegionOne" });
    assert.deepEqual([state.host, state.status, state.__defaults], [HOST, "available", undefined]);
  });
});
