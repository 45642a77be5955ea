import type { ShareGroupType, ShareType } from "../seed";
import type { GenerationName } from "./generation";

/** The statuses Manila gives a group, a snapshot or a share; the last three only where an administrator says so. */
export type Status =
  | "creating"
  | "available"
  | "deleting"
  | "error"
  | "error_deleting"
  | "migrating"
  | "migrating_to"
  | "server_migrating";

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
  /** Whether it has a role that may do more than read, as far as there is a difference: since share groups. */
  mayWrite: boolean;
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
  /** Null for a group that was made before there were types of groups. */
  groupTypeId: string | null;
  /** Null until the group is there, unless it was asked for; and for groups from before groups had one. */
  availabilityZone: string | null;
  /** Whose shares have one point in time in a snapshot; null until the group is there, and where nobody promises it. */
  consistentSnapshotSupport: "pool" | "host" | null;
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
  createFromSnapshotSupport: boolean;
  isPublic: boolean;
  metadata: Record<string, string>;
  /** Empty until the share has been created. */
  exportLocations: ExportLocation[];
  /** The group snapshot's member it was cloned from. */
  sourceMemberId: string | null;
}

/** Why something has failed, for users to read. */
export interface Message extends Owned {
  /** The request that asked for what failed. */
  requestId: string;
  resourceType: "SHARE_GROUP" | "SHARE";
  resourceId: string;
  action: { id: string; text: string };
  detail: { id: string; text: string };
  createdAt: number;
}

/** A share network. */
export interface ShareNetwork extends Owned {
  /** Of what was made with it; there is one. */
  subnetId: string;
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

  /** The rows that match, in the order they were added in. */
  select(matches: (row: Row) => boolean = () => true): Row[] {
    return [...this.#rows.values()].filter(matches);
  }

  /** The rows that match, ordered by id, as the real server lists them up to share groups. */
  list(matches: (row: Row) => boolean = () => true): Row[] {
    return this.select(matches).sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

/** All that the cloud stores. */
export class Database {
  readonly groups = new Table<Group>();
  readonly snapshots = new Table<GroupSnapshot>();
  readonly shares = new Table<Share>();
  readonly shareNetworks = new Table<ShareNetwork>();
  readonly messages = new Table<Message>();

  constructor(
    /** Which API it is made for; an upgrade changes it. */
    public generation: GenerationName,
    public shareTypes: readonly ShareType[],
    readonly shareGroupTypes: readonly ShareGroupType[],
  ) {}

  /** Undefined when there is no such share type. */
  findShareType(id: string): ShareType | undefined {
    return this.shareTypes.find((type) => type.id.toLowerCase() === id.toLowerCase());
  }

  removeShareType(id: string): void {
    this.shareTypes = this.shareTypes.filter((type) => type.id !== id);
  }

  /** Undefined when there is no such share group type. */
  findShareGroupType(id: string): ShareGroupType | undefined {
    return this.shareGroupTypes.find((type) => type.id.toLowerCase() === id.toLowerCase());
  }

  sharesOf(groupId: string): Share[] {
    return this.shares.list((share) => share.groupId === groupId);
  }

  snapshotsOf(groupId: string): GroupSnapshot[] {
    return this.snapshots.list((snapshot) => snapshot.groupId === groupId);
  }

  /**
   * What the operator's upgrade from consistency groups to share groups does to the rows: nearly nothing. What groups did
   * not have before stays null, and times have lost what is below a second.
   */
  upgrade(): void {
    this.generation = "shareGroups";
    const rows = [...this.groups.select(), ...this.snapshots.select(), ...this.shares.select()];
    const members = this.snapshots.select().flatMap((snapshot) => snapshot.members);
    for (const row of [...rows, ...members, ...this.shareNetworks.select()]) {
      row.createdAt = Math.floor(row.createdAt / 1000) * 1000;
    }
  }
}

/** Whether `caller` may see `row`: administrators see every project's. */
export function isVisible(caller: Caller, row: Owned): boolean {
  return caller.isAdmin || row.projectId === caller.projectId;
}
