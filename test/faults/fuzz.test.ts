import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCreations, parseExported } from "../../cli/recover/deployment";
import { comment } from "../../cli/review/comment";
import { parsePreview } from "../../cli/review/preview";
import type { HttpReply } from "../../provider/openstack/message";
import { resolveSettings, settings as table } from "../../provider/openstack/settings";
import type { Lifecycle, Properties } from "../../provider/lifecycle";
import type { FakeManila } from "../provider/consistencyGroup/fakeManila";
import { GROUP, json, wireGroup } from "../provider/consistencyGroup/fakeManila";
import * as group from "../provider/consistencyGroup/lifecycle/world";
import { CGSNAPSHOT, wireSnapshot } from "../provider/consistencyGroupSnapshot/fakeManila";
import * as snapshot from "../provider/consistencyGroupSnapshot/lifecycle/world";
import { SHARE, wireShare } from "../provider/share/fakeManila";
import * as share from "../provider/share/lifecycle/world";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import { isWhole, seed } from "./options";

const RUNS = { seed, numRuns: isWhole ? 5_000 : 500 };

/** More requests than any operation takes within its time: whoever sends more would go on for ever. */
const MOST_REQUESTS = 1_000;

/** What JavaScript says where nobody has looked at a value before it was used. */
const CRASHES = [TypeError, RangeError, ReferenceError];

/** It may fail, but only with an error that was meant, and has words. */
async function failsInWords(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    assert.ok(error instanceof Error, `${String(error)} is no error`);
    assert.notEqual(error.message, "");
    assert.ok(!(error instanceof SyntaxError), error.stack);
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      assert.ok(!CRASHES.some((crash) => cause instanceof crash), cause.stack);
    }
  }
}

const anyJson = fc.jsonValue({ maxDepth: 3 });

/** A thing of some kind in which a field or two have other values, or are missing. */
function spoilt(sound: object): fc.Arbitrary<object> {
  const names = fc.constantFrom(...Object.keys(sound));
  const other = fc.option(anyJson, { nil: undefined });
  return fc
    .array(fc.tuple(names, other), { minLength: 1, maxLength: 2 })
    .map((changes) => ({ ...sound, ...Object.fromEntries(changes) }));
}

/** A kind of resource on a generation of the API, with one that is there. */
interface Kind {
  start(): { lifecycle: Lifecycle; manila: FakeManila };
  id: string;
  inputs: Properties;
  state: Properties;
  /** What the list of them is called in a reply, and one of them as Manila writes it. */
  wire: { key: string; sound: object };
}

const SHARE_GROUPS = { generation: "shareGroups", microversion: "2.99" } as const;

const groups: Omit<Kind, "start" | "wire"> = {
  id: GROUP,
  inputs: { name: "database", shareTypes: ["ssd"], timeouts: { create: "1m" } },
  state: group.recordedState({ forceDelete: true }),
};
const snapshots: Omit<Kind, "start" | "wire"> = {
  id: CGSNAPSHOT,
  inputs: { name: "nightly", consistencyGroupId: GROUP, timeouts: { create: "1m" } },
  state: snapshot.recordedState({ forceDelete: true }),
};

/** A world with the group, or with a snapshot of it, on one generation. */
function withGroup(settings: Partial<FakeManila> = {}): ReturnType<Kind["start"]> {
  const world = group.newWorld();
  Object.assign(world.manila, settings).add();
  return world;
}

function withSnapshot(settings: Partial<FakeManila> = {}): ReturnType<Kind["start"]> {
  const world = snapshot.newWorld();
  Object.assign(world.manila, settings).addSnapshot();
  return world;
}

const KINDS: Record<string, Kind> = {
  "a consistency group": {
    ...groups,
    start: () => withGroup(),
    wire: { key: "consistency_group", sound: wireGroup() },
  },
  "a share group": {
    ...groups,
    start: () => withGroup(SHARE_GROUPS),
    wire: { key: "share_group", sound: wireGroup() },
  },
  "a snapshot of a consistency group": {
    ...snapshots,
    start: () => withSnapshot(),
    wire: { key: "cgsnapshot", sound: wireSnapshot() },
  },
  "a snapshot of a share group": {
    ...snapshots,
    start: () => withSnapshot(SHARE_GROUPS),
    wire: { key: "share_group_snapshot", sound: { ...wireSnapshot(), share_group_id: GROUP } },
  },
  "a share": {
    id: SHARE,
    inputs: { ...share.DECLARED, size: 3, metadata: { team: "shop" }, timeouts: { create: "1m" } },
    state: share.recordedState(),
    start: () => share.worldWithShare(),
    wire: { key: "share", sound: wireShare() },
  },
};

function replyAbout({ wire: { key, sound } }: Kind): fc.Arbitrary<HttpReply> {
  return fc.record({
    status: fc.constantFrom(200, 202, 204, 300, 400, 401, 403, 404, 409, 413, 429, 500, 503),
    headers: fc
      .constantFrom("application/json", "text/html", "")
      .map((type) => new Headers({ "content-type": type })),
    text: fc.oneof(
      fc.string(),
      anyJson.map((value) => JSON.stringify(value)),
      spoilt(sound).map((one) => JSON.stringify({ [key]: one })),
      fc.array(spoilt(sound)).map((all) => JSON.stringify({ [`${key}s`]: all })),
      fc.string().map((message) => json(404, { itemNotFound: { message, code: 404 } }).text),
    ),
  });
}

describe("Whatever comes in", function () {
  this.timeout("5m");

  for (const [what, kind] of Object.entries(KINDS)) {
    const { id } = kind;

    it(`from Manila of ${what}, operations end, with a result or an error in words`, async () => {
      const replies = fc.array(replyAbout(kind), { minLength: 1, maxLength: 5 });
      const property = fc.asyncProperty(replies, async (given) => {
        for (const operation of ["create", "read", "update", "delete"] as const) {
          const { lifecycle, manila } = kind.start();
          manila.before = (_sent, count) => {
            if (count > MOST_REQUESTS) {
              throw new Error("It goes on for ever.");
            }
            return given[(count - 1) % given.length];
          };
          const operations = {
            create: () => lifecycle.create(kind.inputs),
            read: () => lifecycle.read(id, kind.state),
            update: () => lifecycle.update(id, kind.state, kind.inputs),
            delete: () => lifecycle.delete(id, kind.state),
          };
          await failsInWords(operations[operation]);
          assert.ok(manila.sent.length <= MOST_REQUESTS, `${operation} goes on for ever`);
        }
      });
      await fc.assert(property, RUNS);
    });

    it(`from a state of ${what}, a refresh, a diff, an update and a deletion end in the same way`, async () => {
      const state = fc.oneof(spoilt(kind.state), fc.dictionary(fc.string(), anyJson));
      const property = fc.asyncProperty(state, state, async (recorded, inputs) => {
        const { lifecycle } = kind.start();
        const given = { ...recorded };
        await failsInWords(() => lifecycle.check({ ...inputs }, given));
        await failsInWords(() => lifecycle.diff(id, given, { ...inputs }));
        await failsInWords(() => lifecycle.read(id, given));
        await failsInWords(() => lifecycle.update(id, given, { ...inputs }));
        await failsInWords(() => lifecycle.delete(id, given));
      });
      await fc.assert(property, RUNS);
    });
  }

  it("from clouds.yaml, it is settings or an error in words", async () => {
    const words = fc.constantFrom(
      "clouds",
      "prod",
      "auth",
      "auth_url",
      "https://cloud",
      "profile",
      "region_name",
      "&a",
    );
    const yaml = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.tuple(fc.constantFrom("", "  ", "    ", "- "), words, fc.constantFrom(":", ": ", "", ": *a")),
          {
            maxLength: 8,
          },
        )
        .map((lines) => lines.map((parts) => parts.join("")).join("\n")),
      anyJson.map((value) => JSON.stringify({ clouds: { prod: value } })),
      anyJson.map((value) => JSON.stringify({ clouds: { prod: { auth: value } } })),
    );
    const property = fc.asyncProperty(yaml, async (text) => {
      const sources = fakeSources({
        files: { "/project/clouds.yaml": text },
        environment: { OS_CLOUD: "prod" },
      });
      await failsInWords(() => resolveSettings(sources));
    });
    await fc.assert(property, RUNS);
  });

  it("from the configuration and the environment, too", async () => {
    const value = fc.oneof(
      fc.string(),
      anyJson.map((each) => JSON.stringify(each)),
    );
    const keys = table.flatMap(({ namespace, name }) =>
      namespace === undefined ? [] : [`${namespace}:${name}`],
    );
    const variables = table.flatMap(({ environment }) => environment);
    const property = fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...keys), value),
      fc.dictionary(fc.constantFrom(...variables), value),
      async (configuration, environment) => {
        await failsInWords(() => resolveSettings(fakeSources({ configuration, environment })));
      },
    );
    await fc.assert(property, RUNS);
  });

  it("from a preview or an exported state, the command ends in the same way", async () => {
    const step = spoilt({ op: "create", urn: "urn:pulumi:dev::test::a::b", newState: null, oldState: null });
    const preview = fc.oneof(
      fc.string(),
      anyJson.map((value) => JSON.stringify(value)),
      fc.array(step).map((steps) => JSON.stringify({ steps })),
    );
    const property = fc.asyncProperty(preview, async (text) => {
      await failsInWords(() => comment(parsePreview(text)));
      await failsInWords(() => parseCreations(text));
      await failsInWords(() => parseExported(text));
    });
    await fc.assert(property, RUNS);
  });
});
