import assert from "node:assert/strict";
import { parseCreations, parseExported } from "../../../cli/recover/deployment";
import type { Exported } from "../../../cli/recover/deployment";
import { recovered } from "../../../cli/recover/recovery";
import { cloudOf } from "../../../demo/byHand";
import { startEmulator } from "../../../emulator";
import type { Emulator } from "../../../emulator";
import { ConsistencyGroupApi } from "../../../provider/consistencyGroup/api";
import { ConsistencyGroupLifecycle } from "../../../provider/consistencyGroup/lifecycle";
import type { Properties } from "../../../provider/lifecycle";
import { systemClock } from "../../../provider/openstack/clock";
import { UNKNOWN } from "../../../provider/unknown";

const TYPE = "pulumi-nodejs:dynamic/manila:ConsistencyGroup";
const URN = `urn:pulumi:dev::test::${TYPE}::database`;
const PROVIDER = "urn:pulumi:dev::test::pulumi:providers:pulumi-nodejs::default::294920e4";
const TEXT = "the text that names the provider";
const SSD = "22222222-2222-4222-8222-222222222222";

function resource(more: object = {}): object {
  const inputs = { name: "database", __provider: TEXT };
  return { urn: URN, type: TYPE, custom: true, provider: PROVIDER, inputs, ...more };
}

function exported(resources: object[], operations: object[] = []): Exported {
  const manifest = { time: new Date().toISOString() };
  return parseExported(
    JSON.stringify({ version: 3, deployment: { manifest, resources, pending_operations: operations } }),
  );
}

const CREATING = { type: "creating", resource: resource() };

/** The state has both, and the next update deletes the old one. */
function assertReplaced(resources: Exported["deployment"]["resources"], old: string, id: string): void {
  assert.deepEqual(
    resources.map((each) => [each.id, each.delete]),
    [
      [old, true],
      [id, undefined],
    ],
  );
}

describe("pulumi-manila recover", () => {
  let emulator: Emulator;
  let groups: ConsistencyGroupApi;
  let lines: string[];

  beforeEach(async () => {
    emulator = await startEmulator();
    groups = new ConsistencyGroupApi(await cloudOf(emulator).manila());
    lines = [];
  });

  afterEach(() => emulator.stop());

  async function recover(
    state: Exported,
    preview: object = { steps: [] },
    since = Date.now() - 60_000,
  ): Promise<Exported["deployment"]> {
    const cloud = cloudOf(emulator);
    const tell = (line: string): void => void lines.push(line);
    const outside = { connect: (region?: string) => cloud.manila(region), clock: systemClock, tell };
    const kinds = new Map([[TYPE, new ConsistencyGroupLifecycle(outside)]]);
    const creations = parseCreations(JSON.stringify(preview));
    return (await recovered({ exported: state, creations, since, kinds, tell })).deployment;
  }

  function creating(inputs: Properties): object {
    return { steps: [{ op: "create", newState: resource({ inputs: { __provider: TEXT, ...inputs } }) }] };
  }

  it("puts what a pending creation has made into the state, and the operation out of it", async () => {
    const { id } = await groups.create({ name: "database" });
    await groups.create({ name: "another" });
    const { resources, pending_operations: pending } = await recover(exported([], [CREATING]));
    assert.deepEqual(pending, []);
    const [found, ...others] = resources;
    assert.deepEqual([found?.urn, found?.id, others], [URN, id, []]);
    assert.deepEqual(found?.inputs, { name: "database", __provider: TEXT });
    const { name, status, __provider } = found.outputs ?? {};
    assert.deepEqual([name, status, __provider], ["database", "available", TEXT]);
    assert.deepEqual(lines, [
      `ConsistencyGroup::database was made, and is in the state now: ${id} (available)`,
    ]);
  });

  it("finds what a preview would make again, where the state knows nothing of it", async () => {
    const { id } = await groups.create({ name: "database", shareTypes: [SSD] });
    const { resources } = await recover(exported([]), creating({ name: "database", shareTypes: [SSD] }));
    assert.deepEqual(
      resources.map((each) => each.id),
      [id],
    );
  });

  it("takes nothing that was made otherwise, or before, or is in the state", async () => {
    const { id } = await groups.create({ name: "database", shareTypes: [SSD] });
    const other = await recover(exported([]), creating({ name: "database", description: "Tables" }));
    const later = await recover(exported([]), creating({ name: "database" }), Date.now() + 60_000);
    const known = resource({ id, urn: `${URN}-2` });
    const taken = await recover(exported([known]), creating({ name: "database" }));
    assert.deepEqual([other.resources, later.resources, taken.resources.length], [[], [], 1]);
    assert.deepEqual(lines, []);
  });

  it("takes none of several, and tells their ids and what to do", async () => {
    const made = [await groups.create({ name: "database" }), await groups.create({ name: "database" })];
    const { resources } = await recover(exported([], [CREATING]));
    assert.deepEqual(resources, []);
    assert.equal(lines.length, 1);
    made.forEach(({ id }) => {
      assert.match(lines[0] ?? "", new RegExp(id));
    });
    assert.match(lines[0] ?? "", /the input importId takes it over; delete the others/);
  });

  it("tells of one that was made twice, since the update was run again, and leaves the state alone", async () => {
    const [lost, kept] = [
      await groups.create({ name: "database" }),
      await groups.create({ name: "database" }),
    ];
    const { resources } = await recover(exported([resource({ id: kept.id })], [CREATING]));
    assert.deepEqual(
      resources.map(({ id, delete: replaced }) => [id, replaced]),
      [[kept.id, undefined]],
    );
    assert.match(lines.join(), new RegExp(lost.id));
  });

  it("has the one replaced that the new one was to take the place of, be it begun or only announced", async () => {
    const old = await groups.create({ name: "database" });
    const { id } = await groups.create({ name: "database", shareTypes: [SSD] });
    const inputs = { name: "database", shareTypes: [SSD], __provider: TEXT };
    const recorded = resource({ id: old.id });
    const begun = await recover(exported([recorded], [{ type: "creating", resource: resource({ inputs }) }]));
    const announced = { steps: [{ op: "replace", newState: resource({ inputs }) }] };
    for (const { resources } of [begun, await recover(exported([recorded]), announced)]) {
      assertReplaced(resources, old.id, id);
    }
  });

  it("has one in error replaced by one that is like it, if a preview announces that", async () => {
    emulator.backEnd.failCreate = true;
    const old = await groups.create({ name: "database" });
    emulator.backEnd.failCreate = false;
    const { id } = await groups.create({ name: "database" });
    const preview = { steps: [{ op: "replace", newState: resource() }] };
    for (const operations of [[], [CREATING]]) {
      const { resources } = await recover(exported([resource({ id: old.id })], operations), preview);
      assertReplaced(resources, old.id, id);
    }
  });

  it("takes one that has failed as one that was never in use, so that it can be replaced", async () => {
    emulator.backEnd.failCreate = true;
    await groups.create({ name: "database" });
    const [found] = (await recover(exported([], [CREATING]))).resources;
    const { status, __creating } = found?.outputs ?? {};
    assert.deepEqual([status, __creating], ["error", true]);
  });

  it("tells what it can't look for yet, and leaves operations of other providers", async () => {
    const explicit = PROVIDER.replace("default", "elsewhere");
    const operations = [
      { type: "creating", resource: resource({ provider: explicit, urn: `${URN}-elsewhere` }) },
      {
        type: "creating",
        resource: resource({ type: "random:index/randomPet:RandomPet", urn: `${URN}-pet` }),
      },
    ];
    await groups.create({ name: "database" });
    const { resources, pending_operations: pending } = await recover(
      exported([], operations),
      creating({ name: "database", sourceCgsnapshotId: UNKNOWN }),
    );
    assert.deepEqual([resources.length, pending.length], [0, 2]);
    assert.match(
      lines.join(),
      /ConsistencyGroup::database can be looked for once what it is made from is in the state/,
    );
  });

  it("refuses what is no state", () => {
    assert.throws(
      () => parseExported("error: no stack"),
      /not what "pulumi stack export" prints: it is no JSON/,
    );
    assert.throws(() => parseExported("{}"), /not what "pulumi stack export" prints/);
  });
});
