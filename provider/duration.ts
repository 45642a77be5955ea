import { z } from "zod";

const MILLISECONDS = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

const FORM = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;

/** A length of time in the form Pulumi uses for timeouts: "30s", "10m", "1h30m". */
export const durationText = z.string().refine((text) => parseDuration(text) !== undefined, {
  error: 'must be a length of time above zero, such as "30s", "10m" or "1h30m"',
});

/** Milliseconds of a duration such as "1h30m", or undefined if it is none or not above zero. */
export function parseDuration(text: string): number | undefined {
  const [, h = "0", m = "0", s = "0", ms = "0"] = FORM.exec(text) ?? [];
  const total =
    Number(h) * MILLISECONDS.h +
    Number(m) * MILLISECONDS.m +
    Number(s) * MILLISECONDS.s +
    Number(ms) * MILLISECONDS.ms;
  return total > 0 ? total : undefined;
}
