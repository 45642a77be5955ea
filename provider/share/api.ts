import { z } from "zod";
import { ConsistencyGroupApi } from "../consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../consistencyGroupSnapshot/api";
import { given } from "../inputs";
import type { TextChanges, Texts } from "../inputs";
import { ApiError, isNotFound } from "../openstack/errors";
import type { Manila, ManilaRequest } from "../openstack/manila";
import { allPages, offsetQuery } from "../openstack/paging";
import { optionalText } from "../openstack/reply";
import { AVAILABLE, named, sameResource } from "../provisioning";
import type { ProvisionedApi } from "../provisioning";
import { actionName, matches, tenantsQuery } from "../resourceApi";
import type { ListOptions } from "../resourceApi";
import { queryOf, summary } from "../wire";
import type { Described, Summary } from "../wire";
import { consistencyGroups } from "./consistencyGroups";
import { shareGroups } from "./shareGroups";
import type { ShareWire } from "./wire";

/** A share as Manila describes it. */
export interface Share extends Described {
  /** Absent until the scheduler has chosen one. */
  host?: string;
  /** Such as "NFS" or "CIFS". */
  shareProtocol: string;
  /** In GiB. */
  size: number;
  /** Absent before microversion 2.6, which gives a type by its name. */
  shareTypeId?: string;
  /** Id of the share network, if it has one. */
  shareNetworkId?: string;
  /** Name of the availability zone. */
  availabilityZone?: string;
  /** Keys of its own, with their values. */
  metadata: Record<string, string>;
  /** Whether all projects see it. */
  isPublic: boolean;
  /** Id of the group that it is a member of, if any. */
  consistencyGroupId?: string;
  /** Id of the snapshot that it started as a copy of, if any. */
  snapshotId?: string;
  /** Id of what a group's snapshot held that it is a copy of, if any. */
  sourceCgsnapshotMemberId?: string;
  /** Shown to administrators only. */
  shareServerId?: string;
  /** Paths to mount, preferred ones first; absent where they were not asked for. */
  exportLocations?: string[];
}

/** What a new share is made with. */
export interface NewShare extends Texts {
  /** Such as "NFS" or "CIFS". */
  shareProtocol?: string;
  /** In GiB. */
  size?: number;
  /** Id of the share type; in a group, one of the group's. */
  shareTypeId?: string;
  /** Id of the share network that its share server is attached to. */
  shareNetworkId?: string;
  /** Name of the availability zone. */
  availabilityZone?: string;
  /** Keys of your own, with their values. */
  metadata?: Record<string, string>;
  /** Whether all projects see it. False by default. */
  isPublic?: boolean;
  /** Id of the group that it is to be a member of. */
  consistencyGroupId?: string;
  /** Id of a snapshot of a single share, to start with a copy of it. */
  snapshotId?: string;
}

/** What changes in one request. */
export interface ShareChanges extends TextChanges {
  /** Whether all projects see it. */
  isPublic?: boolean;
}

const locationsReply = z
  .object({
    export_locations: z.array(
      z.object({
        path: z.string(),
        preferred: z.boolean().optional(),
        is_admin_only: z.boolean().optional(),
      }),
    ),
  })
  .transform((body) => body.export_locations);

const namedReply = z.object({ id: z.string(), name: optionalText });

/** What older and newer releases say of the metadata of a share that does not exist: of the share itself they say nothing. */
const MISSING = ["share does not exist", "Share not found."];

const REMEDIES: Partial<Record<string, string>> = {
  extending_error:
    'Once an administrator has reset its status to available, "pulumi up" tries again, or leaves it alone if the ' +
    "program gives the size that it has",
  shrinking_error:
    "Not every back end can shrink. Once an administrator has reset its status to available, give it back the size " +
    "that it has; for a smaller one, make another share and copy the data",
  shrinking_possible_data_loss_error:
    'It holds more than the new size: give a larger one, or delete data, and run "pulumi up" again; it shrinks then. ' +
    "To keep the size that it has, an administrator must reset its status to available",
};

const FAILED_COPY =
  'It is a copy that was made with its group: once an administrator has repaired it and reset its status, "pulumi up" ' +
  "goes on; another copy comes only with another group made from the snapshot";

/**
 * The requests on shares, and the only place with their wire names.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export class ShareApi implements ProvisionedApi<Share> {
  readonly noun = "share";
  readonly scheduled = true;
  /** The groups that shares are in. */
  readonly groups: ConsistencyGroupApi;
  private readonly wire: ShareWire;
  private readonly reply: z.ZodType<Share>;

  constructor(private readonly manila: Manila) {
    this.groups = new ConsistencyGroupApi(manila);
    this.wire = { consistencyGroups, shareGroups }[manila.generation];
    this.reply = z.object({ share: this.wire.share }).transform(({ share }) => share);
  }

  /** Asks for a share. The reply comes at once, with status `creating`. */
  async create(share: NewShare): Promise<Share> {
    const body = given({
      name: share.name,
      description: share.description,
      share_proto: share.shareProtocol,
      share_type: share.shareTypeId,
      share_network_id: share.shareNetworkId,
      availability_zone: share.availabilityZone,
      metadata: share.metadata,
      is_public: share.isPublic,
      [this.wire.group]: share.consistencyGroupId,
      snapshot_id: share.snapshotId,
    });
    return await this.manila.request({
      action: `create share ${JSON.stringify(share.name ?? "")}`,
      method: "POST",
      path: "/shares",
      // Manila trips over a missing size; null stands for the snapshot's.
      body: { share: { ...body, size: share.size ?? null } },
      reply: this.reply,
      recovers: true,
    });
  }

  /** The share, with its export locations if it is available. */
  async get(id: string): Promise<Share> {
    return await this.complete(await this.look(id));
  }

  async complete(share: Share): Promise<Share> {
    return share.status === AVAILABLE && share.exportLocations === undefined
      ? { ...share, exportLocations: await this.exportLocations(share.id) }
      : share;
  }

  /** Id and name of each. */
  async list({ allTenants }: ListOptions = {}): Promise<Summary[]> {
    return await allPages((offset) =>
      this.manila.request({
        action: "list the shares",
        method: "GET",
        path: "/shares",
        query: { ...tenantsQuery(allTenants), ...offsetQuery(offset) },
        reply: z.object({ shares: z.array(summary) }).transform(({ shares }) => shares),
      }),
    );
  }

  /** All that Manila tells of each that has the values of the filter, but for the export locations. */
  async detail(filter: Partial<Share> = {}, { allTenants }: ListOptions = {}): Promise<Share[]> {
    const query = {
      ...queryOf({ [this.wire.group]: filter.consistencyGroupId }),
      ...tenantsQuery(allTenants),
    };
    const found = await allPages((offset) => this.page(offset, query));
    return found.filter((share) => matches(share, filter));
  }

  async page(offset: number, filter: Record<string, string> = {}): Promise<Share[]> {
    return await this.manila.request({
      action: "list the shares with details",
      method: "GET",
      path: "/shares/detail",
      query: { ...filter, ...offsetQuery(offset) },
      reply: z.object({ shares: z.array(this.wire.share) }).transform(({ shares }) => shares),
    });
  }

  /** Changes what is given and leaves the rest. Manila takes it in every status. */
  async update(id: string, { name, description, isPublic }: ShareChanges): Promise<Share> {
    const changes = { display_name: name, display_description: description, is_public: isPublic };
    const sent = Object.entries(changes).filter(([, value]) => value !== undefined);
    return await this.manila.request({
      action: `update share ${id}`,
      method: "PUT",
      path: pathOf(id),
      body: { share: Object.fromEntries(sent) },
      reply: this.reply,
    });
  }

  /** Puts other metadata in the place of all there are. */
  async setMetadata(id: string, metadata: Record<string, string>): Promise<void> {
    await this.manila.request({
      action: `set the metadata of share ${id}`,
      method: "PUT",
      path: `${pathOf(id)}/metadata`,
      body: { metadata },
      reply: z.unknown(),
    });
  }

  /** Asks for another size in GiB, which an available share then takes on in its own time. */
  async resize(id: string, from: number, to: number): Promise<void> {
    const verb = to > from ? "extend" : "shrink";
    await this.act(
      id,
      `${verb} share ${id} from ${from} to ${to} GiB`,
      verb,
      { new_size: to },
      { recovers: true },
    );
  }

  /** Writes another status into Manila's database, without a word to the back end. For administrators. */
  async resetStatus(id: string, status: string): Promise<void> {
    const more = { policy: "share:reset_status", repeatable: true };
    await this.act(id, `reset the status of share ${id} to ${status}`, "reset_status", { status }, more);
  }

  /** Has it deleted whatever its status, and even if the back end fails. For administrators. */
  async forceDelete(id: string): Promise<void> {
    await this.act(id, `force-delete share ${id}`, "force_delete", null, {
      policy: "share:force_delete",
      repeatable: true,
    });
  }

  /** Asks for the deletion, which goes on after the reply. */
  async delete(id: string): Promise<void> {
    // Without the group that it is in, Manila deletes no share.
    const { consistencyGroupId } = await this.look(id);
    await this.naming(id, () =>
      this.manila.request({
        action: `delete share ${id}`,
        method: "DELETE",
        path: pathOf(id),
        query: consistencyGroupId === undefined ? undefined : { [this.wire.group]: consistencyGroupId },
        reply: z.unknown(),
      }),
    );
  }

  async inTheWay(share: Share): Promise<string> {
    const snapshots = (await this.snapshots(share.id)).map((each) => `snapshot ${named(each)}`);
    const ofGroup = (await this.groupSnapshots(share)).map((each) => `group snapshot ${named(each)}`);
    return [...ofGroup, ...snapshots].join(", ");
  }

  /** What to do about the statuses that only shares have, and about a copy that has failed. */
  remedy({ status, sourceCgsnapshotMemberId }: Share): string | undefined {
    return status === "error" && sourceCgsnapshotMemberId !== undefined ? FAILED_COPY : REMEDIES[status];
  }

  private async act(
    id: string,
    action: string,
    name: string,
    content: object | null,
    more: Pick<ManilaRequest<unknown>, "policy" | "recovers" | "repeatable">,
  ): Promise<void> {
    await this.naming(id, () =>
      this.manila.request({
        action,
        method: "POST",
        path: `${pathOf(id)}/action`,
        body: { [actionName(this.manila, name)]: content },
        reply: z.unknown(),
        ...more,
      }),
    );
  }

  async look(id: string): Promise<Share> {
    const share = await this.naming(id, () =>
      this.manila.request({
        action: `read share ${id}`,
        method: "GET",
        path: pathOf(id),
        reply: this.reply,
      }),
    );
    return sameResource(this.noun, id, share);
  }

  /** Since 2.9 they are no part of the share. Those for administrators alone are of no use to a share's users. */
  private async exportLocations(id: string): Promise<string[]> {
    const locations = await this.manila.request({
      action: `list the export locations of share ${id}`,
      method: "GET",
      path: `${pathOf(id)}/export_locations`,
      reply: locationsReply,
    });
    const usable = locations.filter((each) => each.is_admin_only !== true);
    const preferred = usable.filter((each) => each.preferred === true);
    const others = usable.filter((each) => each.preferred !== true);
    return [...preferred, ...others].map(({ path }) => path);
  }

  /** The snapshots of the share alone, which are made elsewhere. */
  private async snapshots(id: string): Promise<z.infer<typeof namedReply>[]> {
    return await this.manila.request({
      action: `list the snapshots of share ${id}`,
      method: "GET",
      path: "/snapshots/detail",
      query: { share_id: id },
      reply: z.object({ snapshots: z.array(namedReply) }).transform((body) => body.snapshots),
    });
  }

  /** The snapshots of the share's group that the share is in. */
  private async groupSnapshots(share: Share): Promise<{ id: string; name?: string }[]> {
    const { id, consistencyGroupId } = share;
    const snapshots = consistencyGroupId === undefined ? [] : await this.groups.snapshots(consistencyGroupId);
    const members = new ConsistencyGroupSnapshotApi(this.manila);
    const holds = await Promise.all(
      snapshots.map(async (snapshot) =>
        (await members.members(snapshot.id)).some(({ shareId }) => shareId === id),
      ),
    );
    return snapshots.filter((_snapshot, index) => holds[index]);
  }

  /**
   * Of a share that does not exist Manila says no more than of a path that does not: "The resource could not be
   * found." What it says of the metadata of the share tells the two apart, and the error then names the share.
   */
  private async naming<Result>(id: string, send: () => Promise<Result>): Promise<Result> {
    try {
      return await send();
    } catch (error) {
      throw isNotFound(error) ? ((await this.absence(id)) ?? error) : error;
    }
  }

  private async absence(id: string): Promise<ApiError | undefined> {
    try {
      await this.manila.request({
        action: `find share ${id}`,
        method: "GET",
        path: `${pathOf(id)}/metadata`,
        reply: z.unknown(),
      });
      return undefined;
    } catch (error) {
      if (isNotFound(error) && MISSING.includes(error.serverMessage)) {
        const { message, status, fault, requestId } = error;
        return new ApiError(message, {
          status,
          fault,
          requestId,
          serverMessage: `share ${id} does not exist`,
        });
      }
      throw error;
    }
  }
}

function pathOf(id: string): string {
  return `/shares/${encodeURIComponent(id)}`;
}
