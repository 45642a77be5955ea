import { z } from "zod";
import { given, setOfIds } from "../inputs";
import type { TextChanges } from "../inputs";
import type { Manila } from "../openstack/manila";
import { optionalText } from "../openstack/reply";
import { named, sameResource } from "../provisioning";
import type { ProvisionedApi } from "../provisioning";

/** A consistency group as Manila describes it. `host` is absent until the scheduler has chosen one. */
export interface ConsistencyGroup {
  id: string;
  name?: string;
  description?: string;
  status: string;
  createdAt?: string;
  projectId: string;
  host?: string;
  shareTypes: string[];
  shareNetworkId?: string;
  sourceCgsnapshotId?: string;
  /** Shown to administrators only. */
  shareServerId?: string;
}

export interface NewConsistencyGroup {
  name?: string;
  description?: string;
  shareTypes?: string[];
  shareNetworkId?: string;
  sourceCgsnapshotId?: string;
}

const reply = z
  .object({
    id: z.string(),
    name: optionalText,
    description: optionalText,
    status: z.string(),
    created_at: optionalText,
    project_id: z.string(),
    host: optionalText,
    share_types: z.array(z.string()),
    share_network_id: optionalText,
    source_cgsnapshot_id: optionalText,
    share_server_id: optionalText,
  })
  .transform((wire): ConsistencyGroup => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    status: wire.status,
    createdAt: wire.created_at,
    projectId: wire.project_id,
    host: wire.host,
    shareTypes: setOfIds(wire.share_types),
    shareNetworkId: wire.share_network_id,
    sourceCgsnapshotId: wire.source_cgsnapshot_id,
    shareServerId: wire.share_server_id,
  }));

const groupReply = z.object({ consistency_group: reply }).transform((body) => body.consistency_group);

const namedReply = z.object({ id: z.string(), name: optionalText });

type Named = z.infer<typeof namedReply>;

const shareReply = namedReply.extend({ status: z.string() });

/** A share of a group. */
export type GroupShare = z.infer<typeof shareReply>;

/**
 * The requests on consistency groups, and the only place with their wire names. `GET /consistency-groups/{id}` is
 * never replaced by a group's own `links`, which lead to a 404.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class ConsistencyGroupApi implements ProvisionedApi<ConsistencyGroup> {
  readonly noun = "consistency group";
  readonly scheduled = true;

  constructor(private readonly manila: Manila) {}

  /** Asks for a group. The reply comes at once, with status `creating`. */
  async create(group: NewConsistencyGroup): Promise<ConsistencyGroup> {
    // A null share_network_id or source_cgsnapshot_id is a 400, so what is not given is not sent.
    const body = given({
      name: group.name,
      description: group.description,
      share_types: group.shareTypes && setOfIds(group.shareTypes),
      share_network_id: group.shareNetworkId,
      source_cgsnapshot_id: group.sourceCgsnapshotId,
    });
    return await this.manila.request({
      action: `create consistency group ${JSON.stringify(group.name ?? "")}`,
      method: "POST",
      path: "/consistency-groups",
      body: { consistency_group: body },
      reply: groupReply,
    });
  }

  async show(id: string): Promise<ConsistencyGroup> {
    const group = await this.manila.request({
      action: `read consistency group ${id}`,
      method: "GET",
      path: `/consistency-groups/${encodeURIComponent(id)}`,
      reply: groupReply,
    });
    return sameResource(this.noun, id, group);
  }

  /** Changes what is given and leaves the rest. Manila takes it in every status. */
  async update(id: string, changes: TextChanges): Promise<ConsistencyGroup> {
    const group = await this.manila.request({
      action: `update consistency group ${id}`,
      method: "PUT",
      path: `/consistency-groups/${encodeURIComponent(id)}`,
      body: { consistency_group: changes },
      reply: groupReply,
    });
    return sameResource(this.noun, id, group);
  }

  /** Asks for the deletion, which goes on after the reply. */
  async delete(id: string): Promise<void> {
    await this.manila.request({
      action: `delete consistency group ${id}`,
      method: "DELETE",
      path: `/consistency-groups/${encodeURIComponent(id)}`,
      reply: z.unknown(),
    });
  }

  async inTheWay({ id }: ConsistencyGroup): Promise<string> {
    const snapshots = counted(await this.snapshots(id), "snapshot");
    const shares = counted(await this.shares(id), "share");
    return [...snapshots, ...shares].join(" and ");
  }

  /** The shares in the group. */
  async shares(id: string): Promise<GroupShare[]> {
    return await this.manila.request({
      action: `list the shares of consistency group ${id}`,
      method: "GET",
      path: "/shares/detail",
      query: { consistency_group_id: id },
      reply: z.object({ shares: z.array(shareReply) }).transform((body) => body.shares),
    });
  }

  /** The snapshots of the group. */
  async snapshots(id: string): Promise<Named[]> {
    const snapshots = await this.manila.request({
      action: `list the snapshots of consistency group ${id}`,
      method: "GET",
      path: "/cgsnapshots/detail",
      reply: z
        .object({ cgsnapshots: z.array(namedReply.extend({ consistency_group_id: z.string() })) })
        .transform((body) => body.cgsnapshots),
    });
    // Manila 3.0.0 ignores filters on this list.
    return snapshots.filter((snapshot) => snapshot.consistency_group_id === id);
  }
}

/** Such as `2 shares: "tables" (1234), "logs" (5678)`; nothing for none. */
function counted(found: Named[], noun: string): string[] {
  const plural = found.length === 1 ? noun : `${noun}s`;
  return found.length === 0 ? [] : [`${found.length} ${plural}: ${found.map(named).join(", ")}`];
}
