import assert from "node:assert/strict";
import { dynamicProvider } from "../../provider/dynamic";
import type { DynamicProvider } from "../../provider/dynamic";
import { IncompleteError, ResourceError } from "../../provider/lifecycle";
import type { Lifecycle, Properties } from "../../provider/lifecycle";
import { SettingsError } from "../../provider/openstack/settings";

const TEXT = { __provider: "exports.handler = …" };
const GROUP = { name: "database", status: "available" };

/** A lifecycle that takes note of what it is given; a test replaces the method it is about. */
function recordingLifecycle(own: Partial<Lifecycle> = {}): { lifecycle: Lifecycle; seen: Properties[] } {
  const seen: Properties[] = [];
  const lifecycle: Lifecycle = {
    check: (inputs, previous) => {
      seen.push(inputs, previous);
      return Promise.resolve({ inputs, failures: [{ property: "name", reason: "is too long" }] });
    },
    diff: (_id, state, inputs) => {
      seen.push(state, inputs);
      return Promise.resolve({ changes: ["name", "region"], replaces: ["region"] });
    },
    create: (inputs) => {
      seen.push(inputs);
      return Promise.resolve({ id: "g1", state: GROUP });
    },
    read: (id, state) => {
      seen.push(state);
      return Promise.resolve({ id, state: GROUP, inputs: { name: "database" } });
    },
    update: (_id, state, inputs) => {
      seen.push(state, inputs);
      return Promise.resolve(GROUP);
    },
    delete: (_id, state) => {
      seen.push(state);
      return Promise.resolve();
    },
    ...own,
  };
  return { lifecycle, seen };
}

function provider(own: Partial<Lifecycle> = {}): DynamicProvider {
  return dynamicProvider(recordingLifecycle(own).lifecycle, () => undefined);
}

/** What is thrown or rejected. */
async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  return error;
}

describe("dynamic provider", () => {
  it("configures at once: the engine does not wait for it", () => {
    const requests: unknown[] = [];
    const { lifecycle } = recordingLifecycle();
    const request = { config: { get: () => "demo" } };
    dynamicProvider(lifecycle, (given) => requests.push(given)).configure(request);
    assert.deepEqual(requests, [request]);
  });

  it("never passes in the text that names the provider", async () => {
    const { lifecycle, seen } = recordingLifecycle();
    const given = dynamicProvider(lifecycle, () => undefined);
    const properties = { name: "database", ...TEXT };
    await given.check(properties, properties);
    await given.diff("g1", properties, properties);
    await given.create(properties);
    await given.read("g1", properties);
    await given.update("g1", properties, properties);
    await given.delete("g1", properties);
    assert.deepEqual(seen, Array(9).fill({ name: "database" }));
  });

  it("hands on what a check finds", async () => {
    assert.deepEqual(await provider().check({}, { name: "x" }), {
      inputs: { name: "x" },
      failures: [{ property: "name", reason: "is too long" }],
    });
  });

  it("says whether there is a difference, and what it replaces", async () => {
    assert.deepEqual(await provider().diff("g1", {}, {}), { changes: true, replaces: ["region"] });
    const same = provider({ diff: () => Promise.resolve({ changes: [], replaces: [] }) });
    assert.deepEqual(await same.diff("g1", {}, {}), { changes: false, replaces: [] });
  });

  it("gives the outputs of a creation, an update and a look", async () => {
    assert.deepEqual(await provider().create({}), { id: "g1", outs: GROUP });
    assert.deepEqual(await provider().update("g1", {}, {}), { outs: GROUP });
    const read = { id: "g1", props: GROUP, inputs: { name: "database" } };
    assert.deepEqual(await provider().read("g1", {}), read);
  });

  it("gives nothing at all for a resource that is gone", async () => {
    const gone = provider({ read: () => Promise.resolve(undefined) });
    assert.deepEqual(await gone.read("g1", TEXT), {});
  });
});

describe("dynamic provider with a resource that is not ready", () => {
  const raise = (): Promise<never> =>
    Promise.reject(
      new IncompleteError("g1", { status: "error" }, new ResourceError("Group g1 is in error.")),
    );
  const notReady = provider({ create: raise, update: raise });

  const calls: Record<string, () => Promise<unknown>> = {
    create: () => notReady.create({ name: "database", ...TEXT }),
    update: () => notReady.update("g1", { __provider: "an older text" }, { name: "database", ...TEXT }),
  };
  for (const [method, call] of Object.entries(calls)) {
    it(`gives the engine what to record after ${method}, with the text that names the provider`, async () => {
      const error = await failureOf(call());
      assert.equal(error.message, "Group g1 is in error.");
      assert.deepEqual(Object.fromEntries(Object.entries(error)), {
        id: "g1",
        properties: { status: "error", ...TEXT },
        reasons: ["Group g1 is in error."],
      });
    });
  }
});

describe("dynamic provider with an error", () => {
  /** The errors of all methods, each raised as the given one. */
  async function raised(error: Error): Promise<Error[]> {
    const raise = (): never => {
      throw error;
    };
    const reject = (): Promise<never> => Promise.reject(error);
    const all = provider({
      check: raise,
      diff: raise,
      create: reject,
      read: reject,
      update: reject,
      delete: reject,
    });
    const work = [all.check({}, {}), all.diff("g1", {}, {}), all.read("g1", {}), all.delete("g1", {})];
    const shown = [all.create({}), all.update("g1", {}, {})];
    return await Promise.all([...work, ...shown].map(failureOf));
  }

  it("hands on the very error", async () => {
    const error = new ResourceError("Group g1 can't be deleted.");
    assert.deepEqual(new Set(await raised(error)), new Set([error]));
  });

  it("tells what is raised on purpose once, and without a stack", async () => {
    for (const error of [new ResourceError("no"), new SettingsError("No cloud is named.", ["Name one."])]) {
      const { message } = error;
      await raised(error);
      const printed = `${error.toString()}: ${error.stack ?? ""}`;
      assert.equal(printed, "pulumi-manila: an operation failed; the reason is told with its resource");
      assert.equal(error.message, message);
    }
  });

  it("keeps the stack of a mistake of ours", async () => {
    const error = new TypeError("undefined is not a group");
    await raised(error);
    assert.match(error.stack ?? "", /dynamic\.test\.ts/);
  });
});
