import { z } from "zod";
import type { HttpReply } from "../../../provider/openstack/message";
import { FakeManila, fault, GROUP, json, PROJECT, SSD } from "../consistencyGroup/fakeManila";
import type { Sent } from "../consistencyGroup/fakeManila";

export const CGSNAPSHOT = "834643f7-09fb-486b-8b16-96e180466fca";

/** A snapshot as Manila 3.0.0 writes it. */
export interface WireSnapshot {
  id: string;
  name: string | null;
  description: string | null;
  status: string;
  created_at: string;
  project_id: string;
  consistency_group_id: string;
}

/** An available snapshot, but for what the test says. */
export function wireSnapshot(given: Partial<WireSnapshot> = {}): WireSnapshot {
  return {
    id: CGSNAPSHOT,
    name: "nightly",
    description: null,
    status: "available",
    created_at: "2016-11-02T12:30:15.000000",
    project_id: PROJECT,
    consistency_group_id: GROUP,
    ...given,
  };
}

/** A member of a snapshot, whose share has an id that ends in what the test says. */
export function wireMember(share: string): object {
  return {
    id: `member-of-${share}`,
    created_at: "2016-11-02T12:30:15.000000",
    size: 2,
    share_protocol: "NFS",
    project_id: PROJECT,
    share_type_id: SSD,
    cgsnapshot_id: CGSNAPSHOT,
    share_id: share,
  };
}

/** What is recorded of that member. */
export function recordedMember(share: string): object {
  return { id: `member-of-${share}`, shareId: share, size: 2, shareProtocol: "NFS", shareTypeId: SSD };
}

/** Manila's snapshots of groups in memory, beside the groups. */
export class FakeManilaWithSnapshots extends FakeManila {
  readonly stored = new Map<string, WireSnapshot>();
  members: object[] = [];
  /** How many members fit into a page. */
  pageSize = 1000;
  /** What a creation makes of a snapshot at once, and what a deletion does. */
  onSnapshot: (snapshot: WireSnapshot) => void = () => undefined;
  onSnapshotDelete: (snapshot: WireSnapshot) => void = ({ id }) => this.stored.delete(id);

  addSnapshot(given: Partial<WireSnapshot> = {}): WireSnapshot {
    const snapshot = wireSnapshot(given);
    this.stored.set(snapshot.id, snapshot);
    return snapshot;
  }

  protected override answer(sent: Sent): HttpReply {
    const [, collection, id = "", part] = sent.path.split("/");
    if (collection !== this.words.snapshots || id === "detail") {
      return super.answer(sent);
    }
    if (part === "action") {
      return this.act(this.stored, this.words.snapshot, id, sent.body);
    }
    if (sent.method === "POST") {
      return this.createSnapshot(sent.body);
    }
    return part === "members" ? this.listMembers(id, sent.query) : this.answerAboutSnapshot(id, sent);
  }

  private createSnapshot(body: unknown): HttpReply {
    const fields = creation.parse(this.inside(body));
    const group = this.groups.get(fields.consistency_group_id);
    if (group === undefined) {
      return fault(400, "badRequest", `ConsistencyGroup ${fields.consistency_group_id} could not be found.`);
    }
    const busy = this.shares.find(({ status = "available" }) => status !== "available");
    if (group.status !== "available" || busy !== undefined) {
      return fault(409, "conflictingRequest", `Invalid ConsistencyGroup: ${busy?.id ?? "group"} is busy`);
    }
    const snapshot = this.addSnapshot({ name: null, status: "creating", ...fields });
    const created = this.about(snapshot);
    this.onSnapshot(snapshot);
    return created;
  }

  /** As the real one: no word on whether there is such a snapshot. */
  private listMembers(id: string, query: Sent["query"]): HttpReply {
    const offset = Number(query?.offset ?? 0);
    const page = this.stored.has(id) ? this.members.slice(offset, offset + this.pageSize) : [];
    // Share groups tell no types.
    const told = this.generation === "consistencyGroups" ? {} : { share_type_id: undefined };
    return json(200, { [`${this.words.snapshot}_members`]: page.map((member) => ({ ...member, ...told })) });
  }

  private answerAboutSnapshot(id: string, { method, body }: Sent): HttpReply {
    const snapshot = this.stored.get(id);
    if (snapshot === undefined) {
      return fault(404, "itemNotFound", `Consistency group snapshot ${id} not found.`);
    }
    if (method === "DELETE") {
      return this.deleteSnapshot(snapshot);
    }
    Object.assign(snapshot, body === undefined ? {} : changes.parse(this.inside(body)));
    return this.about(snapshot);
  }

  private about(snapshot: WireSnapshot): HttpReply {
    const { snapshot: key, member } = this.words;
    return json(200, { [key]: { ...snapshot, [member]: snapshot.consistency_group_id } });
  }

  /** What a body says of a snapshot, its group under the name of consistency groups. */
  private inside(body: unknown): object {
    const { snapshot: key, member } = this.words;
    const { [member]: group, ...texts } =
      z.strictObject({ [key]: z.record(z.string(), z.unknown()) }).parse(body)[key] ?? {};
    return group === undefined ? texts : { ...texts, consistency_group_id: group };
  }

  private deleteSnapshot(snapshot: WireSnapshot): HttpReply {
    if (!["available", "error"].includes(snapshot.status)) {
      const allowed = "Consistency group snapshot status must be one of ('available', 'error')";
      return fault(409, "conflictingRequest", `Invalid CGSnapshot: ${allowed}`);
    }
    this.onSnapshotDelete(snapshot);
    return { status: 202, headers: new Headers(), text: "" };
  }
}

const text = z.string().nullable().optional();

const changes = z.strictObject({ name: text, description: text });

/** Manila ignores other fields, so that a misspelt one would be lost. */
const creation = z.strictObject({
  consistency_group_id: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
});
