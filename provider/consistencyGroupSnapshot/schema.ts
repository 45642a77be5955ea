import { z } from "zod";
import { region, text, timeouts, uuid } from "../inputs";

/** What a program may say of a snapshot of a consistency group. */
export const inputsSchema = z.strictObject({
  consistencyGroupId: uuid,
  name: text.optional(),
  description: text.optional(),
  region: region.optional(),
  timeouts: timeouts.optional(),
});

export type Inputs = z.infer<typeof inputsSchema>;

const member = z.object({
  id: z.string(),
  shareId: z.string(),
  size: z.number(),
  shareProtocol: z.string(),
  shareTypeId: z.string().optional(),
});

/** A share as it was when the snapshot was taken; the size is in GiB. */
export type SnapshotMember = z.infer<typeof member>;

/** What a stack records of a snapshot: what the cloud says of it, and our own settings. */
export const stateSchema = z.object({
  consistencyGroupId: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  status: z.string(),
  createdAt: z.string().optional(),
  projectId: z.string().optional(),
  /** Absent until the snapshot has been available. */
  members: z.array(member).optional(),
  region: z.string().optional(),
  timeouts: timeouts.optional(),
  /** The inputs that the program left to the cloud. */
  __defaults: z.array(z.string()).optional(),
  /** Set until the snapshot has been available once: up to then nothing can be restored from it. */
  __creating: z.literal(true).optional(),
});

export type State = z.infer<typeof stateSchema>;

/** What the API can't change: another value means another snapshot. */
export const IMMUTABLE = ["consistencyGroupId", "region"] as const;
