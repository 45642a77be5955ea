import { badRequest } from "./faults";
import { lastOf, listed } from "./lists";
import type { Call } from "./operation";

/** The columns of a table by their names: what a row has in each. */
export type Columns<Row> = Record<string, (row: Row) => string | number | null>;

/** What a search is in, and by which of its columns. */
export interface Searched<Row> {
  /** In refusals. */
  title: string;
  columns: Columns<Row>;
  /** Columns that can be searched for a part of them, and since when. */
  partial: { columns: readonly string[]; since: string };
}

/** Parameters that say how a list is shown, and not what is in it. */
const NO_FILTERS = ["limit", "offset", "sort_key", "sort_dir", "all_tenants"];

/**
 * The rows that a list of today's Manila shows: those of the caller that match every other parameter of the query, in
 * the order it asks for, by default newest first.
 *
 * @throws Fault 400 for a parameter that is no column
 */
export function search<Row extends { id: string; projectId: string }>(
  call: Call,
  rows: readonly Row[],
  searched: Searched<Row>,
): Row[] {
  const filters = filtersOf(call, searched);
  const mayList = listed(call);
  const found = rows.filter((row) => mayList(row) && filters.every((matches) => matches(row)));
  return found.sort(orderOf(call, searched.columns));
}

function filtersOf<Row>(call: Call, { title, columns, partial }: Searched<Row>): ((row: Row) => boolean)[] {
  const { query, version } = call;
  const partials = partial.columns.map((name) => `${name}~`);
  const ignored = version.atLeast(partial.since) ? NO_FILTERS : [...NO_FILTERS, ...partials];
  const names = [...new Set(query.keys())].filter((name) => !ignored.includes(name));
  return names.map((name) => {
    const isPartial = partials.includes(name);
    const column = new Map(Object.entries(columns)).get(isPartial ? name.slice(0, -1) : name);
    if (column === undefined) {
      throw badRequest(`Invalid input received: ${title} cannot be filtered using '${name}' key.`);
    }
    const wanted = folded(lastOf(query, name) ?? "");
    return (row) => {
      const value = folded(column(row));
      return isPartial ? String(value ?? "").includes(String(wanted)) : value === wanted;
    };
  });
}

function orderOf<Row extends { id: string }>({ query }: Call, columns: Columns<Row>) {
  const key = lastOf(query, "sort_key") ?? "created_at";
  const direction = lastOf(query, "sort_dir") ?? "desc";
  const sign = new Map([
    ["asc", 1],
    ["desc", -1],
  ]).get(direction.toLowerCase());
  if (sign === undefined) {
    const wrong = `sort key is '${key}' and sort direction is '${direction}'`;
    throw badRequest(`Invalid input received: Wrong sorting data provided: ${wrong}.`);
  }
  const column = new Map(Object.entries(columns)).get(key);
  if (column === undefined) {
    throw badRequest(`Invalid input received: Wrong sorting key provided - '${key}'.`);
  }
  return (one: Row, other: Row) =>
    sign * (compare(folded(column(one)), folded(column(other))) || compare(one.id, other.id));
}

/** Case does not matter to the real server's database. */
function folded(value: string | number | null): string | number | null {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** Nothing comes before everything. */
function compare(one: string | number | null, other: string | number | null): number {
  if (one === other) {
    return 0;
  }
  if (one === null || other === null) {
    return one === null ? -1 : 1;
  }
  return one < other ? -1 : 1;
}
