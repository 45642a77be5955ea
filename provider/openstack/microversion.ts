import { z } from "zod";
import { UnsupportedCloudError } from "./errors";

/** Which of Manila's two APIs serves groups of shares: share groups took the place of consistency groups. */
export type Generation = "consistencyGroups" | "shareGroups";

/** What to speak to a Manila. */
export interface Spoken {
  generation: Generation;
  /** Such as "2.22". */
  microversion: string;
}

/** The first microversions of both generations, and the newest that is known here. */
const CONSISTENCY_GROUPS = 4;
const SHARE_GROUPS = 31;
const NEWEST = 99;

/** The reply of Manila's version discovery. */
export const versionsReply = z.object({
  versions: z.array(
    z.object({ id: z.string(), min_version: z.string().nullish(), version: z.string().nullish() }),
  ),
});

/**
 * The microversion to speak, the newest that both sides know, or the pinned one if it is among them. A Manila that has
 * share groups answers to consistency groups at no microversion, however old.
 */
export function chooseMicroversion(
  url: string,
  { versions }: z.infer<typeof versionsReply>,
  pinned: string | undefined,
): Spoken {
  const v2 = versions.find(({ id }) => id.startsWith("v2"));
  const [oldest, newest] = [minor(v2?.min_version), minor(v2?.version)];
  if (oldest === undefined || newest === undefined) {
    const ids = versions.map(({ id }) => id).join(", ");
    throw new UnsupportedCloudError(
      `Manila at ${url} offers ${ids || "nothing"}, and consistency groups need its API v2.${CONSISTENCY_GROUPS}.`,
    );
  }
  const has = `Manila at ${url} speaks microversions 2.${oldest} to 2.${newest}`;
  if (newest < CONSISTENCY_GROUPS) {
    throw new UnsupportedCloudError(
      `${has}, and consistency groups came with 2.${CONSISTENCY_GROUPS}: the cloud is too old.`,
    );
  }
  if (oldest > NEWEST) {
    throw new UnsupportedCloudError(
      `${has}, and this version of pulumi-manila knows them up to 2.${NEWEST}: a newer one is needed.`,
    );
  }
  const generation = newest < SHARE_GROUPS ? "consistencyGroups" : "shareGroups";
  const first = generation === "shareGroups" ? SHARE_GROUPS : CONSISTENCY_GROUPS;
  const range = { from: Math.max(oldest, first), to: Math.min(newest, NEWEST) };
  return {
    generation,
    microversion: pinned === undefined ? `2.${range.to}` : checkedPin(pinned, range, has),
  };
}

/** Whether a microversion is another one, such as "2.9", or newer. */
export function isAtLeast(microversion: string, other: string): boolean {
  return (minor(microversion) ?? 0) >= (minor(other) ?? 0);
}

function checkedPin(pinned: string, { from, to }: { from: number; to: number }, has: string): string {
  const wanted = minor(pinned);
  if (wanted === undefined || wanted < from || wanted > to) {
    throw new UnsupportedCloudError(
      `${has}. The pinned microversion ${pinned} (manila:microversion or OS_SHARE_API_VERSION) can't be used for ` +
        `groups of shares there: pin one from 2.${from} to 2.${to}, or none.`,
    );
  }
  return pinned;
}

/** The 22 of 2.22. */
function minor(version: string | null | undefined): number | undefined {
  const digits = /^2\.(\d+)$/.exec(version ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
