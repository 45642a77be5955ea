import { serverError } from "./faults";

const MAXIMUM_LENGTH = 255;

/**
 * What the real server's database makes of a name or a description: numbers and truth values become text, and so
 * does a list of one text.
 *
 * @throws Fault 500 for what its column does not hold: more than 255 characters, or any beyond the BMP
 */
export function storedText(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof single === "number") {
    return String(single);
  }
  if (typeof single === "boolean") {
    return single ? "1" : "0";
  }
  if (
    typeof single !== "string" ||
    single.length > MAXIMUM_LENGTH ||
    /[\u{10000}-\u{10ffff}]/u.test(single)
  ) {
    throw serverError();
  }
  return single;
}
