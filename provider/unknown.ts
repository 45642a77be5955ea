import type { Properties } from "./lifecycle";

/** What Pulumi's engine puts in place of a value that a preview can't know yet. Part of its protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True if the value, or anything inside it, is not known yet. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(containsUnknown);
  }
  return value === UNKNOWN;
}

/** Splits properties into those known through and through and the others. */
export function separateUnknown(properties: Properties): { known: Properties; unknown: Properties } {
  const entries = Object.entries(properties);
  return {
    known: Object.fromEntries(entries.filter(([, value]) => !containsUnknown(value))),
    unknown: Object.fromEntries(entries.filter(([, value]) => containsUnknown(value))),
  };
}
