import type { Properties } from "../../provider/lifecycle";
import type { Declared, Program } from "./littleEngine";
import type { Kind } from "./plugin";

const SSD = "22222222-2222-4222-8222-222222222222";

/** An operation on resources of one kind: from the program before it to the one after it. */
export interface Scenario {
  kind: Kind;
  operation: "create" | "update" | "delete" | "read" | "replace";
  before: Program;
  /** For a `read`, the same as before. */
  after: Program;
  /** How many are made, and the names of those that are deleted. */
  creates: number;
  deletes: string[];
}

function group(name: string, args: Properties = {}): Declared {
  return { kind: "group", name, args: () => args };
}

function share(name: string, args: Properties = {}): Declared {
  const inGroup = (consistencyGroupId: string) => ({ shareProtocol: "NFS", size: 2, consistencyGroupId });
  return { kind: "share", name, args: (idOf) => ({ ...inGroup(idOf("database")), ...args }) };
}

function snapshot(name: string, args: Properties = {}, of = "database"): Declared {
  return { kind: "snapshot", name, args: (idOf) => ({ consistencyGroupId: idOf(of), ...args }) };
}

/** The five operations on what `make` declares, which is declared after `base`. */
function operations(
  kind: Kind,
  base: Program,
  make: (name: string, args?: Properties) => Declared,
  changed: Properties,
  replaced: Declared,
): Scenario[] {
  const [one, two] = [make("one"), make("two")];
  const none = { kind, creates: 0, deletes: [] };
  return [
    { ...none, operation: "create", before: base, after: [...base, [one, two]], creates: 2 },
    { ...none, operation: "update", before: [...base, [one]], after: [...base, [make("one", changed)]] },
    {
      ...none,
      operation: "delete",
      before: [...base, [one, two]],
      after: [...base, [two]],
      deletes: ["one"],
    },
    { ...none, operation: "read", before: [...base, [one, two]], after: [...base, [one, two]] },
    {
      ...none,
      operation: "replace",
      before: [...base, [one]],
      after: [...base, [replaced]],
      creates: 1,
      deletes: ["one"],
    },
  ];
}

const inGroups: Program = [[group("database"), group("other")]];

export const scenarios: Scenario[] = [
  ...operations(
    "group",
    [],
    group,
    { name: "renamed", description: "Tables" },
    group("one", { shareTypes: [SSD] }),
  ),
  ...operations(
    "snapshot",
    [...inGroups, [share("tables")]],
    snapshot,
    { name: "renamed", description: "Sunday" },
    snapshot("one", {}, "other"),
  ),
  ...operations(
    "share",
    inGroups,
    share,
    { name: "renamed", size: 3, isPublic: true, metadata: { owner: "shop" } },
    share("one", { shareProtocol: "CIFS" }),
  ),
];
