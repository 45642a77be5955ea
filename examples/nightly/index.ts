import * as pulumi from "@pulumi/pulumi";
import * as manila from "pulumi-manila";

const config = new pulumi.Config();
const keep = config.getNumber("keep") ?? 7;
const tonight = config.get("night") ?? new Date().toISOString().slice(0, 10);

/** What the snapshots of this stack are called, up to the date. */
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}-`;

const database = new manila.ConsistencyGroup("database", { description: "The database of the shop" });

const shares = ["tables", "logs"].map(
  (name) => new manila.Share(name, { shareProtocol: "NFS", size: 1, consistencyGroupId: database.id }),
);

/**
 * Tonight, and the nights before of which there is a snapshot. A night that was missed is none of them: a snapshot that
 * is taken later would not be of that night.
 */
async function nightsToKeep(): Promise<string[]> {
  const taken = await manila.getConsistencyGroupSnapshots({ status: "available" });
  const names = taken.flatMap(({ name = "" }) => (name.startsWith(prefix) ? [name] : []));
  const nights = new Set([...names.map((name) => name.slice(prefix.length)), tonight]);
  return [...nights].sort().slice(-keep);
}

export = async () => {
  const nights = await nightsToKeep();
  for (const night of nights) {
    new manila.ConsistencyGroupSnapshot(
      night,
      { name: prefix + night, consistencyGroupId: database.id },
      { dependsOn: shares },
    );
  }
  return { nights };
};
