import { badRequest } from "./faults";
import type { Generation } from "./generation";

/** A JSON object. */
export type JsonObject = Record<string, unknown>;

/** Whether `value` is a JSON object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What a body holds under `name`. Undefined when it is not there or not an object, for the resource to refuse in its
 * own words.
 *
 * @throws Fault 400 for bodies that the real server trips over while it looks for the name
 */
export function unwrap(body: unknown, name: string): JsonObject | undefined {
  if (isObject(body)) {
    const content = body[name];
    return isObject(content) ? content : undefined;
  }
  const isEmpty = body === null || body === false || body === 0 || body === "";
  const lacksName = (Array.isArray(body) || typeof body === "string") && !body.includes(name);
  if (isEmpty || lacksName) {
    return undefined;
  }
  throw badRequest();
}

const UUID = /^[0-9a-f]{32}$/;

/** Whether `value` is written like a UUID; braces, hyphens and case do not matter, as in OpenStack's own check. */
export function isUuidLike(value: unknown): value is string {
  if (typeof value !== "string") {
    return false;
  }
  const digits = value.replace(/urn:|uuid:/g, "").replace(/^[{}]+|[{}]+$/g, "");
  return UUID.test(digits.replaceAll("-", "").toLowerCase());
}

/** Keys of `content` that are not among `valid`, as the real server writes them in its refusals; null without any. */
export function invalidFields(
  { listOfKeys }: Generation,
  content: JsonObject,
  valid: readonly string[],
): string | null {
  const invalid = Object.keys(content).filter((key) => !valid.includes(key));
  return invalid.length === 0 ? null : listOfKeys(invalid);
}
