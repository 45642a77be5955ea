import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { programText } from "../../../cli/program/text";
import type { ConsistencyGroup, Share } from "../../../provider/client";

const GROUP = "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8";
const OTHER = "834643f7-09fb-486b-8b16-96e180466fca";
const SSD = "22222222-2222-4222-8222-222222222222";
const DISK = "33333333-3333-4333-8333-333333333333";
const GOLD = "88888888-8888-4888-8888-888888888888";
const NETWORK = "55555555-5555-4555-8555-555555555555";
const SNAPSHOT = "77777777-7777-4777-8777-777777777777";
const SHARE = "cbfa7c79-bfac-43cf-894b-be5a2b1023fc";

const TYPES = new Map([
  [SSD, "ssd"],
  [GOLD, "gold"],
]);

function groupOf(given: Partial<ConsistencyGroup> = {}): ConsistencyGroup {
  const common = { id: GROUP, status: "available", projectId: "p1", host: "a@b#c", links: [] };
  return { ...common, shareTypes: [SSD], ...given };
}

function shareOf(given: Partial<Share> = {}): Share {
  const common = { id: SHARE, status: "available", projectId: "p1", host: "a@b#c", shareProtocol: "NFS" };
  return { ...common, size: 2, metadata: {}, isPublic: false, consistencyGroupId: GROUP, ...given };
}

function textOf(given: Partial<ConsistencyGroup>, shares: Share[] = []): string {
  return programText([{ group: groupOf(given), shares }], TYPES);
}

interface Declaration {
  kind: string;
  name: string;
  inputs: object;
}

/** What a program declares when it runs. */
function declarations(text: string): Declaration[] {
  const { outputText, diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  assert.deepEqual(diagnostics, []);
  const declared: Declaration[] = [];
  const kindOf = (kind: string): object =>
    class {
      id = `id of ${kind}`;
      constructor(name: string, inputs: object) {
        declared.push({ kind, name, inputs });
      }
    };
  const manila = { ConsistencyGroup: kindOf("group"), Share: kindOf("share") };
  runInNewContext(outputText, { require: () => manila, exports: {} });
  return declared;
}

describe("The program for existing groups", () => {
  it("says all that a group is, and takes it over", () => {
    const text = textOf({
      name: "shop-database",
      description: 'The "shop"',
      shareTypes: [SSD, DISK],
      shareNetworkId: NETWORK,
      shareGroupTypeId: GOLD,
      availabilityZone: "nova",
    });
    assert.equal(
      text,
      `import * as manila from "pulumi-manila";

const shopDatabaseGroup = new manila.ConsistencyGroup("shop-database", {
  importId: "${GROUP}",
  name: "shop-database",
  description: "The \\"shop\\"",
  shareGroupType: "gold",
  shareTypes: ["ssd", "${DISK}"],
  shareNetworkId: "${NETWORK}",
  availabilityZone: "nova",
});
`,
    );
  });

  it("leaves out what a group has not", () => {
    assert.equal(
      textOf({ name: "database" }).split("\n\n")[1],
      `const databaseGroup = new manila.ConsistencyGroup("database", {
  importId: "${GROUP}",
  name: "database",
  shareTypes: ["ssd"],
});
`,
    );
  });

  it("leaves out what a copy has from its snapshot, which can't be said besides", () => {
    const text = textOf({
      name: "copy",
      sourceCgsnapshotId: SNAPSHOT,
      shareNetworkId: NETWORK,
      availabilityZone: "nova",
    });
    assert.match(text, new RegExp(`  name: "copy",\n  sourceCgsnapshotId: "${SNAPSHOT}",\n\\}\\);`));
  });

  it("puts shares after their group, and into it", () => {
    const tables = shareOf({
      name: "tables",
      description: "Tables",
      shareTypeId: SSD,
      availabilityZone: "nova",
      metadata: { team: "shop", "cost centre": "7" },
      isPublic: true,
      sourceCgsnapshotMemberId: OTHER,
    });
    assert.equal(
      textOf({ name: "database" }, [tables]).split("\n\n")[2],
      `const tablesShare = new manila.Share("tables", {
  importId: "${SHARE}",
  name: "tables",
  description: "Tables",
  shareProtocol: "NFS",
  size: 2,
  shareTypeId: "${SSD}",
  availabilityZone: "nova",
  metadata: { "team": "shop", "cost centre": "7" },
  isPublic: true,
  consistencyGroupId: databaseGroup.id,
  sourceCgsnapshotMemberId: "${OTHER}",
});
`,
    );
  });

  it("calls groups without a name, or with none that can be said, by their ids", () => {
    for (const name of [undefined, "", " ", "***"]) {
      const [declared] = declarations(textOf({ name }));
      assert.equal(declared?.name, "group-6208610d");
    }
    assert.match(textOf({ name: "***" }), /const group6208610dGroup = .*\n.*\n {2}name: "\*\*\*",/);
  });

  const identifiers: Record<string, string> = {
    "shop database": "shopDatabaseGroup",
    SHOP: "shopGroup",
    "app-server-group": "appServerGroup",
    appGroup: "appGroup",
    "2024": "_2024Group",
    class: "classGroup",
    größe: "größeGroup",
  };
  for (const [name, identifier] of Object.entries(identifiers)) {
    it(`calls the constant of ${JSON.stringify(name)} ${identifier}`, () => {
      assert.match(textOf({ name }), new RegExp(`\nconst ${identifier} = new `));
    });
  }

  it("is a program that says what groups and shares are, and each under a name of its own, whatever they are", () => {
    // What Manila can't store can't be there.
    const text = fc.string({ unit: "binary", maxLength: 30 }).filter((each) => !/[\uD800-\uDFFF]/.test(each));
    const name = fc.oneof(text, fc.constantFrom("database", "Database", "data base", "data-base", "class"));
    const key = text.filter((each) => each !== "__proto__" && each !== "");
    const share = fc.record({ id: fc.uuid(), name, metadata: fc.dictionary(key, text, { maxKeys: 3 }) });
    const group = fc.record({
      id: fc.uuid(),
      name,
      description: text,
      shares: fc.array(share, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(group, { maxLength: 6 }), (groups) => {
        const declared = groups.map(({ shares, ...given }) => ({
          group: groupOf(given),
          shares: shares.map(shareOf),
        }));
        const found = declarations(programText(declared, TYPES));
        const expected = groups.flatMap(({ shares, ...given }) => [
          ["group", given.id, given.name, given.description],
          ...shares.map((each) => ["share", each.id, each.name, undefined]),
        ]);
        assert.equal(found.length, expected.length);
        const names = found.map((each) => `${each.kind} ${each.name}`);
        assert.equal(new Set(names).size, names.length);
        found.forEach(({ kind, inputs }, index) => {
          const said = new Map(Object.entries(inputs));
          const [expectedKind, id, called, description] = expected[index] ?? [];
          assert.deepEqual([kind, said.get("importId"), said.get("name")], [expectedKind, id, called]);
          assert.equal(said.get("description"), description);
        });
        const metadata = found
          .filter(({ kind }) => kind === "share")
          .map(({ inputs }) => ("metadata" in inputs ? inputs.metadata : {}));
        assert.equal(
          JSON.stringify(metadata),
          JSON.stringify(groups.flatMap(({ shares }) => shares.map((each) => each.metadata))),
        );
      }),
    );
  });

  it("is formatted as prettier has it, but for what is too long for a line", async () => {
    const text = textOf({ name: "database", description: "shop" }, [shareOf({ name: "tables" })]);
    assert.equal(await format(text, { parser: "typescript" }), text);
  });
});
