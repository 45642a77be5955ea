import { z } from "zod";
import type { Manila } from "../openstack/manila";
import { allPages, offsetQuery } from "../openstack/paging";
import { optionalText } from "../openstack/reply";
import { specs } from "../wire";

/** A share type: what shares of it can do, and which back ends can hold them. */
export interface ShareType {
  /** Id of the type. */
  id: string;
  /** The name. */
  name: string;
  /** From microversion 2.41 on. */
  description?: string;
  /** Whether all projects see it. */
  isPublic: boolean;
  /** Whether it is taken where a program names none. From microversion 2.46 on. */
  isDefault?: boolean;
  /** What back ends must offer; users other than administrators see some of them. */
  extraSpecs: Record<string, string>;
}

const type = z
  .object({
    id: z.string(),
    name: z.string(),
    description: optionalText,
    "share_type_access:is_public": z.boolean().optional(),
    "os-share-type-access:is_public": z.boolean().optional(),
    is_default: z.boolean().nullish(),
    extra_specs: specs,
    required_extra_specs: specs,
  })
  .transform((wire): ShareType => ({
    id: wire.id,
    name: wire.name,
    description: wire.description,
    isPublic: wire["share_type_access:is_public"] ?? wire["os-share-type-access:is_public"] ?? true,
    isDefault: wire.is_default ?? undefined,
    extraSpecs: { ...wire.required_extra_specs, ...wire.extra_specs },
  }));

const reply = z.object({ share_types: z.array(type) }).transform((body) => body.share_types);

/**
 * The requests on share types, the same in both generations of the API.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/#share-types
 */
export class ShareTypeApi {
  constructor(private readonly manila: Manila) {}

  /** All that the project may use. */
  async list(): Promise<ShareType[]> {
    return await allPages((offset) =>
      this.manila.request({
        action: "list the share types",
        method: "GET",
        path: "/types",
        query: offsetQuery(offset),
        reply,
      }),
    );
  }
}
