import { z } from "zod";
import { optionalText } from "./openstack/reply";

/** A link as Manila gives it. Those of consistency groups and their snapshots lead to a 404. */
export interface Link {
  /** Where it leads. */
  href: string;
  /** What is there, such as `self`. */
  rel: string;
}

/** What a plain list tells of a resource. */
export interface Summary {
  /** Id of the resource. */
  id: string;
  /** The name, if it has one. */
  name?: string;
  /** Where Manila says it is. */
  links: Link[];
}

/** What Manila tells of every kind of resource. */
export interface Described {
  /** Its id. */
  id: string;
  /** The name, if it has one. */
  name?: string;
  /** The description, if there is one. */
  description?: string;
  /** `available` once it is ready; otherwise what is under way, or has gone wrong. */
  status: string;
  /** When it was made, in UTC and ISO 8601 without a zone. */
  createdAt?: string;
  /** Id of the project that owns it. */
  projectId: string;
}

/** What a detailed list holds of a resource, of which no more than the id has been read. */
export interface Item {
  id: string;
}

/** How one generation of Manila's API writes a kind of resource. */
export interface Wire<Resource, New> {
  /** Path of the collection, such as `/consistency-groups`. */
  path: string;
  /** What one is called in bodies and in the cloud's policies, such as `consistency_group`. */
  key: string;
  /** One of them, as replies hold it. */
  resource: z.ZodType<Resource>;
  /** The reply about one of them. */
  one: z.ZodType<Resource>;
  /** The reply of the detailed list. */
  details: z.ZodType<Item[]>;
  /** The reply of the plain list. */
  summaries: z.ZodType<Summary[]>;
  /** What a new one is asked for with. A null is often refused, so what is not given is left out. */
  body(resource: New): object;
  /** The query that has the server itself look, and keep an order, as far as it can. */
  query(filter: Partial<Resource>): Record<string, string>;
}

export const links = z.array(z.object({ href: z.string(), rel: z.string() })).default([]);

export const summary = z.object({ id: z.string(), name: optionalText, links });

/** Leaves the item as it is: a copy of all of a long list, of which few are wanted, costs time and memory. */
export const item = z.custom<Item>(
  (value) => typeof value === "object" && value !== null && "id" in value && typeof value.id === "string",
  { error: "expected something with an id" },
);

/** How both generations write it. */
export const describedWire = z.object({
  id: z.string(),
  name: optionalText,
  description: optionalText,
  status: z.string(),
  created_at: optionalText,
  project_id: z.string(),
});

export function describedBy(wire: z.output<typeof describedWire>): Described {
  const { id, name, description, status } = wire;
  return { id, name, description, status, createdAt: wire.created_at, projectId: wire.project_id };
}

/** What back ends must offer for a type: texts, though some values come as booleans or numbers. */
export const specs = z
  .record(z.string(), z.union([z.string(), z.boolean(), z.number()]).transform(String))
  .default({});

/** The query with these parameters, without those that are undefined. */
export function queryOf(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
