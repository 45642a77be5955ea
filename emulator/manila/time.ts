/** A time as Manila writes what it has just made, before its database cuts it to seconds. */
export function preciseTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000");
}

/** A time as Manila writes what comes from its database. */
export function storedTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.000000`;
}
