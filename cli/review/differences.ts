import { isDeepStrictEqual } from "node:util";
import { IMMUTABLE as IMMUTABLE_OF_GROUPS } from "../../provider/consistencyGroup/schema";
import { IMMUTABLE as IMMUTABLE_OF_SNAPSHOTS } from "../../provider/consistencyGroupSnapshot/schema";
import { IMMUTABLE as IMMUTABLE_OF_SHARES } from "../../provider/share/schema";
import type { Change, Kind } from "./change";
import { SECRET } from "./markdown";
import type { State } from "./preview";

/** A property that is one way and will be, or has become, another way. */
export interface Difference {
  property: string;
  old: unknown;
  new: unknown;
}

/** What the API can't change. Where that differs and yet replaces nothing, program and cloud mean the same. */
const FIXED: Record<Kind, readonly string[]> = {
  ConsistencyGroup: [...IMMUTABLE_OF_GROUPS, "importId"],
  ConsistencyGroupSnapshot: [...IMMUTABLE_OF_SNAPSHOTS, "importId"],
  ConsistencyGroupSnapshotStatusReset: [],
  ConsistencyGroupStatusReset: [],
  Share: [...IMMUTABLE_OF_SHARES, "importId"],
};

/** The inputs that a deployment changes. */
export function changedInputs(change: Change): Difference[] {
  const { kind, before, after, reasons } = change;
  if (before === undefined || after === undefined) {
    return [];
  }
  const properties = new Set([...own(before.inputs), ...own(after.inputs)]);
  const variable = [...properties].filter((property) => !FIXED[kind].includes(property));
  const replacing = reasons.filter((reason) => properties.has(reason));
  return [...replacing, ...variable.filter((property) => !reasons.includes(property))]
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
  // A share whose size the program leaves out keeps the one it has.
  const isKept = property === "size" && wanted === undefined;
  return !isKept && !isDeepStrictEqual(inputs[property], wanted) && !isDeepStrictEqual(old, wanted);
}

/** True if the value is a secret or has one in it. */
function isSecret(given: unknown): boolean {
  if (typeof given === "object" && given !== null) {
    return Object.values(given).some(isSecret);
  }
  return given === SECRET;
}
