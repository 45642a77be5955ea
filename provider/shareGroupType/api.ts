import { z } from "zod";
import { isNotFound, UnsupportedCloudError } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import { isAtLeast } from "../openstack/microversion";
import { allPages, offsetQuery } from "../openstack/paging";
import { specs } from "../wire";

/** A type of share groups: which share types may be in a group of it, and what the group promises. */
export interface ShareGroupType {
  /** Id of the type. */
  id: string;
  /** The name. */
  name: string;
  /** Whether all projects see it. */
  isPublic: boolean;
  /** Whether it is taken where a program names none. */
  isDefault: boolean;
  /** Ids of the share types that may be in a group of it. */
  shareTypes: string[];
  /** What back ends must offer. */
  groupSpecs: Record<string, string>;
}

const type = z
  .object({
    id: z.string(),
    name: z.string(),
    is_public: z.boolean().default(true),
    is_default: z.boolean().nullish(),
    share_types: z.array(z.string()).default([]),
    group_specs: specs,
  })
  .transform((wire): ShareGroupType => ({
    id: wire.id,
    name: wire.name,
    isPublic: wire.is_public,
    isDefault: wire.is_default ?? false,
    shareTypes: wire.share_types,
    groupSpecs: wire.group_specs,
  }));

const typesReply = z.object({ share_group_types: z.array(type) }).transform((body) => body.share_group_types);

const typeReply = z.object({ share_group_type: type }).transform((body) => body.share_group_type);

/**
 * The requests on share group types, which came with share groups (microversion 2.31).
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/#share-group-types-since-api-v2-55
 */
export class ShareGroupTypeApi {
  constructor(private readonly manila: Manila) {}

  /** All that the project may use. */
  async list(): Promise<ShareGroupType[]> {
    const { generation, microversion } = this.manila;
    if (generation === "consistencyGroups") {
      throw new UnsupportedCloudError(
        "Can't list the share group types: they came with share groups (microversion 2.31), and this cloud has " +
          `consistency groups, with which the provider speaks ${microversion}.`,
      );
    }
    const types = await allPages((offset) =>
      this.manila.request({
        action: "list the share group types",
        method: "GET",
        path: "/share-group-types",
        query: offsetQuery(offset),
        reply: typesReply,
      }),
    );
    if (isAtLeast(this.manila.microversion, "2.46")) {
      return types;
    }
    // Before, the list does not tell which one is the default.
    const chosen = await this.default();
    return types.map((each) => ({ ...each, isDefault: each.id === chosen?.id }));
  }

  /** The one that is taken where a program names none; undefined if the cloud has none. */
  private async default(): Promise<ShareGroupType | undefined> {
    try {
      return await this.manila.request({
        action: "read the default share group type",
        method: "GET",
        path: "/share-group-types/default",
        reply: typeReply,
      });
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

/** Whether groups of a type are promised snapshots at one instant: of a pool's shares, or of a whole host's. */
export function promisesConsistentSnapshots({ groupSpecs }: ShareGroupType): boolean {
  const support = groupSpecs.consistent_snapshot_support?.toLowerCase() ?? "";
  return !["", "none", "false", "<is> false"].includes(support);
}
