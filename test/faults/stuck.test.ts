import assert from "node:assert/strict";
import { cloudOf } from "../../demo/byHand";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import type { Status } from "../../provider/resourceApi";
import { LittleEngine } from "./littleEngine";
import type { Program } from "./littleEngine";
import { startCloud, startPlugin } from "./plugin";

/** What becomes of a group that is stuck; an operation that succeeds gives no words. */
interface Row {
  status: Status;
  /** Whether it has been available before. */
  used: boolean;
  up: RegExp | "replaced";
  destroy: RegExp | "deleted";
  forced: "deleted" | "forced";
}

const ROWS: Row[] = [
  {
    status: "error",
    used: true,
    up: /is in status "error".*Once an administrator has repaired it/,
    destroy: "deleted",
    forced: "deleted",
  },
  { status: "error", used: false, up: "replaced", destroy: "deleted", forced: "deleted" },
  {
    status: "error_deleting",
    used: true,
    up: /is in status "error_deleting".*Once an administrator has repaired it/,
    destroy: /can't be deleted in status "error_deleting"\. An administrator can reset it to error/,
    forced: "forced",
  },
  ...[true, false].map((used): Row => ({
    status: "creating",
    used,
    up: /is still "creating" after 2m.*the next "pulumi up" goes on waiting/,
    destroy: /is still "creating" after 2m.*"pulumi destroy" tries again/,
    forced: "forced",
  })),
  {
    status: "deleting",
    used: true,
    up: /is in status "deleting".*Somebody deletes it/,
    destroy: /is still "deleting" after 2m.*"pulumi destroy" tries again/,
    forced: "forced",
  },
];

/** The same with `forceDelete`, which takes an administrator. */
function program(forceDelete: boolean): Program {
  const timeouts = { create: "2m", update: "2m", delete: "2m" };
  return [
    [{ kind: "group", name: "database", args: () => ({ timeouts, ...(forceDelete && { forceDelete }) }) }],
  ];
}

describe("A stuck group", () => {
  let emulator: Emulator;
  let engine: LittleEngine;
  let lines: string[];

  beforeEach(async () => {
    emulator = await startCloud();
    lines = [];
    engine = new LittleEngine(() => startPlugin(emulator, (line) => lines.push(line), "admin"));
  });

  afterEach(() => emulator.stop());

  async function byHand(): Promise<ConsistencyGroupApi> {
    return new ConsistencyGroupApi(
      await cloudOf({ environment: () => emulator.environment("admin") }).manila(),
    );
  }

  /** Puts the group into the status, after it was available or instead. */
  async function getStuck({ status, used }: Row): Promise<string> {
    if (!used) {
      emulator.backEnd.failCreate = true;
    }
    await engine.up(program(false));
    emulator.backEnd.failCreate = false;
    const { id = "" } = engine.find("database") ?? {};
    await (await byHand()).resetStatus(id, status);
    assert.deepEqual(await engine.refresh(), []);
    assert.equal(engine.find("database")?.outputs.status, status, "a refresh records the status");
    return id;
  }

  async function idsOnServer(): Promise<string[]> {
    return (await (await byHand()).list()).map(({ id }) => id);
  }

  for (const row of ROWS) {
    describe(`in status ${row.status}, which ${row.used ? "was available before" : "never was available"}`, () => {
      it("is replaced by an up only if nobody has used it, and else kept", async () => {
        const id = await getStuck(row);
        const errors = await engine.up(program(false));
        const { id: now } = engine.find("database") ?? {};
        if (row.up === "replaced") {
          assert.deepEqual(errors, []);
          assert.notEqual(now, id);
        } else {
          assert.match(errors.map(({ message }) => message).join(), row.up);
          assert.equal(now, id);
        }
        assert.deepEqual(await idsOnServer(), [now]);
      });

      it("is deleted by a destroy where Manila takes it, and else kept", async () => {
        const id = await getStuck(row);
        const errors = await engine.destroy();
        if (row.destroy === "deleted") {
          assert.deepEqual([errors, engine.recorded, await idsOnServer()], [[], [], []]);
        } else {
          assert.match(errors.map(({ message }) => message).join(), row.destroy);
          assert.deepEqual([engine.find("database")?.id, await idsOnServer()], [id, [id]]);
        }
      });

      it("is deleted by a destroy in any case once an up has recorded forceDelete, by force if need be", async () => {
        await getStuck(row);
        await engine.up(program(true));
        assert.deepEqual(await engine.destroy(), []);
        assert.deepEqual([engine.recorded, await idsOnServer()], [[], []]);
        const warned = lines.some((line) => line.includes("was deleted by force"));
        assert.equal(warned, row.forced === "forced");
      });
    });
  }
});
