import { randomUUID } from "node:crypto";
import type { Clock, Schedule } from "../clock";
import type { Pool, ShareType } from "../seed";
import type { Database, ExportLocation, Group, GroupSnapshot, Share } from "./database";

/** The part of the delay after which the scheduler has chosen a host. */
const SCHEDULING_SHARE = 0.1;

/**
 * Scheduler and storage back end: brings groups, snapshots and shares from one status to the next as time passes.
 * It fails for groups and shares whose name begins with `fail-create` or `fail-delete`, and for all while its switches
 * are set.
 */
export class BackEnd {
  /** While true, groups and shares whose creation is asked for end in `error`. */
  failCreate = false;
  /** While true, groups whose deletion is asked for end in `error`, and shares in `error_deleting`. */
  failDelete = false;
  /** While true, shares that are to grow end in `extending_error`, and those that are to shrink in `shrinking_error`. */
  failResize = false;

  constructor(
    private readonly database: Database,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
    private readonly pools: readonly Pool[],
    /** How long it takes to create or delete something from now on. */
    public delayMilliseconds: number,
  ) {}

  /** Schedules a new group to a host and creates it there; without a host that serves it, it ends in `error`. */
  createGroup(group: Group): void {
    const fails = this.failCreate || group.name?.startsWith("fail-create");
    this.#later(SCHEDULING_SHARE, () => {
      const host = this.#hostFor(group);
      if (host === undefined) {
        group.status = "error";
      } else {
        group.host = host;
      }
    });
    const needsServer = group.shareNetworkId !== null;
    if (needsServer) {
      this.#later(1, () => {
        group.shareServerId = randomUUID();
      });
    }
    // Setting up a share server takes as long again.
    this.#later(needsServer ? 2 : 1, (at) => {
      if (group.host === null) {
        return;
      }
      group.status = fails ? "error" : "available";
      if (!fails) {
        group.createdAt = at;
      }
    });
  }

  /** Creates a group and its member shares from a snapshot, on the host of the snapshot's group. */
  cloneGroup(group: Group, members: readonly Share[]): void {
    const fails = this.failCreate || group.name?.startsWith("fail-create");
    this.#later(1, (at) => {
      for (const each of [group, ...members]) {
        each.status = fails ? "error" : "available";
      }
      if (fails) {
        return;
      }
      group.createdAt = at;
      for (const member of members) {
        member.exportLocations = exportLocationsOf(member);
      }
    });
  }

  deleteGroup(group: Group): void {
    const fails = this.failDelete || group.name?.startsWith("fail-delete");
    group.status = "deleting";
    this.#later(1, () => {
      if (fails) {
        group.status = "error";
      } else {
        this.database.groups.remove(group.id);
      }
    });
  }

  createSnapshot(snapshot: GroupSnapshot): void {
    this.#later(1, (at) => {
      snapshot.status = "available";
      for (const each of [snapshot, ...snapshot.members]) {
        each.createdAt = at;
      }
    });
  }

  deleteSnapshot(snapshot: GroupSnapshot): void {
    snapshot.status = "deleting";
    this.#later(1, () => {
      this.database.snapshots.remove(snapshot.id);
    });
  }

  /** Creates a share, on its group's host when it is in one. */
  createShare(share: Share): void {
    const fails = this.failCreate || share.name?.startsWith("fail-create");
    this.#later(SCHEDULING_SHARE, () => {
      const group = share.groupId === null ? undefined : this.database.groups.find(share.groupId);
      const host = group?.host ?? this.#poolFor([share.shareTypeId])?.name;
      if (host === undefined) {
        share.status = "error";
      } else {
        Object.assign(share, { host, availabilityZone: "nova" });
      }
    });
    this.#later(1, () => {
      if (share.host === "") {
        return;
      }
      share.status = fails ? "error" : "available";
      if (!fails) {
        share.exportLocations = exportLocationsOf(share);
      }
    });
  }

  /** Extends or shrinks a share. */
  resizeShare(share: Share, sizeGigabytes: number): void {
    const grows = sizeGigabytes > share.sizeGigabytes;
    const fails = this.failResize;
    share.status = grows ? "extending" : "shrinking";
    this.#later(1, () => {
      if (fails) {
        share.status = grows ? "extending_error" : "shrinking_error";
      } else {
        Object.assign(share, { status: "available", sizeGigabytes });
      }
    });
  }

  deleteShare(share: Share): void {
    const fails = this.failDelete || share.name?.startsWith("fail-delete");
    share.status = "deleting";
    this.#later(1, () => {
      if (fails) {
        share.status = "error_deleting";
      } else {
        this.database.shares.remove(share.id);
      }
    });
  }

  #later(share: number, action: (at: number) => void): void {
    this.schedule.at(this.clock() + share * this.delayMilliseconds, action);
  }

  #hostFor(group: Group): string | undefined {
    return this.#poolFor(group.shareTypeIds)?.name;
  }

  #poolFor(shareTypeIds: readonly (string | null)[]): Pool | undefined {
    const types = shareTypeIds.flatMap((id) => (id === null ? [] : (this.database.findShareType(id) ?? [])));
    return this.pools.find((pool) => types.every((type) => serves(pool, type)));
  }
}

function serves(pool: Pool, type: ShareType): boolean {
  return Object.entries(type.extraSpecs).every(
    ([key, value]) => pool.capabilities[key]?.toLowerCase() === value.toLowerCase(),
  );
}

/** Three of them, as Manila's own dummy driver has; the preferred one is not the first. */
function exportLocationsOf({ id, shareProtocol }: Share): ExportLocation[] {
  const location = (address: string, preferred: boolean, isAdminOnly: boolean): ExportLocation => ({
    id: randomUUID(),
    path: shareProtocol === "CIFS" ? `\\\\${address}\\share_${id}` : `${address}:/shares/share_${id}`,
    preferred,
    isAdminOnly,
  });
  return [
    location("192.0.2.20", false, false),
    location("192.0.2.10", true, false),
    location("198.51.100.11", false, true),
  ];
}
