import { z } from "zod";
import { ConsistencyGroupSnapshotApi } from "../consistencyGroupSnapshot/api";
import type { ConsistencyGroupSnapshot } from "../consistencyGroupSnapshot/api";
import type { Texts } from "../inputs";
import type { Manila } from "../openstack/manila";
import { allPages, offsetQuery } from "../openstack/paging";
import { optionalText } from "../openstack/reply";
import { named } from "../provisioning";
import type { Named } from "../provisioning";
import { ResourceApi, tenantsQuery } from "../resourceApi";
import type { ListOptions } from "../resourceApi";
import type { Described, Link } from "../wire";
import { consistencyGroups } from "./consistencyGroups";
import { shareGroups } from "./shareGroups";

/** A consistency group as Manila describes it. `host` is absent until the scheduler has chosen one. */
export interface ConsistencyGroup extends Described {
  /** Back end and pool that the scheduler has chosen. */
  host?: string;
  /** Ids of the share types that the group's shares may have. */
  shareTypes: string[];
  /** Id of the share network, if the group has one. */
  shareNetworkId?: string;
  /** Id of the snapshot that the group was made from, if any. */
  sourceCgsnapshotId?: string;
  /** Shown to administrators only. */
  shareServerId?: string;
  /** On share groups; absent of a group that was made as a consistency group. */
  shareGroupTypeId?: string;
  /** On share groups, from microversion 2.34 on, once the scheduler has chosen it. */
  availabilityZone?: string;
  /**
   * "pool" or "host", where snapshots are consistent. On share groups, from microversion 2.34 on, once it is
   * available.
   */
  consistentSnapshotSupport?: string;
  /** Where the cloud says that it is, which on consistency groups is wrong. */
  links: Link[];
}

/** What a group is asked for with. What is left out is for the cloud to choose. */
export interface NewConsistencyGroup extends Texts {
  /** Ids of the share types that the group's shares may have. */
  shareTypes?: string[];
  /** Id of the share network that the group's share servers are attached to. */
  shareNetworkId?: string;
  /** Id of a snapshot, to start with a copy of every share in it. */
  sourceCgsnapshotId?: string;
  /** On share groups only. */
  shareGroupTypeId?: string;
  /** On share groups only. */
  availabilityZone?: string;
}

const shareReply = z.object({
  /** Id of the share. */
  id: z.string(),
  /** The name, if it has one. */
  name: optionalText,
  /** `available`, or Manila's word for what is under way or wrong. */
  status: z.string(),
});

/** A share of a group. */
export type GroupShare = z.infer<typeof shareReply>;

const sharesReply = z.object({ shares: z.array(shareReply) }).transform((body) => body.shares);

const WIRES = { consistencyGroups, shareGroups };

/** The requests on consistency groups, on either generation of the API. */
export class ConsistencyGroupApi extends ResourceApi<ConsistencyGroup, NewConsistencyGroup> {
  readonly noun = "consistency group";
  readonly scheduled = true;

  constructor(manila: Manila) {
    super(manila, WIRES[manila.generation]);
  }

  /** What keeps an idle group from being deleted, in words such as `2 shares: …`; empty if nothing does. */
  async inTheWay({ id, projectId }: ConsistencyGroup): Promise<string> {
    // An administrator sees a group of another project, and what it holds only if asking for that.
    const whose = { allTenants: projectId !== this.manila.projectId };
    const snapshots = counted(await this.snapshots(id, whose), "snapshot");
    const shares = counted(await this.shares(id, whose), "share");
    return [...snapshots, ...shares].join(" and ");
  }

  /** The snapshots of the group. */
  async snapshots(id: string, whose?: ListOptions): Promise<ConsistencyGroupSnapshot[]> {
    return await new ConsistencyGroupSnapshotApi(this.manila).detail({ consistencyGroupId: id }, whose);
  }

  /** The shares in the group. */
  async shares(id: string, { allTenants }: ListOptions = {}): Promise<GroupShare[]> {
    const inGroup = { [WIRES[this.manila.generation].shareParameter]: id, ...tenantsQuery(allTenants) };
    return await allPages((offset) =>
      this.manila.request({
        action: `list the shares of consistency group ${id}`,
        method: "GET",
        path: "/shares/detail",
        query: { ...inGroup, ...offsetQuery(offset) },
        reply: sharesReply,
      }),
    );
  }
}

/** Such as `2 shares: "tables" (1234), "logs" (5678)`; nothing for none. */
function counted(found: Named[], noun: string): string[] {
  const plural = found.length === 1 ? noun : `${noun}s`;
  return found.length === 0 ? [] : [`${found.length} ${plural}: ${found.map(named).join(", ")}`];
}
