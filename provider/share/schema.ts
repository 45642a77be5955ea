import { z } from "zod";
import { commonInputs, commonState, storable, uuid } from "../inputs";
import type { CheckFailure } from "../lifecycle";

const LONGEST_KEY = 255;
const LONGEST_VALUE = 1023;

const keyLength = `must have keys of 1 to ${LONGEST_KEY} characters`;
const valueLength = `must be 1 to ${LONGEST_VALUE} characters long`;

/** Manila answers 400 to texts that are empty or too long. */
const metadata = z.record(
  storable.min(1).max(LONGEST_KEY),
  storable.min(1, valueLength).max(LONGEST_VALUE, valueLength),
  { error: ({ code }) => (code === "invalid_key" ? keyLength : undefined) },
);

const size = z.int("must be a whole number of GiB").min(1, "must be at least 1 GiB");

/** What a program may say of a share. */
export const inputsSchema = z.strictObject({
  ...commonInputs,
  shareProtocol: z
    .string()
    .regex(/^[a-z0-9]+$/i, 'must be a protocol such as "NFS" or "CIFS"')
    .optional(),
  size: size.optional(),
  shareTypeId: uuid.optional(),
  shareNetworkId: uuid.optional(),
  availabilityZone: z.string().min(1, "must not be empty").optional(),
  metadata: metadata.optional(),
  isPublic: z.boolean().optional(),
  consistencyGroupId: uuid.optional(),
  snapshotId: uuid.optional(),
  sourceCgsnapshotMemberId: uuid.optional(),
});

export type Inputs = z.infer<typeof inputsSchema>;

/** What a stack records of a share: what the cloud says of it, and our own settings. */
export const stateSchema = z.object({
  ...commonState,
  host: z.string().optional(),
  shareProtocol: z.string(),
  size: z.number(),
  shareTypeId: z.string().optional(),
  shareNetworkId: z.string().optional(),
  availabilityZone: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
  isPublic: z.boolean(),
  consistencyGroupId: z.string().optional(),
  snapshotId: z.string().optional(),
  sourceCgsnapshotMemberId: z.string().optional(),
  exportLocations: z.array(z.string()),
  shareServerId: z.string().optional(),
});

/** Of which a look-up may know nothing. */
export type State = Partial<z.infer<typeof stateSchema>>;

/** What a share is made with and keeps: a copy in a clone has it from its original. */
export const MADE_WITH = [
  "shareProtocol",
  "shareTypeId",
  "shareNetworkId",
  "availabilityZone",
  "snapshotId",
] as const;

/** What says which share is meant. */
export const PLACE = ["consistencyGroupId", "sourceCgsnapshotMemberId", "region"] as const;

/** What the API can't change: another value means another share. */
export const IMMUTABLE = [...MADE_WITH, ...PLACE] as const;

/** Inputs that miss others, and inputs that exclude each other. */
export function incoherent(inputs: Partial<Record<keyof Inputs, unknown>>): CheckFailure[] {
  const isGiven = (property: keyof Inputs): boolean => inputs[property] !== undefined;
  const isCopy = isGiven("sourceCgsnapshotMemberId");
  const isMade = !isCopy && !isGiven("importId");
  const problems = {
    shareProtocol: isMade && !isGiven("shareProtocol") && 'must be given, such as "NFS"',
    size:
      isMade && !isGiven("snapshotId") && !isGiven("size") && "must be given: how many GiB the share holds",
    consistencyGroupId:
      isCopy &&
      !isGiven("consistencyGroupId") &&
      "must be given with sourceCgsnapshotMemberId: the group that was made from the group snapshot",
    snapshotId:
      isCopy &&
      isGiven("snapshotId") &&
      "can't be given with sourceCgsnapshotMemberId: the share is there already, with its content",
  };
  return Object.entries(problems).flatMap(([property, reason]) =>
    reason === false ? [] : [{ property, reason }],
  );
}
