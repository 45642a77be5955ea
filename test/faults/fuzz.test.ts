import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCreations, parseExported } from "../../cli/recover/deployment";
import { comment } from "../../cli/review/comment";
import { parsePreview } from "../../cli/review/preview";
import { resolveSettings, settings as table } from "../../provider/openstack/settings";
import { GROUP, json, wireGroup } from "../provider/consistencyGroup/fakeManila";
import { newWorld } from "../provider/consistencyGroup/lifecycle/world";
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

const reply = fc.record({
  status: fc.constantFrom(200, 202, 204, 300, 400, 401, 403, 404, 409, 413, 429, 500, 503),
  headers: fc
    .constantFrom("application/json", "text/html", "")
    .map((type) => new Headers({ "content-type": type })),
  text: fc.oneof(
    fc.string(),
    anyJson.map((value) => JSON.stringify(value)),
    spoilt(wireGroup()).map((group) => JSON.stringify({ consistency_group: group })),
    fc.array(spoilt(wireGroup())).map((all) => JSON.stringify({ consistency_groups: all })),
    fc.string().map((message) => json(404, { itemNotFound: { message, code: 404 } }).text),
  ),
});

const INPUTS = { name: "database", shareTypes: ["ssd"], timeouts: { create: "1m" } };
const STATE = { name: "database", status: "available", projectId: "demo", shareTypes: [], forceDelete: true };

describe("Whatever comes in", function () {
  this.timeout("5m");

  it("from Manila, operations end, with a result or an error in words", async () => {
    const property = fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 5 }), async (replies) => {
      for (const operation of ["create", "read", "update", "delete"] as const) {
        const { lifecycle, manila } = newWorld();
        manila.add();
        manila.before = (_sent, count) => {
          if (count > MOST_REQUESTS) {
            throw new Error("It goes on for ever.");
          }
          return replies[(count - 1) % replies.length];
        };
        const operations = {
          create: () => lifecycle.create(INPUTS),
          read: () => lifecycle.read(GROUP, STATE),
          update: () => lifecycle.update(GROUP, STATE, INPUTS),
          delete: () => lifecycle.delete(GROUP, STATE),
        };
        await failsInWords(operations[operation]);
        assert.ok(manila.sent.length <= MOST_REQUESTS, `${operation} goes on for ever`);
      }
    });
    await fc.assert(property, RUNS);
  });

  it("from a state, a refresh, a diff, an update and a deletion end in the same way", async () => {
    const state = fc.oneof(spoilt(STATE), fc.dictionary(fc.string(), anyJson));
    const property = fc.asyncProperty(state, state, async (recorded, inputs) => {
      const { lifecycle, manila } = newWorld();
      manila.add();
      const given = { ...recorded };
      await failsInWords(() => lifecycle.check({ ...inputs }, given));
      await failsInWords(() => lifecycle.diff(GROUP, given, { ...inputs }));
      await failsInWords(() => lifecycle.read(GROUP, given));
      await failsInWords(() => lifecycle.update(GROUP, given, { ...inputs }));
      await failsInWords(() => lifecycle.delete(GROUP, given));
    });
    await fc.assert(property, RUNS);
  });

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
