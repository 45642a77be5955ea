import assert from "node:assert/strict";
import fc from "fast-check";
import { changesOf } from "../../../cli/review/change";
import { comment } from "../../../cli/review/comment";
import { parsePreview } from "../../../cli/review/preview";
import { UNKNOWN } from "../../../provider/unknown";
import * as sdk from "../../../sdk";

const PREFIX = "urn:pulumi:dev::shop::";

function urn(type: string, name: string): string {
  return `${PREFIX}pulumi-nodejs:dynamic/manila:${type}::${name}`;
}

function state(type: string, name: string, more: object = {}): object {
  return { urn: urn(type, name), type: `pulumi-nodejs:dynamic/manila:${type}`, ...more };
}

function reviewed(preview: object): string {
  return comment(parsePreview(JSON.stringify(preview)));
}

/** A step that replaces a share for a group that is not known yet. */
function moved(name: string, group: string): object {
  const propertyDependencies = { consistencyGroupId: [urn("ConsistencyGroup", group)] };
  return {
    op: "replace",
    urn: urn("Share", name),
    oldState: state("Share", name, { id: name, outputs: { consistencyGroupId: "old" } }),
    newState: state("Share", name, { inputs: { consistencyGroupId: UNKNOWN }, propertyDependencies }),
    replaceReasons: ["consistencyGroupId"],
  };
}

function group(op: string, name: string, more: object = {}): object {
  const kept = state("ConsistencyGroup", name, { id: `id of ${name}`, ...more });
  return { op, urn: urn("ConsistencyGroup", name), oldState: kept, newState: kept };
}

describe("Comment of a review", () => {
  it("knows every kind of resource that the package has", () => {
    const types = Object.values(sdk).flatMap((exported) =>
      "__pulumiType" in exported && exported.__pulumiType.startsWith("pulumi-nodejs:dynamic/")
        ? [exported.__pulumiType]
        : [],
    );
    assert.ok(types.includes(sdk.Share.__pulumiType));
    const steps = types.map((type) => ({ op: "create", urn: `${PREFIX}${type}::new` }));
    const known = changesOf(parsePreview(JSON.stringify({ steps })));
    assert.deepEqual(
      known.map((change) => change.urn),
      steps.map((step) => step.urn),
    );
  });

  it("begins with a marker that depends on nothing but the stack", () => {
    const marker = "<!-- pulumi-manila review shop/dev -->\n";
    assert.ok(reviewed({ steps: [group("same", "a")] }).startsWith(marker));
    assert.ok(reviewed({ steps: [group("replace", "b"), moved("tables", "b")] }).startsWith(marker));
  });

  it("has a marker that no name of a stack can end", () => {
    const steps = [{ op: "same", urn: "urn:pulumi:dev-->::<b>::pulumi:pulumi:Stack::x" }];
    assert.match(reviewed({ steps }), /^<!-- pulumi-manila review %3Cb%3E\/dev--%3E -->\n/);
  });

  it("is never longer than a forge takes, and says so when it is cut", () => {
    const steps = Array.from({ length: 2000 }, (_, index) => group("delete", `group ${index}`));
    const text = reviewed({ steps });
    assert.ok(text.length < 65_536, `${text.length} characters`);
    assert.match(text, /There is no room for \d+ more paragraphs/);
  });

  it("doubts a replacement for what comes from a resource that is changed in place", () => {
    const text = reviewed({ steps: [group("update", "database"), moved("tables", "database")] });
    assert.match(text, /\*\*May not happen\*\*: `consistencyGroupId` is known only after the deployment/);
  });

  it("does not doubt one for what comes from a resource that is replaced or made", () => {
    for (const op of ["replace", "create"]) {
      const text = reviewed({ steps: [group(op, "database"), moved("tables", "database")] });
      assert.doesNotMatch(text, /May not happen/, op);
    }
  });

  it("tells the status of what is changed for its status alone", () => {
    const text = reviewed({ steps: [group("update", "a", { outputs: { status: "creating" } })] });
    assert.match(text, /Its status is `"creating"`: the deployment waits/);
  });

  it("takes no fixed input for a change that replaces nothing, such as a type by its name in place of its id", () => {
    const step = {
      ...group("update", "a"),
      oldState: state("ConsistencyGroup", "a", { inputs: { shareTypes: ["A", "b"], name: "x" } }),
      newState: state("ConsistencyGroup", "a", { inputs: { shareTypes: ["ssd"], name: "y" } }),
    };
    const text = reviewed({ steps: [step] });
    assert.match(text, /`name`: `"x"` => `"y"`/);
    assert.doesNotMatch(text, /shareTypes/);
  });

  it("says of what is taken over that it is not made", () => {
    const newState = state("ConsistencyGroup", "a", { inputs: { importId: "1" } });
    const steps = [{ op: "create", urn: urn("ConsistencyGroup", "a"), newState }];
    assert.match(reviewed({ steps }), /It is there already, and is taken over\./);
  });

  it("sees no part of a group in a reset of its status", () => {
    const outputs = { consistencyGroupId: "id of a" };
    const kept = state("ConsistencyGroupStatusReset", "repaired", { id: "1", outputs });
    const reset = { op: "same", urn: urn("ConsistencyGroupStatusReset", "repaired"), oldState: kept };
    assert.doesNotMatch(reviewed({ steps: [group("delete", "a"), reset] }), /would fail|In it/);
    const again = reviewed({ steps: [{ ...reset, op: "replace" }] });
    assert.match(
      again,
      /\*\*Reset of a group's status\*\* `repaired` \(`1`\)\n {2}- The status is reset again\./,
    );
  });

  it("only counts what is of other packages, children of its own resources included", () => {
    const bucket = `${PREFIX}pulumi-nodejs:dynamic/manila:Share$aws:s3/bucket:Bucket::pulumi-nodejs:dynamic/manila:Share`;
    const text = reviewed({ steps: [{ op: "create", urn: bucket }] });
    assert.match(text, /no changes\n\nOther resources: 1 created\.\n$/);
  });

  it("finds resources inside components", () => {
    const type = "shop:index:Database$pulumi-nodejs:dynamic/manila:Share";
    const text = reviewed({ steps: [{ op: "create", urn: `${PREFIX}${type}::a::b` }] });
    assert.match(text, /1 created\n\n#### Created\n\n- \*\*Share\*\* `a::b`/);
  });

  it("refuses what is no preview, and says why", () => {
    assert.throws(() => parsePreview("Previewing update (dev):"), /it is no JSON/);
    assert.throws(() => parsePreview("{}"), /neither steps nor diagnostics/);
    assert.throws(() => parsePreview('{"steps": [{"op": "same"}]}'), /urn/);
  });

  it("comments on any preview without failing", () => {
    const kind = fc.constantFrom("ConsistencyGroup", "ConsistencyGroupSnapshot", "Share", "Other");
    const operation = fc.constantFrom(
      "create",
      "update",
      "replace",
      "delete",
      "same",
      "refresh",
      "read",
      "new",
    );
    const given = fc.record({
      id: fc.constantFrom("1", "2", "3"),
      inputs: fc.dictionary(fc.constantFrom("name", "size", "shareTypes"), fc.jsonValue()),
      outputs: fc.dictionary(fc.constantFrom("consistencyGroupId", "members", "status"), fc.jsonValue()),
    });
    const step = fc
      .tuple(kind, fc.string(), operation, fc.option(given), fc.option(given))
      .map(([type, name, op, old, wanted]) => ({
        op,
        urn: urn(type, name),
        oldState: old && state(type, name, old),
        newState: wanted && state(type, name, wanted),
        replaceReasons: op === "replace" ? Object.keys(wanted?.inputs ?? {}) : null,
      }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const text = reviewed({ steps });
        assert.match(text, /^<!-- pulumi-manila review/);
      }),
    );
  });
});
