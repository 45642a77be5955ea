import { badRequest } from "./faults";
import type { Call } from "./operation";

const MAXIMUM_LIMIT = 1000;

/** A link of a reply. */
export interface Link {
  href: string;
  rel: string;
}

/**
 * The slice that `limit` and `offset` ask for: at most 1000, and 0 means no limit of the caller's.
 *
 * @throws Fault 400 when either is not a number from 0 on
 */
export function page<Item>(items: readonly Item[], { query }: Call): Item[] {
  const offset = integerOf(query, "offset") ?? 0;
  const limit = integerOf(query, "limit") ?? MAXIMUM_LIMIT;
  for (const [name, value] of [
    ["limit", limit],
    ["offset", offset],
  ] as const) {
    if (value < 0) {
      throw badRequest(`${name} param must be positive`);
    }
  }
  return items.slice(offset, offset + Math.min(MAXIMUM_LIMIT, limit === 0 ? MAXIMUM_LIMIT : limit));
}

function wantsAllProjects(call: Call): boolean {
  return call.caller.isAdmin && (lastOf(call.query, "all_tenants") ?? "") !== "";
}

/**
 * Which rows a list shows its caller: those of the project; to an administrator who sends any non-empty `all_tenants`,
 * `0` included, those of every project.
 */
export function listed(call: Call): (row: { projectId: string }) => boolean {
  const all = wantsAllProjects(call);
  return ({ projectId }) => all || projectId === call.caller.projectId;
}

/** The two links of a resource. */
export function links(
  { caller, origin }: Pick<Call, "caller" | "origin">,
  collection: string,
  id: string,
): Link[] {
  const path = `${caller.projectId}/${collection}/${id}`;
  return [
    { href: `${origin}/v2/${path}`, rel: "self" },
    { href: `${origin}/${path}`, rel: "bookmark" },
  ];
}

/**
 * The link to the next page under `key`, when the page is as long as its limit. Its marker is `markerOf` the last item;
 * when it comes back the real server ignores it or, on lists of share groups and their snapshots, refuses it.
 */
export function nextLink<Item>(
  call: Call,
  key: string,
  collection: string,
  items: readonly Item[],
  markerOf: (item: Item) => string,
): Record<string, Link[]> {
  const last = items.at(-1);
  if (last === undefined || integerOf(call.query, "limit") !== items.length) {
    return {};
  }
  const parameters = [...call.query].filter(([name]) => name !== "marker");
  const query = [...parameters, ["marker", markerOf(last)]].map((pair) => pair.join("=")).join("&");
  return {
    [key]: [{ href: `${call.origin}/v2/${call.caller.projectId}/${collection}?${query}`, rel: "next" }],
  };
}

/** The last value of a query parameter, which is the one that counts. */
export function lastOf(query: URLSearchParams, name: string): string | undefined {
  return query.getAll(name).at(-1);
}

function integerOf(query: URLSearchParams, name: string): number | undefined {
  const text = lastOf(query, name);
  if (text === undefined) {
    return undefined;
  }
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw badRequest(`${name} param must be an integer`);
  }
  return Number(text);
}
