import assert from "node:assert/strict";
import fc from "fast-check";
import { cloudOf } from "../../demo/byHand";
import type { Emulator, FaultKind, GenerationName } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { ApiError } from "../../provider/openstack/errors";
import type { Manila } from "../../provider/openstack/manila";
import { ShareApi } from "../../provider/share/api";
import { LittleEngine } from "./littleEngine";
import type { Declared, Program } from "./littleEngine";
import { FAULTS } from "./matrix";
import { lostOn, onServer } from "./onServer";
import { isWhole, seed } from "./options";
import type { Kind } from "./plugin";
import { startCloud, startPlugin } from "./plugin";

const NAMES = ["database", "logs", "mail"];
const TYPES = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const KINDS = ["group", "share", "snapshot"] as const;

/** The paths of a generation's kinds of resources. */
const PATHS: Record<GenerationName, string[]> = {
  consistencyGroups: ["consistency-groups", "cgsnapshots", "shares"],
  shareGroups: ["share-groups", "share-group-snapshots", "shares"],
};

interface Struck {
  call: string;
  nth: number;
  fault: FaultKind;
}

/**
 * What a program says of a group: a description, a type that can't be changed, and what is in it. A snapshot is of a
 * share, which can't go before it.
 */
interface Group {
  description: string;
  shareTypes: string[];
  holds: { size: number; snapshotted: boolean } | null;
}

type Groups = Record<string, Group>;

/** A resource in a stack. */
interface Named {
  kind: Kind;
  name: string;
}

type Step =
  | { kind: "up"; groups: Groups; struck: Struck | null }
  | { kind: "refresh"; struck: Struck | null }
  | { kind: "renameByHand"; resource: Named }
  | { kind: "deleteByHand"; resource: Named };

// Silence costs real time; the matrix has it.
const quick = FAULTS.filter(({ kind }) => !kind.startsWith("noReply"));
const group: fc.Arbitrary<Group> = fc.record(
  {
    description: fc.constantFrom("", "Tables", "Sunday"),
    shareTypes: fc.constantFrom(...TYPES).map((type) => [type]),
    holds: fc.option(
      fc.record(
        { size: fc.integer({ min: 1, max: 3 }), snapshotted: fc.boolean() },
        { noNullPrototype: true },
      ),
    ),
  },
  { noNullPrototype: true },
);
const groups = fc.dictionary(fc.constantFrom(...NAMES), group);
const resource = fc
  .record({ kind: fc.constantFrom(...KINDS), of: fc.constantFrom(...NAMES) })
  .map(({ kind, of }) => ({ kind, name: called(kind, of) }));

function steps(generation: GenerationName): fc.Arbitrary<Step[]> {
  const collections = fc.constantFrom(...PATHS[generation]).map((path) => `/v2/{project_id}/${path}`);
  const others = fc
    .constantFrom("GET", "PUT", "DELETE")
    .chain((method) => collections.map((path) => `${method} ${path}/{id}`));
  const struck = fc.option(
    fc.record({
      // What a creation has made is the easiest to lose.
      call: fc.oneof(
        { weight: 4, arbitrary: collections.map((path) => `POST ${path}`) },
        { weight: 5, arbitrary: others },
        { weight: 1, arbitrary: fc.constant("POST /v2/{project_id}/shares/{id}/action") },
      ),
      nth: fc.integer({ min: 1, max: 3 }),
      fault: fc.constantFrom(...quick),
    }),
  );
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("up" as const), groups, struck }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("refresh" as const), struck }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("renameByHand" as const), resource }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("deleteByHand" as const), resource }) },
  );
  return fc.array(step, { maxLength: 8 });
}

/** What the resource of a kind is called in a program. */
function called(kind: Kind, of: string): string {
  return kind === "group" ? of : `${of}-${kind}`;
}

function programOf(declared: Groups): Program {
  const all = Object.entries(declared);
  const declare = (kind: Kind, of: string, args: Declared["args"]): Declared => ({
    kind,
    name: called(kind, of),
    args,
  });
  return [
    all.map(([of, { description, shareTypes }]) => declare("group", of, () => ({ description, shareTypes }))),
    all.flatMap(([of, { holds }]) =>
      holds === null
        ? []
        : declare("share", of, (idOf) => ({
            shareProtocol: "NFS",
            size: holds.size,
            consistencyGroupId: idOf(of),
          })),
    ),
    all.flatMap(([of, { holds }]) =>
      holds?.snapshotted ? declare("snapshot", of, (idOf) => ({ consistencyGroupId: idOf(of) })) : [],
    ),
  ];
}

/** A stack, its cloud, and what people do to it. */
class History {
  private readonly engine: LittleEngine;
  private readonly apis: {
    group: ConsistencyGroupApi;
    share: ShareApi;
    snapshot: ConsistencyGroupSnapshotApi;
  };

  constructor(
    private readonly emulator: Emulator,
    manila: Manila,
  ) {
    this.engine = new LittleEngine(() => startPlugin(emulator, () => undefined));
    this.apis = {
      group: new ConsistencyGroupApi(manila),
      share: new ShareApi(manila),
      snapshot: new ConsistencyGroupSnapshotApi(manila),
    };
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
        await this.byHand(taken.resource, (api, id) => api.update(id, { name: "mine" }));
        break;
      case "deleteByHand":
        await this.byHand(taken.resource, (api, id) => api.delete(id));
    }
  }

  /** Whatever has happened, a refresh and an up bring about what the program says, and a destroy leaves nothing. */
  async end(declared: Groups): Promise<void> {
    assert.deepEqual(await this.engine.refresh(), []);
    assert.deepEqual(await this.engine.up(programOf(declared)), []);
    assert.deepEqual(await this.seen(), this.wanted(declared));
    assert.deepEqual(await this.engine.destroy(), []);
    assert.deepEqual([await onServer(this.emulator), this.engine.recorded], [[], []]);
  }

  /** What is on the cloud, each with all that a program says of it. */
  private async seen(): Promise<unknown[]> {
    const { group: groups, share: shares, snapshot: snapshots } = this.apis;
    const all = [
      ...(await groups.detail()).map(({ id, name, description = "", shareTypes }) => [
        name,
        id,
        description,
        shareTypes,
      ]),
      ...(await shares.detail()).map(({ id, name, size, consistencyGroupId }) => [
        name,
        id,
        size,
        consistencyGroupId,
      ]),
      ...(await snapshots.detail()).map(({ id, name, consistencyGroupId }) => [name, id, consistencyGroupId]),
    ];
    return all.sort();
  }

  /** The same as the program wants it, by the ids in the state. */
  private wanted(declared: Groups): unknown[] {
    const found = (kind: Kind, of: string): unknown[] => {
      const name = called(kind, of);
      return [name, this.engine.find(name)?.id];
    };
    return Object.entries(declared)
      .flatMap(([of, { description, shareTypes, holds }]) => {
        const id = this.engine.find(of)?.id;
        return [
          [...found("group", of), description, shareTypes],
          ...(holds === null ? [] : [[...found("share", of), holds.size, id]]),
          ...(holds?.snapshotted ? [[...found("snapshot", of), id]] : []),
        ];
      })
      .sort();
  }

  private async struck(fault: Struck | null, operate: () => Promise<Error[]>): Promise<void> {
    if (fault !== null) {
      this.emulator.faults.add({ ...fault.fault, on: fault.call, nth: fault.nth });
    }
    const errors = await operate();
    this.emulator.faults.clear();
    const told = errors.map(({ message }) => message).join("\n");
    const recorded = this.engine.recorded.map(({ id }) => id);
    assert.deepEqual(await lostOn(this.emulator, recorded, told), [], `in no state and no error: ${told}`);
  }

  /** Nobody can do anything to what is gone already, nor what Manila refuses: others may depend on it. */
  private async byHand(
    { kind, name }: Named,
    change: (
      api: ConsistencyGroupApi | ShareApi | ConsistencyGroupSnapshotApi,
      id: string,
    ) => Promise<unknown>,
  ): Promise<void> {
    const id = this.engine.find(name)?.id;
    try {
      await (id && change(this.apis[kind], id));
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
    }
  }
}

describe("Any history of a stack of groups", function () {
  this.timeout("10m");

  for (const generation of ["consistencyGroups", "shareGroups"] as const) {
    it(`loses nothing at any step, and ends as the program says (${generation})`, async () => {
      const histories = fc.tuple(steps(generation), groups);
      const property = fc.asyncProperty(histories, async ([taken, last]) => {
        const emulator = await startCloud({ generation });
        try {
          const manila = await cloudOf({ environment: () => emulator.environment("member") }).manila();
          const history = new History(emulator, manila);
          for (const each of taken) {
            await history.take(each);
          }
          await history.end(last);
        } finally {
          await emulator.stop();
        }
      });
      await fc.assert(property, { seed, numRuns: isWhole ? 300 : 30 });
    });
  }
});
