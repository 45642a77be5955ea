import { z } from "zod";
import type { HttpReply } from "../../../provider/openstack/message";
import { FakeManila, fault, GENERIC_404, HOST, json, PROJECT, SSD } from "../consistencyGroup/fakeManila";
import type { Sent } from "../consistencyGroup/fakeManila";
import { wireMember } from "../consistencyGroupSnapshot/fakeManila";

export const SHARE = "cbfa7c79-bfac-43cf-894b-be5a2b1023fc";
export const MEMBER = "6813e06b-a8f5-4784-b17d-f3e91afa370e";

/** A share as Manila 3.0.0 writes it at 2.22. */
export interface WireShare {
  id: string;
  name: string | null;
  description: string | null;
  status: string;
  created_at: string;
  project_id: string;
  host: string;
  share_proto: string;
  size: number;
  share_type: string | null;
  share_type_name?: string | null;
  share_network_id: string | null;
  availability_zone: string | null;
  metadata: Record<string, string>;
  is_public: boolean;
  consistency_group_id: string | null;
  snapshot_id: string | null;
  source_cgsnapshot_member_id: string | null;
}

/** An available share in no group, but for what the test says. */
export function wireShare(given: Partial<WireShare> = {}): WireShare {
  return {
    id: SHARE,
    name: "tables",
    description: null,
    status: "available",
    created_at: "2016-11-02T12:30:15.000000",
    project_id: PROJECT,
    host: HOST,
    share_proto: "NFS",
    size: 2,
    share_type: SSD,
    share_type_name: "ssd",
    share_network_id: null,
    availability_zone: "nova",
    metadata: {},
    is_public: false,
    consistency_group_id: null,
    snapshot_id: null,
    source_cgsnapshot_member_id: null,
    ...given,
  };
}

const LOCATIONS = [
  { path: "192.0.2.20:/tables", preferred: false },
  { path: "192.0.2.10:/tables", preferred: true },
  { path: "198.51.100.11:/tables", preferred: false, is_admin_only: true },
];

/** What of those is of use, preferred ones first. */
export const PATHS = ["192.0.2.10:/tables", "192.0.2.20:/tables"];

/** Manila's shares in memory, beside the groups, which say and refuse what Manila 3.0.0 does. */
export class FakeManilaWithShares extends FakeManila {
  readonly stored = new Map<string, WireShare>();
  /** The ids of shares in each group snapshot. */
  readonly members = new Map<string, string[]>();
  /** Snapshots of single shares. */
  shareSnapshots: { id: string; name: string | null }[] = [];
  /** What a creation, a resizing and a deletion make of a share at once. */
  onShare: (share: WireShare) => void = () => undefined;
  onResize: (share: WireShare, size: number) => void = (share, size) => (share.size = size);
  onShareDelete: (share: WireShare) => void = ({ id }) => this.stored.delete(id);

  addShare(given: Partial<WireShare> = {}): WireShare {
    const share = wireShare(given);
    this.stored.set(share.id, share);
    return share;
  }

  /** The bodies of what was sent with a method to a path. */
  bodies(method: string, path: string): unknown[] {
    return this.sent.filter((each) => each.method === method && each.path === path).map(({ body }) => body);
  }

  protected override answer(sent: Sent): HttpReply {
    const [, collection, id = "", part] = sent.path.split("/");
    if (collection === "snapshots") {
      return json(200, { snapshots: this.shareSnapshots });
    }
    if (collection === "cgsnapshots" && part === "members") {
      return json(200, { cgsnapshot_members: this.members.get(id)?.map(wireMember) });
    }
    if (collection !== "shares") {
      return super.answer(sent);
    }
    if (id === "detail") {
      const shares = [...this.stored.values()];
      const group = sent.query?.consistency_group_id;
      return json(200, { shares: shares.filter((each) => each.consistency_group_id === group) });
    }
    return sent.method === "POST" && id === ""
      ? this.createShare(sent.body)
      : this.answerAboutShare(id, part, sent);
  }

  private createShare(body: unknown): HttpReply {
    const { share_type, ...fields } = creation.parse(body).share;
    const group = this.groups.get(fields.consistency_group_id ?? "");
    if (group !== undefined && group.status !== "available") {
      return fault(400, "badRequest", `Consistency group status must be available, got${group.status}.`);
    }
    const share = this.addShare({
      name: null,
      host: "",
      status: "creating",
      availability_zone: null,
      ...fields,
      size: fields.size ?? 7,
      share_type: share_type ?? SSD,
    });
    const created = json(200, { share });
    this.onShare(share);
    return created;
  }

  private answerAboutShare(id: string, part: string | undefined, { method, query, body }: Sent): HttpReply {
    const share = this.stored.get(id);
    if (share === undefined) {
      return part === "metadata" ? fault(404, "itemNotFound", "share does not exist") : GENERIC_404;
    }
    switch (part) {
      case "metadata":
        share.metadata = method === "PUT" ? metadataBody.parse(body).metadata : share.metadata;
        return json(200, { metadata: share.metadata });
      case "export_locations":
        return json(200, { export_locations: LOCATIONS });
      case "action":
        this.onResize(share, Object.values(action.parse(body))[0]?.new_size ?? 0);
        return empty;
      case undefined:
      default:
        return method === "DELETE" ? this.deleteShare(share, query) : this.changeShare(share, body);
    }
  }

  private changeShare(share: WireShare, body: unknown): HttpReply {
    const { display_name, display_description, is_public } =
      body === undefined ? {} : changes.parse(body).share;
    Object.assign(share, {
      ...(display_name !== undefined && { name: display_name }),
      ...(display_description !== undefined && { description: display_description }),
      ...(is_public !== undefined && { is_public }),
    });
    return json(200, { share });
  }

  private deleteShare(share: WireShare, query: Sent["query"]): HttpReply {
    if (share.consistency_group_id !== (query?.consistency_group_id ?? null)) {
      return fault(400, "badRequest", "Must provide 'consistency_group_id' as a request parameter");
    }
    if (!["available", "error", "inactive"].includes(share.status)) {
      const allowed = "Share status must be one of ('available', 'error', 'inactive')";
      return fault(403, "forbidden", `Invalid share: ${allowed}.`);
    }
    const members = [...this.members.values()].flat().filter((id) => id === share.id);
    const dependents = [...members, ...this.shareSnapshots].length;
    if (dependents > 0) {
      return fault(403, "forbidden", `Invalid share: Share still has ${dependents} dependents.`);
    }
    this.onShareDelete(share);
    return empty;
  }
}

const empty: HttpReply = { status: 202, headers: new Headers(), text: "" };

/** Manila ignores what it does not know, so that a misspelt field would be lost. */
const creation = z.object({
  share: z.strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    share_proto: z.string(),
    size: z.number().nullable(),
    share_type: z.string().optional(),
    share_network_id: z.string().optional(),
    availability_zone: z.string().optional(),
    metadata: z.record(z.string(), z.string()).optional(),
    is_public: z.boolean().optional(),
    consistency_group_id: z.string().optional(),
    snapshot_id: z.string().optional(),
  }),
});

const changes = z.object({
  share: z
    .strictObject({
      display_name: z.string().nullable(),
      display_description: z.string().nullable(),
      is_public: z.boolean(),
    })
    .partial(),
});

const metadataBody = z.object({ metadata: z.record(z.string(), z.string()) });

const action = z.partialRecord(
  z.enum(["extend", "shrink", "os-extend", "os-shrink"]),
  z.strictObject({ new_size: z.number() }),
);
