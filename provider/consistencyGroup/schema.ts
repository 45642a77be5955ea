import { z } from "zod";
import { region, text, timeouts, uuid } from "../inputs";
import type { CheckFailure } from "../lifecycle";

/** What a program may say of a consistency group. */
export const inputsSchema = z.strictObject({
  name: text.optional(),
  description: text.optional(),
  shareTypes: z.array(uuid).optional(),
  shareNetworkId: uuid.optional(),
  sourceCgsnapshotId: uuid.optional(),
  region: region.optional(),
  timeouts: timeouts.optional(),
});

export type Inputs = z.infer<typeof inputsSchema>;

/** What a stack records of a consistency group: what the cloud says of it, and our own settings. */
export const stateSchema = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  status: z.string(),
  createdAt: z.string().optional(),
  projectId: z.string().optional(),
  host: z.string().optional(),
  shareTypes: z.array(z.string()),
  shareNetworkId: z.string().optional(),
  sourceCgsnapshotId: z.string().optional(),
  shareServerId: z.string().optional(),
  region: z.string().optional(),
  timeouts: timeouts.optional(),
  /** The inputs that the program left to the cloud. */
  __defaults: z.array(z.string()).optional(),
  /** Set until the group has been available once: up to then it can hold nothing. */
  __creating: z.literal(true).optional(),
});

export type State = z.infer<typeof stateSchema>;

/** What the API can't change: another value means another group. */
export const IMMUTABLE = ["shareTypes", "shareNetworkId", "sourceCgsnapshotId", "region"] as const;

/** A clone inherits the types and the network of its source: saying them as well is an error, even if they agree. */
export function excludedBySource(inputs: Partial<Record<keyof Inputs, unknown>>): CheckFailure[] {
  const inherited = ["shareTypes", "shareNetworkId"] as const;
  return inherited
    .filter((property) => inputs.sourceCgsnapshotId !== undefined && inputs[property] !== undefined)
    .map((property) => ({
      property,
      reason: "can't be given with sourceCgsnapshotId: the group inherits it from the snapshot's group",
    }));
}
