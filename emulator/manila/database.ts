import type { ShareType } from "../seed";

/** The statuses Manila gives a group, a snapshot or a share. */
export type Status = "creating" | "available" | "deleting" | "error" | "error_deleting";

/** The statuses a share has beyond those: while its size changes, and when that has failed. */
export type ShareStatus =
  | Status
  | "extending"
  | "extending_error"
  | "shrinking"
  | "shrinking_error"
  | "shrinking_possible_data_loss_error";

/** Who calls: what Manila takes from a token. */
export interface Caller {
  userId: string;
  projectId: string;
  isAdmin: boolean;
}

interface Owned {
  id: string;
  projectId: string;
}

/** A group as it is stored, in no API's own words: `views/` has the wire formats. Times are in milliseconds. */
export interface Group extends Owned {
  name: string | null;
  description: string | null;
  status: Status;
  createdAt: number;
  /** Null until the group is scheduled. */
  host: string | null;
  /** As they were given: order, duplicates and case are kept. */
  shareTypeIds: string[];
  shareNetworkId: string | null;
  shareServerId: string | null;
  sourceSnapshotId: string | null;
}

/** A snapshot of all shares of a group. */
export interface GroupSnapshot extends Owned {
  groupId: string;
  name: string | null;
  description: string | null;
  status: Status;
  createdAt: number;
  members: GroupSnapshotMember[];
}

/** One share's part of a group snapshot. */
export interface GroupSnapshotMember extends Owned {
  snapshotId: string;
  shareId: string;
  shareTypeId: string | null;
  shareProtocol: string;
  sizeGigabytes: number;
  createdAt: number;
}

/** A path by which a share is mounted. */
export interface ExportLocation {
  id: string;
  path: string;
  /** Whether the back end would rather have this one used. */
  preferred: boolean;
  /** Whether only administrators see it. */
  isAdminOnly: boolean;
}

/** A share, in a group or not. */
export interface Share extends Owned {
  userId: string;
  groupId: string | null;
  name: string | null;
  description: string | null;
  status: ShareStatus;
  createdAt: number;
  /** Empty until the share is scheduled. */
  host: string;
  availabilityZone: string | null;
  sizeGigabytes: number;
  shareProtocol: string;
  shareTypeId: string | null;
  shareNetworkId: string | null;
  shareServerId: string | null;
  snapshotSupport: boolean;
  isPublic: boolean;
  metadata: Record<string, string>;
  /** Empty until the share has been created. */
  exportLocations: ExportLocation[];
  /** The group snapshot's member it was cloned from. */
  sourceMemberId: string | null;
}

/** A share network. */
export interface ShareNetwork extends Owned {
  name: string | null;
  description: string | null;
  createdAt: number;
  updatedAt: number | null;
  neutronNetId: string | null;
  neutronSubnetId: string | null;
  novaNetId: string | null;
}

/** Rows by id. Ids are found in any case, as the real server's database does. */
export class Table<Row extends { id: string }> {
  readonly #rows = new Map<string, Row>();

  add(row: Row): Row {
    this.#rows.set(row.id.toLowerCase(), row);
    return row;
  }

  /** Undefined when there is no such row. */
  find(id: string): Row | undefined {
    return this.#rows.get(id.toLowerCase());
  }

  remove(id: string): void {
    this.#rows.delete(id.toLowerCase());
  }

  /** The rows that match, ordered by id, as the real server lists them. */
  list(matches: (row: Row) => boolean = () => true): Row[] {
    return [...this.#rows.values()].filter(matches).sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

/** All that the cloud stores. */
export class Database {
  readonly groups = new Table<Group>();
  readonly snapshots = new Table<GroupSnapshot>();
  readonly shares = new Table<Share>();
  readonly shareNetworks = new Table<ShareNetwork>();
  readonly shareTypes: readonly ShareType[];

  constructor(shareTypes: readonly ShareType[]) {
    this.shareTypes = shareTypes;
  }

  /** Undefined when there is no such share type. */
  findShareType(id: string): ShareType | undefined {
    return this.shareTypes.find((type) => type.id.toLowerCase() === id.toLowerCase());
  }

  sharesOf(groupId: string): Share[] {
    return this.shares.list((share) => share.groupId === groupId);
  }

  snapshotsOf(groupId: string): GroupSnapshot[] {
    return this.snapshots.list((snapshot) => snapshot.groupId === groupId);
  }
}

/** Whether `caller` may see `row`: administrators see every project's. */
export function isVisible(caller: Caller, row: Owned): boolean {
  return caller.isAdmin || row.projectId === caller.projectId;
}
