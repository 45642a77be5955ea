import { randomUUID } from "node:crypto";
import { z } from "zod";
import { apiError } from "../../../provider/openstack/apiError";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import type { Manila, ManilaRequest } from "../../../provider/openstack/manila";
import { isAtLeast } from "../../../provider/openstack/microversion";
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
/** Share group types: snapshots of groups of the first are consistent, those of the other are not. */
export const CONSISTENT = "88888888-8888-4888-8888-888888888888";
export const PLAIN = "9999999a-9999-4999-8999-999999999999";

/** How each generation of the API writes groups. */
const WORDS = {
  consistencyGroups: {
    groups: "consistency-groups",
    key: "consistency_group",
    noun: "Consistency group",
    member: "consistency_group_id",
    snapshots: "cgsnapshots",
    snapshot: "cgsnapshot",
  },
  shareGroups: {
    groups: "share-groups",
    key: "share_group",
    noun: "Share group",
    member: "share_group_id",
    snapshots: "share-group-snapshots",
    snapshot: "share_group_snapshot",
  },
};

/** A group as Manila 3.0.0 writes it, and what share groups have besides. */
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
  source_share_group_snapshot_id?: string | null;
  share_group_type_id?: string | null;
  availability_zone?: string | null;
  consistent_snapshot_support?: string | null;
}

interface Named {
  id: string;
  name: string | null;
  /** `available` unless the test says otherwise. */
  status?: string;
  /** The credentials' own unless the test says otherwise. */
  project_id?: string;
  consistency_group_id: string;
}

interface WireGroupType {
  id: string;
  name: string;
  is_default: boolean;
  group_specs: Record<string, string>;
}

export type Sent = Pick<HttpRequest, "method" | "query" | "body"> &
  Pick<ManilaRequest<unknown>, "path" | "policy">;

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

/**
 * Manila's consistency groups in memory, which say and refuse what Manila 3.0.0 does; with another `generation` and
 * microversion, its share groups.
 */
export class FakeManila implements Manila {
  region: string | undefined = "RegionOne";
  projectId: string = PROJECT;
  generation: Generation = "consistencyGroups";
  microversion = "2.22";
  listFreshnessMilliseconds = 5_000;
  /** Whether the credentials are an administrator's. */
  administrator = false;
  readonly groups = new Map<string, WireGroup>();
  shares: Named[] = [];
  snapshots: Named[] = [];
  shareTypes = [
    { id: SSD, name: "ssd" },
    { id: DISK, name: "disk" },
  ];
  groupTypes: WireGroupType[] = [
    { id: CONSISTENT, name: "gold", is_default: true, group_specs: { consistent_snapshot_support: "pool" } },
    { id: PLAIN, name: "plain", is_default: false, group_specs: {} },
  ];
  /** What users are told of what has failed. */
  messages: { resource_id: string; created_at: string; user_message: string }[] = [];
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
  async request<Body>({ path, reply: schema, policy, ...request }: ManilaRequest<Body>): Promise<Body> {
    const sent: Sent = { method: request.method, path, query: request.query, body: request.body, policy };
    this.sent.push(sent);
    await Promise.resolve();
    const reply = this.before(sent, this.sent.length) ?? this.answer(sent);
    const full: HttpRequest = { ...request, url: `https://manila.example/v2/${PROJECT}${path}` };
    if (reply.status > 299) {
      throw apiError(full, reply, new Redaction());
    }
    return parsedReply(schema, full, reply);
  }

  /** What each generation calls things. */
  protected get words(): (typeof WORDS)[Generation] {
    return WORDS[this.generation];
  }

  protected answer(sent: Sent): HttpReply {
    const { method, path, query, body } = sent;
    const [, collection, id = "", part] = path.split("/");
    const { groups, member } = this.words;
    if (collection === groups && id === "") {
      return this.create(body);
    }
    if (collection === groups && id !== "detail") {
      return part === "action"
        ? this.act(this.groups, this.words.key, id, body)
        : this.answerAboutGroup(method, id, body);
    }
    if (collection === this.words.snapshots && id !== "detail") {
      return this.showSnapshot(id);
    }
    const lists: Record<string, () => object> = {
      [`/${groups}/detail`]: () => ({
        [`${this.words.key}s`]: [...this.groups.values()].slice(Number(query?.offset ?? 0)),
      }),
      "/shares/detail": () => ({
        shares: this.seen(this.shares, query).filter((each) => each.consistency_group_id === query?.[member]),
      }),
      [`/${this.words.snapshots}/detail`]: () => ({
        [`${this.words.snapshot}s`]: this.seen(this.snapshots, query).map((each) => this.wireSnapshot(each)),
      }),
      "/types": () => ({ share_types: this.shareTypes }),
      "/share-group-types": () => ({ share_group_types: this.groupTypes.map((type) => this.told(type)) }),
      "/share-group-types/default": () => ({
        share_group_type: this.groupTypes.find((type) => type.is_default),
      }),
      "/messages": () => ({
        messages: this.messages.filter((each) => each.resource_id === query?.resource_id),
      }),
    };
    const list = lists[path];
    return list === undefined ? GENERIC_404 : json(200, list());
  }

  /** Those of the project, and to administrators who ask for them, those of all. */
  private seen(all: Named[], query: Sent["query"]): Named[] {
    const everywhere = this.administrator && query?.all_tenants !== undefined;
    const told = { status: "available", project_id: this.projectId };
    return all
      .map((each) => ({ ...told, ...each }))
      .filter((each) => everywhere || each.project_id === this.projectId);
  }

  private showSnapshot(id: string): HttpReply {
    const found = this.seen(this.snapshots, {}).find((each) => each.id === id);
    return found === undefined
      ? fault(404, "itemNotFound", `${this.words.noun} snapshot ${id} could not be found.`)
      : json(200, { [this.words.snapshot]: this.wireSnapshot(found) });
  }

  private wireSnapshot(snapshot: Named): object {
    return { ...snapshot, [this.words.member]: snapshot.consistency_group_id };
  }

  /** A type as the list has it, which before 2.46 does not say which one is the default. */
  private told({ is_default, ...type }: WireGroupType): object {
    return isAtLeast(this.microversion, "2.46") ? { ...type, is_default } : type;
  }

  private create(body: unknown): HttpReply {
    const id = this.groups.has(GROUP) ? randomUUID() : GROUP;
    const group = this.add({ id, name: null, status: "creating", host: null, ...this.fieldsOf(body) });
    const created = json(202, { [this.words.key]: group });
    this.onCreate(group);
    return created;
  }

  /** What Manila takes in a body: anything else is a 400, as a null id is. */
  private fieldsOf(body: unknown): Partial<WireGroup> {
    return body === undefined
      ? {}
      : (z.record(z.literal(this.words.key), FIELDS[this.generation]).parse(body)[this.words.key] ?? {});
  }

  /** An administrator's action, on the row of a kind that is called by the key in bodies. */
  protected act(rows: Map<string, { status: string }>, key: string, id: string, body: unknown): HttpReply {
    const [[action, content] = ["", null]] = Object.entries(actions(this.microversion).parse(body));
    const row = rows.get(id);
    if (!this.administrator) {
      return fault(403, "forbidden", `Policy doesn't allow ${key}:${action} to be performed.`);
    }
    if (row === undefined) {
      return GENERIC_404;
    }
    if (content === null) {
      rows.delete(id);
    } else {
      Object.assign(row, content);
    }
    return { status: 202, headers: new Headers(), text: "" };
  }

  private answerAboutGroup(method: Sent["method"], id: string, body: unknown): HttpReply {
    // MySQL compares ids in any case of letters.
    const group = this.groups.get(id.toLowerCase());
    if (group === undefined) {
      return fault(404, "itemNotFound", `${this.words.noun} ${id} not found.`);
    }
    if (method === "DELETE") {
      return this.delete(group);
    }
    Object.assign(group, this.fieldsOf(body));
    return json(200, { [this.words.key]: group });
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

const common = {
  name: z.string().nullable(),
  description: z.string().nullable(),
  share_types: z.array(z.string()),
  share_network_id: z.string(),
};

const FIELDS = {
  consistencyGroups: z.strictObject({ ...common, source_cgsnapshot_id: z.string() }).partial(),
  shareGroups: z
    .strictObject({
      ...common,
      source_share_group_snapshot_id: z.string(),
      share_group_type_id: z.string(),
      availability_zone: z.string(),
    })
    .partial(),
};

/** An administrator's actions have other names up to 2.6: a wrong one is answered as a path that does not exist. */
function actions(microversion: string): z.ZodType<Record<string, { status: string } | null>> {
  const prefix = isAtLeast(microversion, "2.7") ? "" : "os-";
  return z.union([
    z.strictObject({ [`${prefix}force_delete`]: z.null() }),
    z.strictObject({ [`${prefix}reset_status`]: z.strictObject({ status: z.string() }) }),
  ]);
}
