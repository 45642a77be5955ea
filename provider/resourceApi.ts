import { z } from "zod";
import type { TextChanges } from "./inputs";
import { isMissing, isNotFound, ReplyError } from "./openstack/errors";
import type { Manila, ManilaRequest } from "./openstack/manila";
import { isAtLeast } from "./openstack/microversion";
import { allPages, offsetQuery } from "./openstack/paging";
import { flaws } from "./openstack/reply";
import { sameResource } from "./provisioning";
import type { Provisioned, ProvisionedApi } from "./provisioning";
import type { Listed } from "./watching";
import type { Item, Summary, Wire } from "./wire";

/** Whose resources a list holds. */
export interface ListOptions {
  /** Those of all projects, which takes an administrator; for others it changes nothing. False by default. */
  allTenants?: boolean;
}

/** The statuses that an administrator can put a group or a snapshot into. */
export const STATUSES = ["available", "error", "creating", "deleting", "error_deleting"] as const;

/** A status that an administrator can put a group or a snapshot into. */
export type Status = (typeof STATUSES)[number];

/**
 * The requests that all kinds of resources have in common.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/
 */
export abstract class ResourceApi<
  Resource extends Provisioned,
  New extends { name?: string },
  Settable extends string = Status,
> implements ProvisionedApi<Resource> {
  /** What it is, such as `consistency group`. */
  abstract readonly noun: string;
  /** Whether the scheduler chooses a host for each. */
  abstract readonly scheduled: boolean;

  constructor(
    protected readonly manila: Manila,
    protected readonly wire: Wire<Resource, New>,
  ) {}

  /** Id and name of each. */
  async list({ allTenants }: ListOptions = {}): Promise<Summary[]> {
    return await allPages((offset) =>
      this.manila.request({
        action: `list the ${this.noun}s`,
        method: "GET",
        path: this.wire.path,
        query: { ...this.wire.query({}), ...tenantsQuery(allTenants), ...offsetQuery(offset) },
        reply: this.wire.summaries,
      }),
    );
  }

  /** All that Manila tells of each that has the values of the filter; of a list, those that must be in it. */
  async detail(filter: Partial<Resource> = {}, { allTenants }: ListOptions = {}): Promise<Resource[]> {
    const found = await allPages((offset) =>
      this.details({ ...this.wire.query(filter), ...tenantsQuery(allTenants), ...offsetQuery(offset) }),
    );
    return found.map((listed) => listed.read()).filter((resource) => matches(resource, filter));
  }

  async get(id: string): Promise<Resource> {
    return await this.complete(await this.look(id));
  }

  async look(id: string): Promise<Resource> {
    return await this.one({ action: `read ${this.noun} ${id}`, method: "GET" }, id);
  }

  /** By default a list tells everything. */
  complete(seen: Resource): Promise<Resource> {
    return Promise.resolve(seen);
  }

  /** @internal */
  async page(offset: number): Promise<Listed<Resource>[]> {
    return await this.details(offsetQuery(offset));
  }

  /** Asks for a new one. The reply comes at once, with status `creating`. */
  async create(resource: New): Promise<Resource> {
    return await this.manila.request({
      action: this.creation(resource),
      method: "POST",
      path: this.wire.path,
      body: { [this.wire.key]: this.wire.body(resource) },
      reply: this.wire.one,
      recovers: true,
    });
  }

  /** Changes the texts that are given and leaves the rest. Manila takes it in every status. */
  async update(id: string, changes: TextChanges): Promise<Resource> {
    const body = { [this.wire.key]: changes };
    return await this.one({ action: `update ${this.noun} ${id}`, method: "PUT", body }, id);
  }

  /** Asks for the deletion, which goes on after the reply. */
  async delete(id: string): Promise<void> {
    await this.about(id, { action: `delete ${this.noun} ${id}`, method: "DELETE", reply: z.unknown() });
  }

  /** Writes another status into Manila's database, without a word to the back end. For administrators. */
  async resetStatus(id: string, status: Settable): Promise<void> {
    await this.act(id, `reset the status of ${this.noun} ${id} to ${status}`, "reset_status", { status });
  }

  /**
   * Takes it out of Manila's database whatever its status. Only of a share the back end is told, and may fail. For
   * administrators.
   */
  async forceDelete(id: string): Promise<void> {
    await this.act(id, `force-delete ${this.noun} ${id}`, "force_delete", null);
  }

  /** What is being created, in words. */
  protected creation({ name = "" }: New): string {
    return `create ${this.noun} ${JSON.stringify(name)}`;
  }

  private async details(query: Record<string, string>): Promise<Listed<Resource>[]> {
    const items = await this.manila.request({
      action: `list the ${this.noun}s with details`,
      method: "GET",
      path: `${this.wire.path}/detail`,
      query,
      reply: this.wire.details,
    });
    return items.map((item) => ({ id: item.id, read: () => this.read(item) }));
  }

  private read(item: Item): Resource {
    const { data, error } = this.wire.resource.safeParse(item);
    if (error !== undefined) {
      throw new ReplyError(`Manila lists ${this.noun} ${item.id}, but not as the API does: ${flaws(error)}.`);
    }
    return data;
  }

  protected pathOf(id: string): string {
    return `${this.wire.path}/${encodeURIComponent(id)}`;
  }

  /** Sends a request about one of them, to its path or to one below that. */
  protected async about<Body>(
    id: string,
    request: Omit<ManilaRequest<Body>, "path">,
    below = "",
  ): Promise<Body> {
    return await this.manila.request({ ...request, path: this.pathOf(id) + below });
  }

  /** Sends a request that is answered with one of them. */
  protected async one(
    request: Pick<ManilaRequest<Resource>, "action" | "method" | "body">,
    id: string,
  ): Promise<Resource> {
    return sameResource(this.noun, id, await this.about(id, { ...request, reply: this.wire.one }));
  }

  private async act(id: string, action: string, name: string, content: object | null): Promise<void> {
    try {
      const body = { [actionName(this.manila, name)]: content };
      const policy = `${this.wire.key}:${name}`;
      await this.about(
        id,
        { action, method: "POST", body, reply: z.unknown(), repeatable: true, policy },
        "/action",
      );
    } catch (error) {
      if (isNotFound(error) && !isMissing(error, id)) {
        // Manila's words are about no resource here; those of a look at it are.
        await this.look(id);
      }
      throw error;
    }
  }
}

/** What an action is called at the microversion that is spoken: before 2.7 as an extension. */
export function actionName({ microversion }: Manila, name: string): string {
  return isAtLeast(microversion, "2.7") ? name : `os-${name}`;
}

/** The query for the resources of all projects, where they are asked for. */
export function tenantsQuery(allTenants = false): Record<string, string> {
  return allTenants ? { all_tenants: "1" } : {};
}

/** Whether a resource has the values of a filter; of a list, those that must be in it. */
function matches(resource: object, filter: object): boolean {
  const actual = new Map(Object.entries(resource));
  return Object.entries(filter).every(([property, wanted]: [string, unknown]) => {
    const value: unknown = actual.get(property);
    return Array.isArray(wanted) && Array.isArray(value)
      ? wanted.every((each) => value.includes(each))
      : wanted === undefined || value === wanted;
  });
}
