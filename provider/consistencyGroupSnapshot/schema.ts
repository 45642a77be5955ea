import { z } from "zod";
import { commonInputs, commonState, uuid } from "../inputs";

/** What a program may say of a snapshot of a consistency group. */
export const inputsSchema = z.strictObject({
  ...commonInputs,
  consistencyGroupId: uuid,
  forceDelete: z.boolean().optional(),
});

/** Of which a preview may not know the group. */
export const knownInputsSchema = inputsSchema.partial();

export type Inputs = z.infer<typeof knownInputsSchema>;

const member = z.object({
  /** Id of the member itself. */
  id: z.string(),
  /** Id of the share. */
  shareId: z.string(),
  /** In GiB. */
  size: z.number(),
  /** Such as "NFS". */
  shareProtocol: z.string(),
  /** Id of the share's type, where Manila tells it. */
  shareTypeId: z.string().optional(),
});

/** A share as it was when the snapshot was taken; the size is in GiB. */
export type SnapshotMember = z.infer<typeof member>;

/** What a stack records of a snapshot: what the cloud says of it, and our own settings. */
export const stateSchema = z.object({
  ...commonState,
  consistencyGroupId: z.string(),
  /** Absent until the snapshot has been available. */
  members: z.array(member).optional(),
  forceDelete: z.boolean().optional(),
});

/** Of which a look-up may know nothing. */
export type State = Partial<z.infer<typeof stateSchema>>;

/** What the API can't change: another value means another snapshot. */
export const IMMUTABLE = ["consistencyGroupId", "region"] as const;
