import { z } from "zod";
import { UnsupportedCloudError } from "./errors";

/** Consistency groups came with 2.4; with 2.31 share groups took their place. */
const OLDEST = 4;
const NEWEST = 30;

/** The reply of Manila's version discovery. */
export const versionsReply = z.object({
  versions: z.array(
    z.object({ id: z.string(), min_version: z.string().nullish(), version: z.string().nullish() }),
  ),
});

/** The microversion to speak, the newest that both sides know, or the pinned one if it is among them. */
export function chooseMicroversion(
  url: string,
  { versions }: z.infer<typeof versionsReply>,
  pinned: string | undefined,
): string {
  const v2 = versions.find(({ id }) => id.startsWith("v2"));
  const [oldest, newest] = [minor(v2?.min_version), minor(v2?.version)];
  if (oldest === undefined || newest === undefined) {
    const ids = versions.map(({ id }) => id).join(", ");
    throw new UnsupportedCloudError(
      `Manila at ${url} offers ${ids || "nothing"}, and consistency groups need its API v2.4.`,
    );
  }
  const has = `Manila at ${url} speaks microversions 2.${oldest} to 2.${newest}`;
  if (newest < OLDEST) {
    throw new UnsupportedCloudError(
      `${has}, and consistency groups came with 2.${OLDEST}: the cloud is too old.`,
    );
  }
  if (newest > NEWEST) {
    throw new UnsupportedCloudError(
      `${has}: since 2.${NEWEST + 1} share groups take the place of consistency groups, and this version of ` +
        "pulumi-manila does not speak to them yet.",
    );
  }
  return pinned === undefined ? `2.${newest}` : checkedPin(pinned, Math.max(oldest, OLDEST), newest, has);
}

/** Whether a microversion is another one, such as "2.9", or newer. */
export function isAtLeast(microversion: string, other: string): boolean {
  return (minor(microversion) ?? 0) >= (minor(other) ?? 0);
}

function checkedPin(pinned: string, oldest: number, newest: number, has: string): string {
  const wanted = minor(pinned);
  if (wanted === undefined || wanted < oldest || wanted > newest) {
    throw new UnsupportedCloudError(
      `${has}. The pinned microversion ${pinned} (manila:microversion or OS_SHARE_API_VERSION) can't be used for ` +
        `consistency groups there: pin one from 2.${oldest} to 2.${newest}, or none.`,
    );
  }
  return pinned;
}

/** The 22 of 2.22. */
function minor(version: string | null | undefined): number | undefined {
  const digits = /^2\.(\d+)$/.exec(version ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
