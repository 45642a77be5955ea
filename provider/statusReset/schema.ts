import { z } from "zod";
import { region, uuid } from "../inputs";
import { STATUSES } from "../resourceApi";

/** What a program may say of a reset, beside whose status it is. */
const common = {
  status: z.enum(STATUSES, { error: `must be one of ${STATUSES.join(", ")}` }),
  triggers: z.array(z.unknown()).optional(),
  region: region.optional(),
};

/** Of the status of a consistency group. */
export const groupReset = z.strictObject({ ...common, consistencyGroupId: uuid });

/** Of the status of a snapshot of a consistency group. */
export const snapshotReset = z.strictObject({ ...common, consistencyGroupSnapshotId: uuid });
