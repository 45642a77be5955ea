import { z } from "zod";
import { commonInputs, commonState, uuid } from "../inputs";
import type { CheckFailure, Properties } from "../lifecycle";

const LONGEST_NAME = 255;

/** A type by its id or by its name. */
const idOrName = z
  .string()
  .min(1, "must be an id or a name, and is empty")
  .max(LONGEST_NAME, `must be an id or a name of at most ${LONGEST_NAME} characters`);

/** What a program may say of a consistency group. */
export const inputsSchema = z.strictObject({
  ...commonInputs,
  shareTypes: z.array(idOrName).optional(),
  shareNetworkId: uuid.optional(),
  sourceCgsnapshotId: uuid.optional(),
  shareGroupType: idOrName.optional(),
  availabilityZone: z.string().min(1, "must not be empty").optional(),
  requireConsistentSnapshots: z.boolean().optional(),
  forceDelete: z.boolean().optional(),
});

export type Inputs = z.infer<typeof inputsSchema>;

/** Names that a program gives in place of ids, and the ids that they stood for. */
const idsByName = z.record(z.string(), z.string()).optional();

/** What a stack records of a consistency group: what the cloud says of it, and our own settings. */
export const stateSchema = z.object({
  ...commonState,
  host: z.string().optional(),
  shareTypes: z.array(z.string()),
  shareNetworkId: z.string().optional(),
  sourceCgsnapshotId: z.string().optional(),
  shareServerId: z.string().optional(),
  shareGroupTypeId: z.string().optional(),
  availabilityZone: z.string().optional(),
  consistentSnapshotSupport: z.string().optional(),
  requireConsistentSnapshots: z.boolean().optional(),
  forceDelete: z.boolean().optional(),
  __shareTypes: idsByName,
  __shareGroupTypes: idsByName,
});

/** Of which a look-up may know nothing. */
export type State = Partial<z.infer<typeof stateSchema>>;

/** What the API can't change: another value means another group. */
export const IMMUTABLE = [
  "shareTypes",
  "shareNetworkId",
  "sourceCgsnapshotId",
  "shareGroupType",
  "availabilityZone",
  "region",
] as const;

/** What a clone takes over from the group of its snapshot: saying it as well is an error, even if it agrees. */
const INHERITED = ["shareTypes", "shareNetworkId", "availabilityZone"] as const;

/** What consistency groups know nothing of. */
export const OF_SHARE_GROUPS = ["shareGroupType", "availabilityZone"] as const;

export function excludedBySource(inputs: Properties): CheckFailure[] {
  return INHERITED.filter(
    (property) => inputs.sourceCgsnapshotId !== undefined && inputs[property] !== undefined,
  ).map((property) => ({
    property,
    reason: "can't be given with sourceCgsnapshotId: the group inherits it from the snapshot's group",
  }));
}
