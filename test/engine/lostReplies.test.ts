import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import type { Emulator, FaultKind } from "../../emulator";
import { byHand } from "./operator";
import { Stack } from "./stack";

const GROUPS = "/v2/{project_id}/consistency-groups";
const MINUTE = 60_000;

/** What goes wrong with a request; `test/faults` has the rest, in this process. */
const FAULTS: Record<string, FaultKind> = {
  "is cut off once Manila has acted": { kind: "resetAfterActing" },
  "is refused by a Manila that is away": { kind: "reply", status: 503, retryAfterSeconds: 1 },
  "is never answered": { kind: "noReplyAfterActing" },
};

/** A program that declares one group. */
function declaring(args: object = {}): string {
  return `new manila.ConsistencyGroup("database", ${JSON.stringify(args)});`;
}

describe("On the real engine, when a request", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;
  /** How long ago it is, in milliseconds, by what the cloud says of what it makes. */
  let ago: number;

  beforeEach(async () => {
    ago = 0;
    emulator = await startEmulator({ clock: () => Date.now() - ago });
    stack = await Stack.create(declaring(), emulator.environment());
    await stack.succeed("config", "set", "manila:requestTimeout", "3s");
  });

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** Lets a fault strike the first request of a kind meanwhile. */
  async function struck(fault: FaultKind, kind: string, work: () => Promise<unknown>): Promise<void> {
    emulator.requests.reset();
    emulator.faults.add({ ...fault, on: kind });
    await work();
    assert.ok(emulator.requests.count(kind) > 0, `no ${kind} was sent`);
    emulator.faults.clear();
  }

  /** The one group on the server is the one in the state, and nothing is left to do. */
  async function compare(description: string): Promise<void> {
    emulator.requests.reset();
    await stack.up();
    assert.equal(emulator.requests.count(), 0, "an up that changes nothing calls nobody");
    const onServer = await (await byHand(emulator)).detail();
    const seen = onServer.map((group) => [group.id, group.description ?? "", group.status]);
    const { id, outputs } = await stack.group();
    assert.deepEqual(seen, [[id, description, "available"]]);
    assert.deepEqual([outputs.description ?? "", outputs.status], [description, "available"]);
  }

  for (const [what, fault] of Object.entries(FAULTS)) {
    it(`${what}, a group is created once, changed and deleted all the same`, async () => {
      await struck(fault, `POST ${GROUPS}`, () => stack.up());
      await compare("");
      await stack.write(declaring({ description: "Tables" }));
      await struck(fault, `PUT ${GROUPS}/{id}`, () => stack.up());
      await compare("Tables");
      await struck(fault, `DELETE ${GROUPS}/{id}`, () => stack.destroy());
      assert.deepEqual([await (await byHand(emulator)).list(), await stack.groups()], [[], []]);
      await stack.destroy();
    });
  }

  it("of a replacement that only --replace asks for is lost, the old group is not taken for the new one", async () => {
    ago = MINUTE;
    await stack.up();
    ago = 0;
    const { id: old, urn } = await stack.group();
    await struck({ kind: "resetAfterActing" }, `POST ${GROUPS}`, () =>
      stack.succeed("up", "--yes", "--skip-preview", "--replace", urn),
    );
    assert.deepEqual(
      emulator.requests.list(`DELETE ${GROUPS}/{id}`).map(({ path }) => path.endsWith(`/${String(old)}`)),
      [true],
    );
    assert.notEqual((await stack.group()).id, old);
    await compare("");
  });
});
