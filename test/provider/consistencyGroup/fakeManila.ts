import { z } from "zod";
import { apiError } from "../../../provider/openstack/apiError";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import type { Manila, ManilaRequest } from "../../../provider/openstack/manila";
import type { Generation } from "../../../provider/openstack/microversion";
import { Redaction } from "../../../provider/openstack/redaction";
import { parsedReply } from "../../../provider/openstack/reply";

export const GROUP = "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8";
export const SSD = "22222222-2222-4222-8222-222222222222";
export const DISK = "33333333-3333-4333-8333-333333333333";
export const NETWORK = "55555555-5555-4555-8555-555555555555";
export const SNAPSHOT = "77777777-7777-4777-8777-777777777777";
export const PROJECT = "de300000000000000000000000000001";
export const HOST = "newton@alpha#pool";

/** A group as Manila 3.0.0 writes it. */
export interface WireGroup {
  id: string;
  name: string | null;
  description: string | null;
  status: string;
  created_at: string;
  project_id: string;
  host: string | null;
  share_types: string[];
  share_network_id: string | null;
  source_cgsnapshot_id: string | null;
}

interface Named {
  id: string;
  name: string | null;
  /** `available` unless the test says otherwise. */
  status?: string;
  consistency_group_id: string;
}

export type Sent = Pick<HttpRequest, "method" | "query" | "body"> & { path: string };

/** An available group, but for what the test says. */
export function wireGroup(given: Partial<WireGroup> = {}): WireGroup {
  return {
    id: GROUP,
    name: "database",
    description: null,
    status: "available",
    created_at: "2016-11-02T12:30:15.000000",
    project_id: PROJECT,
    host: HOST,
    share_types: [SSD],
    share_network_id: null,
    source_cgsnapshot_id: null,
    ...given,
  };
}

/** Manila's consistency groups in memory, which say and refuse what Manila 3.0.0 does. */
export class FakeManila implements Manila {
  region: string | undefined = "RegionOne";
  projectId: string = PROJECT;
  generation: Generation = "consistencyGroups";
  microversion = "2.22";
  listFreshnessMilliseconds = 5_000;
  readonly groups = new Map<string, WireGroup>();
  shares: Named[] = [];
  snapshots: Named[] = [];
  /** All that was sent, oldest first. */
  readonly sent: Sent[] = [];
  /** Sees each request first, and may throw, or give a reply of its own. */
  before: (sent: Sent, count: number) => HttpReply | undefined = () => undefined;
  /** What a creation makes of a group at once, and what a deletion does. */
  onCreate: (group: WireGroup) => void = () => undefined;
  onDelete: (group: WireGroup) => void = (group) => this.groups.delete(group.id);

  add(given: Partial<WireGroup> = {}): WireGroup {
    const group = wireGroup(given);
    this.groups.set(group.id, group);
    return group;
  }

  /** The methods and paths of what was sent. */
  get calls(): string[] {
    return this.sent.map(({ method, path }) => `${method} ${path}`);
  }

  serverTime(): number {
    return Date.parse("2016-11-02T12:30:14Z");
  }

  // Asynchronous as the real one is: what goes wrong is a rejection.
  async request<Body>({ path, reply: schema, ...request }: ManilaRequest<Body>): Promise<Body> {
    const sent: Sent = { method: request.method, path, query: request.query, body: request.body };
    this.sent.push(sent);
    await Promise.resolve();
    const reply = this.before(sent, this.sent.length) ?? this.answer(sent);
    const full: HttpRequest = { ...request, url: `https://manila.example/v2/${PROJECT}${path}` };
    if (reply.status > 299) {
      throw apiError(full, reply, new Redaction());
    }
    return parsedReply(schema, full, reply);
  }

  protected answer({ method, path, query, body }: Sent): HttpReply {
    if (path === "/shares/detail") {
      const members = this.shares.filter((each) => each.consistency_group_id === query?.consistency_group_id);
      return json(200, { shares: members.map((share) => ({ status: "available", ...share })) });
    }
    if (path === "/cgsnapshots/detail") {
      const told = { status: "available", project_id: PROJECT };
      return json(200, { cgsnapshots: this.snapshots.map((snapshot) => ({ ...told, ...snapshot })) });
    }
    return method === "POST"
      ? this.create(body)
      : this.answerAboutGroup(method, path.split("/")[2] ?? "", body);
  }

  private create(body: unknown): HttpReply {
    const group = this.add({ name: null, status: "creating", host: null, ...fieldsOf(body) });
    const created = json(202, { consistency_group: group });
    this.onCreate(group);
    return created;
  }

  private answerAboutGroup(method: Sent["method"], id: string, body: unknown): HttpReply {
    const group = this.groups.get(id);
    if (group === undefined) {
      return fault(404, "itemNotFound", `Consistency group ${id} not found.`);
    }
    if (method === "DELETE") {
      return this.delete(group);
    }
    Object.assign(group, fieldsOf(body));
    return json(200, { consistency_group: group });
  }

  private delete(group: WireGroup): HttpReply {
    const refusal = this.whyNotDeleted(group);
    if (refusal !== undefined) {
      return fault(409, "conflictingRequest", `Invalid ConsistencyGroup: ${refusal}`);
    }
    this.onDelete(group);
    return { status: 202, headers: new Headers(), text: "" };
  }

  private whyNotDeleted({ id, host, status }: WireGroup): string | undefined {
    if (host !== null && status !== "available" && status !== "error") {
      return "Consistency group status must be one of ('available', 'error')";
    }
    const own = (each: Named): boolean => each.consistency_group_id === id;
    if (this.snapshots.some(own)) {
      return "Cannot delete a consistency group with cgsnapshots";
    }
    return this.shares.some(own) ? "Cannot delete a consistency group with shares" : undefined;
  }
}

export function json(status: number, body: unknown): HttpReply {
  return { status, headers: new Headers({ "content-type": "application/json" }), text: JSON.stringify(body) };
}

export function fault(status: number, name: string, message: string): HttpReply {
  return json(status, { [name]: { message, code: status } });
}

/** What Manila answers when a header or the microversion is wrong, whatever the resource. */
export const GENERIC_404 = fault(404, "itemNotFound", "The resource could not be found.");

/** What Manila takes in a body: anything else is a 400, as a null id is. */
const bodies = z.object({
  consistency_group: z
    .strictObject({
      name: z.string().nullable(),
      description: z.string().nullable(),
      share_types: z.array(z.string()),
      share_network_id: z.string(),
      source_cgsnapshot_id: z.string(),
    })
    .partial(),
});

function fieldsOf(body: unknown): Partial<WireGroup> {
  return body === undefined ? {} : bodies.parse(body).consistency_group;
}
