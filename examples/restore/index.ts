import * as pulumi from "@pulumi/pulumi";
import * as manila from "pulumi-manila";

/** What a database is made of, and how many GiB each part takes. */
const PARTS = { tables: 4, logs: 2, configuration: 1 };

const database = new manila.ConsistencyGroup("database", {
  description: "The database of the shop",
});

// A share each. As members of one group they are snapshotted at the exact same instant.
const parts = Object.entries(PARTS).map(([name, size]) => ({
  name,
  share: new manila.Share(name, { shareProtocol: "NFS", size, consistencyGroupId: database.id }),
}));
const shares = parts.map(({ share }) => share);

const snapshot = new manila.ConsistencyGroupSnapshot(
  "before-upgrade",
  { description: "Before the upgrade of the shop", consistencyGroupId: database.id },
  { dependsOn: shares },
);

// A group that starts with a copy of every share in the snapshot.
const restored = new manila.ConsistencyGroup("restored", {
  description: "The database as it was before the upgrade",
  sourceCgsnapshotId: snapshot.id,
});

// The copies are there with their group. These resources stand for them, so that they can be named, grown, mounted
// and, when the stack goes, deleted.
const copies = parts.map(({ name, share }) => ({
  name,
  share: new manila.Share(`restored-${name}`, {
    consistencyGroupId: restored.id,
    sourceCgsnapshotMemberId: memberOf(share),
  }),
}));

/** Id of what the snapshot holds of a share. */
function memberOf(share: manila.Share): pulumi.Output<string> {
  return pulumi.all([snapshot.members, share.id]).apply(([members, id]) => {
    const member = members.find(({ shareId }) => shareId === id);
    if (member === undefined) {
      throw new Error(`The snapshot was taken without share ${id}.`);
    }
    return member.id;
  });
}

/** Where to mount each part, by its name. */
function paths(
  of: { name: string; share: manila.Share }[],
): Record<string, pulumi.Output<string | undefined>> {
  return Object.fromEntries(
    of.map(({ name, share }) => [name, share.exportLocations.apply(([path]) => path)]),
  );
}

export const databasePaths = paths(parts);
export const restoredPaths = paths(copies);
