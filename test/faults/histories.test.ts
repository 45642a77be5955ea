import assert from "node:assert/strict";
import fc from "fast-check";
import { cloudOf } from "../../demo/byHand";
import type { Emulator, FaultKind } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import { LittleEngine } from "./littleEngine";
import type { Program } from "./littleEngine";
import { FAULTS } from "./matrix";
import { isWhole, seed } from "./options";
import { startCloud, startPlugin } from "./plugin";

const NAMES = ["database", "logs", "mail"];
const TYPES = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const GROUPS = "/v2/{project_id}/consistency-groups";
const CALLS = [`POST ${GROUPS}`, `PUT ${GROUPS}/{id}`, `DELETE ${GROUPS}/{id}`, `GET ${GROUPS}/{id}`];

interface Struck {
  call: string;
  nth: number;
  fault: FaultKind;
}

/** What a program says of each group that it declares: a description, and a type that can't be changed. */
type Groups = Record<string, { description: string; shareTypes: string[] }>;

type Step =
  | { kind: "up"; groups: Groups; struck: Struck | null }
  | { kind: "refresh"; struck: Struck | null }
  | { kind: "renameByHand"; name: string }
  | { kind: "deleteByHand"; name: string };

// Silence costs real time; the matrix has it.
const quick = FAULTS.filter(({ kind }) => !kind.startsWith("noReply"));
const struck = fc.option(
  fc.record({
    call: fc.constantFrom(...CALLS),
    nth: fc.integer({ min: 1, max: 3 }),
    fault: fc.constantFrom(...quick),
  }),
);
const group = fc.record(
  {
    description: fc.constantFrom("", "Tables", "Sunday"),
    shareTypes: fc.constantFrom(...TYPES).map((type) => [type]),
  },
  { noNullPrototype: true },
);
const groups = fc.dictionary(fc.constantFrom(...NAMES), group);
const name = fc.constantFrom(...NAMES);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("up" as const), groups, struck }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("refresh" as const), struck }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("renameByHand" as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("deleteByHand" as const), name }) },
);

function programOf(declared: Groups): Program {
  return [
    Object.entries(declared).map(([each, args]) => ({
      kind: "group" as const,
      name: each,
      args: () => args,
    })),
  ];
}

/** A stack, its cloud, and what people do to it. */
class History {
  private readonly engine: LittleEngine;

  constructor(
    private readonly emulator: Emulator,
    private readonly groups: ConsistencyGroupApi,
  ) {
    this.engine = new LittleEngine(() => startPlugin(emulator, () => undefined));
  }

  async take(taken: Step): Promise<void> {
    switch (taken.kind) {
      case "up":
        await this.struck(taken.struck, () => this.engine.up(programOf(taken.groups)));
        break;
      case "refresh":
        await this.struck(taken.struck, () => this.engine.refresh());
        break;
      case "renameByHand":
        await this.byHand(taken.name, (id) => this.groups.update(id, { name: "mine" }));
        break;
      case "deleteByHand":
        await this.byHand(taken.name, (id) => this.groups.delete(id));
    }
  }

  /** Whatever has happened, a refresh and an up bring about what the program says, and a destroy leaves nothing. */
  async end(declared: Groups): Promise<void> {
    assert.deepEqual(await this.engine.refresh(), []);
    assert.deepEqual(await this.engine.up(programOf(declared)), []);
    const onServer = (await this.groups.detail()).map(
      ({ id, name: called, description = "", shareTypes }) => [called, { description, shareTypes }, id],
    );
    const wanted = Object.entries(declared).map(([each, args]) => [each, args, this.engine.find(each)?.id]);
    assert.deepEqual(onServer.sort(), wanted.sort());
    assert.deepEqual(await this.engine.destroy(), []);
    assert.deepEqual([await this.groups.list(), this.engine.recorded], [[], []]);
  }

  private async struck(fault: Struck | null, operate: () => Promise<Error[]>): Promise<void> {
    if (fault !== null) {
      this.emulator.faults.add({ ...fault.fault, on: fault.call, nth: fault.nth });
    }
    const errors = await operate();
    this.emulator.faults.clear();
    const told = errors.map(({ message }) => message).join("\n");
    const recorded = this.engine.recorded.map(({ id }) => id);
    const lost = (await this.groups.list()).filter(({ id }) => !recorded.includes(id) && !told.includes(id));
    assert.deepEqual(lost, [], `in no state and no error: ${told}`);
  }

  /** Nobody can do anything to what is gone already. */
  private async byHand(wanted: string, change: (id: string) => Promise<unknown>): Promise<void> {
    const id = this.engine.find(wanted)?.id;
    const there = (await this.groups.list()).some((each) => each.id === id);
    if (id !== undefined && there) {
      await change(id);
    }
  }
}

describe("Any history of a stack of groups", function () {
  this.timeout("10m");

  it("loses nothing at any step, and ends as the program says", async () => {
    const histories = fc.tuple(fc.array(step, { maxLength: 8 }), groups);
    const property = fc.asyncProperty(histories, async ([steps, last]) => {
      const emulator = await startCloud();
      try {
        const manila = await cloudOf({ environment: () => emulator.environment("member") }).manila();
        const history = new History(emulator, new ConsistencyGroupApi(manila));
        for (const each of steps) {
          await history.take(each);
        }
        await history.end(last);
      } finally {
        await emulator.stop();
      }
    });
    await fc.assert(property, { seed, numRuns: isWhole ? 300 : 30 });
  });
});
