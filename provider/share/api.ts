import { z } from "zod";
import { ConsistencyGroupApi } from "../consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../consistencyGroupSnapshot/api";
import type { TextChanges, Texts } from "../inputs";
import { ApiError, isNotFound } from "../openstack/errors";
import type { Manila, ManilaRequest } from "../openstack/manila";
import { optionalText } from "../openstack/reply";
import { AVAILABLE, named } from "../provisioning";
import type { Named } from "../provisioning";
import { actionName, ResourceApi } from "../resourceApi";
import type { Described } from "../wire";
import { consistencyGroups } from "./consistencyGroups";
import { shareGroups } from "./shareGroups";
import { changesWire } from "./wire";

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

const WIRES = { consistencyGroups, shareGroups };

/** The requests on shares, beside either generation of groups. An available share comes with its export locations. */
export class ShareApi extends ResourceApi<Share, NewShare, string> {
  readonly noun = "share";
  readonly scheduled = true;
  /** The groups that shares are in. */
  readonly groups: ConsistencyGroupApi;

  constructor(manila: Manila) {
    super(manila, WIRES[manila.generation]);
    this.groups = new ConsistencyGroupApi(manila);
  }

  /** With its export locations, once it is available. */
  override async complete(share: Share): Promise<Share> {
    return share.status === AVAILABLE && share.exportLocations === undefined
      ? { ...share, exportLocations: await this.exportLocations(share.id) }
      : share;
  }

  /** Changes what is given and leaves the rest. Manila takes it in every status. */
  override async update(id: string, changes: ShareChanges): Promise<Share> {
    const body = { [this.wire.key]: changesWire(changes) };
    return await this.one({ action: `update share ${id}`, method: "PUT", body }, id);
  }

  /** Puts other metadata in the place of all there are. */
  async setMetadata(id: string, metadata: Record<string, string>): Promise<void> {
    await this.manila.request({
      action: `set the metadata of share ${id}`,
      method: "PUT",
      path: `${this.pathOf(id)}/metadata`,
      body: { metadata },
      reply: z.unknown(),
    });
  }

  /** Asks for another size in GiB, which an available share then takes on in its own time. */
  async resize(id: string, from: number, to: number): Promise<void> {
    const verb = to > from ? "extend" : "shrink";
    const action = `${verb} share ${id} from ${from} to ${to} GiB`;
    const body = { [actionName(this.manila, verb)]: { new_size: to } };
    await this.about(id, { action, method: "POST", body, reply: z.unknown(), recovers: true }, "/action");
  }

  /** Asks for the deletion, which goes on after the reply. */
  override async delete(id: string): Promise<void> {
    // Without the group that it is in, Manila deletes no share.
    const { consistencyGroupId } = await this.look(id);
    const { group } = WIRES[this.manila.generation];
    await this.about(id, {
      action: `delete share ${id}`,
      method: "DELETE",
      query: consistencyGroupId === undefined ? undefined : { [group]: consistencyGroupId },
      reply: z.unknown(),
    });
  }

  /** What keeps an idle share from being deleted, in words such as `snapshot "daily" (1234)`; empty if nothing does. */
  async inTheWay(share: Share): Promise<string> {
    const snapshots = (await this.snapshots(share.id)).map((each) => `snapshot ${named(each)}`);
    const ofGroup = (await this.groupSnapshots(share)).map((each) => `group snapshot ${named(each)}`);
    return [...ofGroup, ...snapshots].join(", ");
  }

  /** What to do about the statuses that only shares have, and about a copy that has failed. */
  remedy({ status, sourceCgsnapshotMemberId }: Share): string | undefined {
    return status === "error" && sourceCgsnapshotMemberId !== undefined ? FAILED_COPY : REMEDIES[status];
  }

  /** Since 2.9 they are no part of the share. Those for administrators alone are of no use to a share's users. */
  private async exportLocations(id: string): Promise<string[]> {
    const locations = await this.manila.request({
      action: `list the export locations of share ${id}`,
      method: "GET",
      path: `${this.pathOf(id)}/export_locations`,
      reply: locationsReply,
    });
    const usable = locations.filter((each) => each.is_admin_only !== true);
    const preferred = usable.filter((each) => each.preferred === true);
    const others = usable.filter((each) => each.preferred !== true);
    return [...preferred, ...others].map(({ path }) => path);
  }

  /** The snapshots of the share alone, which are made elsewhere. */
  private async snapshots(id: string): Promise<Named[]> {
    return await this.manila.request({
      action: `list the snapshots of share ${id}`,
      method: "GET",
      path: "/snapshots/detail",
      query: { share_id: id },
      reply: z.object({ snapshots: z.array(namedReply) }).transform((body) => body.snapshots),
    });
  }

  /** The snapshots of the share's group that the share is in. */
  private async groupSnapshots(share: Share): Promise<Named[]> {
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
  protected override async about<Body>(
    id: string,
    request: Omit<ManilaRequest<Body>, "path">,
    below?: string,
  ): Promise<Body> {
    try {
      return await super.about(id, request, below);
    } catch (error) {
      throw isNotFound(error) ? ((await this.absence(id)) ?? error) : error;
    }
  }

  private async absence(id: string): Promise<ApiError | undefined> {
    try {
      await this.manila.request({
        action: `find share ${id}`,
        method: "GET",
        path: `${this.pathOf(id)}/metadata`,
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
