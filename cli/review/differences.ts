import { isDeepStrictEqual } from "node:util";
import type { Change } from "./change";
import { SECRET } from "./markdown";
import type { State } from "./preview";

/** A property that is one way and will be, or has become, another way. */
export interface Difference {
  property: string;
  old: unknown;
  new: unknown;
}

/** The inputs that are cleared where the program leaves them out; of the others the cloud keeps what it has. */
const CLEARED = ["description", "metadata", "isPublic", "timeouts"];

/** The inputs that a deployment changes. */
export function changedInputs({ before, after, reasons }: Change): Difference[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  const properties = new Set([...own(before.inputs), ...own(after.inputs)]);
  return [...properties]
    .map((property) => ({ property, old: current(before, property), new: after.inputs[property] }))
    .filter((difference) => reasons.includes(difference.property) || isChange(difference, before.inputs));
}

/** The inputs that are secret before and after: the engine does not tell whether they change. */
export function hiddenInputs({ before, after }: Change): string[] {
  return own(after?.inputs ?? {}).filter(
    (property) => isSecret(before?.inputs[property]) && isSecret(after?.inputs[property]),
  );
}

/** What was changed on the cloud since the stack recorded it; empty if the preview has not looked. */
export function drift({ recorded, before }: Change): Difference[] {
  if (recorded === undefined || before === undefined) {
    return [];
  }
  const properties = new Set([...own(recorded.outputs), ...own(before.outputs)]);
  return [...properties]
    .map((property) => ({ property, old: recorded.outputs[property], new: before.outputs[property] }))
    .filter((difference) => !isDeepStrictEqual(difference.old, difference.new));
}

/** The properties of the resource, without our own bookkeeping. */
export function own(properties: Record<string, unknown>): string[] {
  return Object.keys(properties).filter((property) => !property.startsWith("__"));
}

/** What the cloud has, which may be its own choice where the program said nothing. */
function current(before: State, property: string): unknown {
  return before.outputs[property] ?? before.inputs[property];
}

function isChange({ property, old, new: wanted }: Difference, inputs: State["inputs"]): boolean {
  const leftToCloud = wanted === undefined && !CLEARED.includes(property);
  return !leftToCloud && !isDeepStrictEqual(inputs[property], wanted) && !isSame(old, wanted);
}

/** True if two values say the same: lists are sets, and ids are written in any case. */
function isSame(old: unknown, wanted: unknown): boolean {
  return isDeepStrictEqual(comparable(old), comparable(wanted));
}

function comparable(given: unknown): unknown {
  return Array.isArray(given) ? new Set(given.map((item) => String(item).toLowerCase())) : given;
}

/** True if the value is a secret or has one in it. */
function isSecret(given: unknown): boolean {
  if (typeof given === "object" && given !== null) {
    return Object.values(given).some(isSecret);
  }
  return given === SECRET;
}
