import { z } from "zod";
import { ConsistencyGroupApi } from "../consistencyGroup/api";
import { given } from "../inputs";
import type { TextChanges, Texts } from "../inputs";
import type { Manila } from "../openstack/manila";
import { optionalText } from "../openstack/reply";
import { AVAILABLE, sameResource } from "../provisioning";
import type { ProvisionedApi } from "../provisioning";
import type { SnapshotMember } from "./schema";

/** A snapshot of a consistency group as Manila describes it. */
export interface ConsistencyGroupSnapshot {
  id: string;
  name?: string;
  description?: string;
  status: string;
  createdAt?: string;
  projectId: string;
  consistencyGroupId: string;
  /** Absent until the snapshot is available. */
  members?: SnapshotMember[];
}

export interface NewConsistencyGroupSnapshot extends Texts {
  consistencyGroupId: string;
}

const reply = z
  .object({
    id: z.string(),
    name: optionalText,
    description: optionalText,
    status: z.string(),
    created_at: optionalText,
    project_id: z.string(),
    consistency_group_id: z.string(),
  })
  .transform((wire): ConsistencyGroupSnapshot => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    status: wire.status,
    createdAt: wire.created_at,
    projectId: wire.project_id,
    consistencyGroupId: wire.consistency_group_id,
  }));

const snapshotReply = z.object({ cgsnapshot: reply }).transform((body) => body.cgsnapshot);

const memberReply = z
  .object({
    id: z.string(),
    share_id: z.string(),
    size: z.number(),
    share_protocol: z.string(),
    share_type_id: optionalText,
  })
  .transform((wire): SnapshotMember => ({
    id: wire.id,
    shareId: wire.share_id,
    size: wire.size,
    shareProtocol: wire.share_protocol,
    ...(wire.share_type_id !== undefined && { shareTypeId: wire.share_type_id }),
  }));

const membersReply = z
  .object({ cgsnapshot_members: z.array(memberReply) })
  .transform((body) => body.cgsnapshot_members);

/**
 * The requests on snapshots of consistency groups, and the only place with their wire names. A snapshot comes with its
 * members once it is available.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class ConsistencyGroupSnapshotApi implements ProvisionedApi<ConsistencyGroupSnapshot> {
  readonly noun = "consistency group snapshot";
  readonly scheduled = false;
  /** The groups that the snapshots are of. */
  readonly groups: ConsistencyGroupApi;

  /** `members` are those of the one snapshot, if they are known: they never change, so they are not asked for again. */
  constructor(
    private readonly manila: Manila,
    private readonly members?: SnapshotMember[],
  ) {
    this.groups = new ConsistencyGroupApi(manila);
  }

  /** Asks for a snapshot. The reply comes at once, with status `creating`. */
  async create({
    consistencyGroupId,
    name,
    description,
  }: NewConsistencyGroupSnapshot): Promise<ConsistencyGroupSnapshot> {
    return await this.manila.request({
      action: `create consistency group snapshot ${JSON.stringify(name ?? "")} of ${consistencyGroupId}`,
      method: "POST",
      path: "/cgsnapshots",
      body: { cgsnapshot: given({ consistency_group_id: consistencyGroupId, name, description }) },
      reply: snapshotReply,
    });
  }

  async show(id: string): Promise<ConsistencyGroupSnapshot> {
    const snapshot = await this.manila.request({
      action: `read consistency group snapshot ${id}`,
      method: "GET",
      path: `/cgsnapshots/${encodeURIComponent(id)}`,
      reply: snapshotReply,
    });
    return await this.withMembers(sameResource(this.noun, id, snapshot));
  }

  /** Changes what is given and leaves the rest. Manila takes it in every status. */
  async update(id: string, changes: TextChanges): Promise<ConsistencyGroupSnapshot> {
    const snapshot = await this.manila.request({
      action: `update consistency group snapshot ${id}`,
      method: "PUT",
      path: `/cgsnapshots/${encodeURIComponent(id)}`,
      body: { cgsnapshot: changes },
      reply: snapshotReply,
    });
    return await this.withMembers(sameResource(this.noun, id, snapshot));
  }

  /** Asks for the deletion, which goes on after the reply. */
  async delete(id: string): Promise<void> {
    await this.manila.request({
      action: `delete consistency group snapshot ${id}`,
      method: "DELETE",
      path: `/cgsnapshots/${encodeURIComponent(id)}`,
      reply: z.unknown(),
    });
  }

  private async withMembers(snapshot: ConsistencyGroupSnapshot): Promise<ConsistencyGroupSnapshot> {
    const complete = this.members !== undefined || snapshot.status === AVAILABLE;
    return complete
      ? { ...snapshot, members: this.members ?? (await this.allMembers(snapshot.id)) }
      : snapshot;
  }

  /** In the order of their shares' ids, since Manila keeps none. */
  private async allMembers(id: string): Promise<SnapshotMember[]> {
    const members: SnapshotMember[] = [];
    let page: SnapshotMember[];
    // How long a page may be is the server's setting, and its links come only with a limit: so up to an empty page.
    do {
      page = await this.manila.request({
        action: `list the members of consistency group snapshot ${id}`,
        method: "GET",
        path: `/cgsnapshots/${encodeURIComponent(id)}/members`,
        query: { offset: String(members.length) },
        reply: membersReply,
      });
      members.push(...page);
    } while (page.length > 0);
    return members.sort((one, other) => (one.shareId < other.shareId ? -1 : 1));
  }
}
