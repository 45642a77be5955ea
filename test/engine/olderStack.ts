import type { Stack } from "./stack";

/** What is in the program, by its names there. */
type Name = "database" | "tables" | "nightly" | "restored" | "copy";

/** A program with all kinds of resources, as it was written for consistency groups. */
export function declaring({ group = {}, snapshot = {}, share = {} } = {}): string {
  return `
    const database = new manila.ConsistencyGroup("database", {
      description: "Tables and logs", shareTypes: ["ssd"], ...${JSON.stringify(group)},
    });
    const tables = new manila.Share("tables", {
      consistencyGroupId: database.id, shareProtocol: "NFS", size: 1, ...${JSON.stringify(share)},
    });
    const nightly = new manila.ConsistencyGroupSnapshot("nightly", {
      consistencyGroupId: database.id, ...${JSON.stringify(snapshot)},
    }, { dependsOn: tables });
    const restored = new manila.ConsistencyGroup("restored", { sourceCgsnapshotId: nightly.id });
    new manila.Share("copy", {
      consistencyGroupId: restored.id, sourceCgsnapshotMemberId: nightly.members.apply(([member]) => member.id),
    });`;
}

/** Another group in it, with what the first one had. */
export const SUCCESSOR =
  'const successor = new manila.ConsistencyGroup("successor", { sourceCgsnapshotId: nightly.id });';

/** Another share in it, in one of its groups. */
export function shareIn(group: "database" | "successor"): string {
  return `new manila.Share("added", { consistencyGroupId: ${group}.id, shareProtocol: "NFS", size: 1 });`;
}

/** The ids in the stack's state. */
export async function idsOf(stack: Stack): Promise<Record<Name, string>> {
  const idOf = async (name: Name): Promise<string> => (await stack.resource(name)).id ?? "";
  return {
    database: await idOf("database"),
    tables: await idOf("tables"),
    nightly: await idOf("nightly"),
    restored: await idOf("restored"),
    copy: await idOf("copy"),
  };
}
