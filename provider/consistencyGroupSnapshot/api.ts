import type { TextChanges, Texts } from "../inputs";
import { isMissing, isNotFound } from "../openstack/errors";
import type { ApiError } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import { allPages, offsetQuery } from "../openstack/paging";
import { AVAILABLE, StatusError } from "../provisioning";
import { ResourceApi } from "../resourceApi";
import type { Described, Link } from "../wire";
import { cgsnapshots } from "./cgsnapshots";
import type { SnapshotMember } from "./schema";
import { shareGroupSnapshots } from "./shareGroupSnapshots";

/** A snapshot of a consistency group as Manila describes it. */
export interface ConsistencyGroupSnapshot extends Described {
  /** Id of the group that it is of. */
  consistencyGroupId: string;
  /** Absent until the snapshot is available, and in lists. */
  members?: SnapshotMember[];
  /** Where the cloud says that it is, which of consistency groups is wrong. */
  links: Link[];
}

/** What a snapshot is asked for with. */
export interface NewConsistencyGroupSnapshot extends Texts {
  /** Id of the group to take a snapshot of. */
  consistencyGroupId: string;
}

const WIRES = { consistencyGroups: cgsnapshots, shareGroups: shareGroupSnapshots };

/**
 * The requests on snapshots of consistency groups, on either generation of the API. A snapshot comes with its members
 * once it is available.
 */
export class ConsistencyGroupSnapshotApi extends ResourceApi<
  ConsistencyGroupSnapshot,
  NewConsistencyGroupSnapshot
> {
  readonly noun = "consistency group snapshot";
  readonly scheduled = false;

  /** `known` are the members of the one snapshot, which never change: they are not asked for again. */
  constructor(
    manila: Manila,
    private readonly known?: SnapshotMember[],
  ) {
    super(manila, WIRES[manila.generation]);
  }

  override async update(id: string, changes: TextChanges): Promise<ConsistencyGroupSnapshot> {
    return await this.complete(await super.update(id, changes));
  }

  /** With its members, once it is available. */
  override async complete(snapshot: ConsistencyGroupSnapshot): Promise<ConsistencyGroupSnapshot> {
    const isComplete = this.known !== undefined || snapshot.status === AVAILABLE;
    return isComplete ? { ...snapshot, members: this.known ?? (await this.members(snapshot.id)) } : snapshot;
  }

  override async delete(id: string): Promise<void> {
    try {
      await super.delete(id);
    } catch (error) {
      if (isNotFound(error) && !isMissing(error, id)) {
        throw orphaned(id, error);
      }
      throw error;
    }
  }

  /** The shares as they were when the snapshot was taken, in the order of their ids, since Manila keeps none. */
  async members(id: string): Promise<SnapshotMember[]> {
    const members = await allPages((offset) =>
      this.manila.request({
        action: `list the members of consistency group snapshot ${id}`,
        method: "GET",
        path: `${this.pathOf(id)}/members`,
        query: offsetQuery(offset),
        reply: WIRES[this.manila.generation].members,
      }),
    );
    return members.sort((one, other) => (one.shareId < other.shareId ? -1 : 1));
  }

  protected override creation(snapshot: NewConsistencyGroupSnapshot): string {
    return `${super.creation(snapshot)} of ${snapshot.consistencyGroupId}`;
  }
}

/** Manila looks for the group before it deletes a snapshot, and answers 404 without one. */
function orphaned(id: string, error: ApiError): Error {
  const groupId = /[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(error.serverMessage)?.[0];
  return groupId === undefined
    ? error
    : new StatusError(
        `Consistency group snapshot ${id} can't be deleted: its consistency group ${groupId} has been removed by force, ` +
          "and Manila deletes no snapshot without its group. It stays in the state. An administrator can remove it with " +
          'forceDelete, or with the action force_delete; "pulumi refresh" then takes it out of the state.',
        { cause: error },
      );
}
