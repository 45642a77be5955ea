import { randomUUID } from "node:crypto";
import type { Clock, Schedule } from "../clock";
import type { Pool, ShareType } from "../seed";
import type { Database, ExportLocation, Group, GroupSnapshot, Message, Share } from "./database";
import { ACTIONS, DETAILS } from "./messageTexts";

/** The part of the delay after which the scheduler has chosen a host. */
const SCHEDULING_SHARE = 0.1;

/**
 * Scheduler and storage back end: brings groups, snapshots and shares from one status to the next as time passes.
 * It fails for all whose name begins with `fail-create` or `fail-delete`, and for all while its switches
 * are set.
 */
export class BackEnd {
  /** While true, groups, snapshots and shares whose creation is asked for end in `error`. */
  failCreate = false;
  /** While true, groups and snapshots whose deletion is asked for end in `error`, and shares in `error_deleting`. */
  failDelete = false;
  /** While true, shares that are to grow end in `extending_error`, and those that are to shrink in `shrinking_error`. */
  failResize = false;

  constructor(
    private readonly database: Database,
    private readonly schedule: Schedule,
    private readonly clock: Clock,
    private readonly pools: readonly Pool[],
    private readonly newId: () => string,
    /** How long it takes to create or delete something from now on. */
    public delayMilliseconds: number,
  ) {}

  /** Schedules a new group to a host and creates it there; without a host that serves it, it ends in `error`. */
  createGroup(group: Group, requestId: string): void {
    const fails = this.#failsToCreate(group);
    this.#later(SCHEDULING_SHARE, (at) => {
      const pool = this.#poolFor(group.shareTypeIds, group);
      if (pool === undefined) {
        group.status = "error";
        const { projectId, id: resourceId } = group;
        const why = { action: ACTIONS.allocateHost, detail: DETAILS.noValidHost };
        this.#tell({ projectId, requestId, resourceType: "SHARE_GROUP", resourceId, ...why, createdAt: at });
      } else {
        group.host = pool.name;
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
      this.#finishGroup(group, fails ? "error" : "available", at);
    });
  }

  /** Creates a group and its member shares from a snapshot, on the host of the snapshot's group. */
  cloneGroup(group: Group, members: readonly Share[]): void {
    const fails = this.#failsToCreate(group);
    this.#later(1, (at) => {
      const status = fails ? "error" : "available";
      this.#finishGroup(group, status, at);
      for (const member of members) {
        member.status = status;
        member.exportLocations = fails ? [] : exportLocationsOf(member);
      }
    });
  }

  /** A share group then says where it is, and what its host promises, even if it has failed there. */
  #finishGroup(group: Group, status: "available" | "error", at: number): void {
    group.status = status;
    if (status === "available") {
      group.createdAt = at;
    }
    const pool = this.pools.find(({ name }) => name === group.host);
    if (this.database.generation === "shareGroups" && pool !== undefined) {
      group.availabilityZone ??= pool.availabilityZone;
      group.consistentSnapshotSupport = pool.consistentSnapshotSupport;
    }
  }

  deleteGroup(group: Group): void {
    const fails = this.#failsToDelete(group);
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
    const fails = this.#failsToCreate(snapshot);
    this.#later(1, (at) => {
      snapshot.status = fails ? "error" : "available";
      if (fails || this.database.generation === "shareGroups") {
        return;
      }
      for (const each of [snapshot, ...snapshot.members]) {
        each.createdAt = at;
      }
    });
  }

  deleteSnapshot(snapshot: GroupSnapshot): void {
    const fails = this.#failsToDelete(snapshot);
    snapshot.status = "deleting";
    this.#later(1, () => {
      if (fails) {
        snapshot.status = "error";
      } else {
        this.database.snapshots.remove(snapshot.id);
      }
    });
  }

  /** Creates a share, on its group's host when it is in one. */
  createShare(share: Share, requestId: string): void {
    const fails = this.#failsToCreate(share);
    this.#later(SCHEDULING_SHARE, (at) => {
      const group = share.groupId === null ? undefined : this.database.groups.find(share.groupId);
      const pool = this.pools.find(({ name }) => name === group?.host) ?? this.#poolFor([share.shareTypeId]);
      if (pool === undefined) {
        share.status = "error";
        this.#tellOfShare(share, requestId, at, ACTIONS.allocateHost, DETAILS.capabilities);
      } else {
        Object.assign(share, { host: pool.name, availabilityZone: pool.availabilityZone });
      }
    });
    this.#later(1, (at) => {
      if (share.host === "") {
        return;
      }
      if (fails) {
        share.status = "error";
        this.#tellOfShare(share, requestId, at, ACTIONS.create, DETAILS.unknown);
      } else {
        share.status = "available";
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

  deleteShare(share: Share, requestId: string): void {
    const fails = this.#failsToDelete(share);
    share.status = "deleting";
    this.#later(1, (at) => {
      if (fails) {
        share.status = "error_deleting";
        this.#tellOfShare(share, requestId, at, ACTIONS.delete, DETAILS.unknown);
      } else {
        this.database.shares.remove(share.id);
      }
    });
  }

  #failsToCreate({ name }: { name: string | null }): boolean {
    return this.failCreate || (name?.startsWith("fail-create") ?? false);
  }

  #failsToDelete({ name }: { name: string | null }): boolean {
    return this.failDelete || (name?.startsWith("fail-delete") ?? false);
  }

  #later(share: number, action: (at: number) => void): void {
    this.schedule.at(this.clock() + share * this.delayMilliseconds, action);
  }

  #poolFor(shareTypeIds: readonly (string | null)[], group?: Group): Pool | undefined {
    const types = shareTypeIds.flatMap((id) => (id === null ? [] : (this.database.findShareType(id) ?? [])));
    return this.pools.find(
      (pool) =>
        types.every((type) => serves(pool, type)) && (group === undefined || this.#takes(pool, group)),
    );
  }

  /** Whether a pool is in the group's zone, and promises of snapshots what the group's type asks for. */
  #takes(pool: Pool, { groupTypeId, availabilityZone }: Group): boolean {
    const type = groupTypeId === null ? undefined : this.database.findShareGroupType(groupTypeId);
    const wanted = type?.groupSpecs.consistent_snapshot_support;
    return (
      (availabilityZone === null || availabilityZone === pool.availabilityZone) &&
      (wanted === undefined || wanted === pool.consistentSnapshotSupport)
    );
  }

  #tellOfShare(
    { projectId, id: resourceId }: Share,
    requestId: string,
    createdAt: number,
    action: Message["action"],
    detail: Message["detail"],
  ): void {
    this.#tell({ projectId, requestId, resourceType: "SHARE", resourceId, action, detail, createdAt });
  }

  /** There are messages only since there are share groups. */
  #tell(message: Omit<Message, "id">): void {
    if (this.database.generation === "shareGroups") {
      this.database.messages.add({ id: this.newId(), ...message });
    }
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
