import { containsUnknown } from "../../provider/unknown";
import type { Preview, State, Step } from "./preview";

/** What the resources of this package are called, by the last part of their type. */
const NOUNS = {
  ConsistencyGroup: "consistency group",
  ConsistencyGroupSnapshot: "snapshot",
  ConsistencyGroupSnapshotStatusReset: "reset of a snapshot's status",
  ConsistencyGroupStatusReset: "reset of a group's status",
  Share: "share",
};

/** What all their types begin with. */
const TYPES = "pulumi-nodejs:dynamic/manila:";

export type Kind = keyof typeof NOUNS;

/** What becomes of a resource of this package. */
export interface Change {
  kind: Kind;
  noun: string;
  /** Its name in the program. */
  name: string;
  urn: string;
  /** The engine's word: create, update, replace, delete, read or same. */
  operation: string;
  /** As it is now; absent of what is to be created. */
  before?: State;
  /** As the program wants it; absent of what is to be deleted. */
  after?: State;
  /** As the stack had it before the preview refreshed it; absent if it did not. */
  recorded?: State;
  /** The inputs that make it be replaced. */
  reasons: string[];
}

/** The changes of this package's resources, those that stay as they are included as far as the preview tells. */
export function changesOf({ steps }: Preview): Change[] {
  const all = steps ?? [];
  const refreshed = new Map(all.filter(isRefresh).map((step) => [step.urn, step]));
  const planned = new Map(all.filter((step) => !isRefresh(step)).map((step) => [step.urn, step]));
  return [...new Map([...refreshed, ...planned]).values()].flatMap((step) =>
    changeOf(step, isRefresh(step) ? undefined : refreshed.get(step.urn)),
  );
}

/** How many resources of other packages there are for each operation that does something. */
export function otherOperations({ steps }: Preview): Map<string, number> {
  const counts = new Map<string, number>();
  const others = (steps ?? []).filter(
    ({ urn, op }) => kindOf(urn) === undefined && !isStack(urn) && !["same", "read", "refresh"].includes(op),
  );
  for (const { op } of others) {
    counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  return counts;
}

/** True if the resource goes from the cloud, be it for another one. */
export function goes({ operation, before }: Change): boolean {
  return (operation === "delete" || operation === "replace") && before?.retainOnDelete !== true;
}

/**
 * True if a replacement is announced for inputs only that are not known yet and may come out as they are: a preview
 * counts every output of a resource that is changed in place as unknown.
 */
export function mayStay(change: Change, all: Change[]): boolean {
  const { operation, after, reasons } = change;
  return (
    operation === "replace" &&
    reasons.length > 0 &&
    reasons.every((reason) => containsUnknown(after?.inputs[reason]) && !comesFromNew(change, reason, all))
  );
}

/** The resources that an input comes from. */
export function sources({ after }: Change, input: string): string[] {
  return after?.propertyDependencies?.[input] ?? [];
}

/** True if an input comes from a resource that will be another one. */
function comesFromNew(change: Change, input: string, all: Change[]): boolean {
  return all.some(
    (other) =>
      sources(change, input).includes(other.urn) &&
      (other.operation === "create" || (other.operation === "replace" && !mayStay(other, all))),
  );
}

function changeOf(step: Step, refresh: Step | undefined): Change[] {
  const kind = kindOf(step.urn);
  if (kind === undefined) {
    return [];
  }
  return [
    {
      kind,
      noun: NOUNS[kind],
      name: nameOf(step.urn),
      urn: step.urn,
      operation: isRefresh(step) ? "same" : step.op,
      before: step.oldState ?? undefined,
      after: step.newState ?? undefined,
      recorded: refresh?.oldState ?? undefined,
      reasons: step.replaceReasons ?? [],
    },
  ];
}

function isRefresh({ op }: Step): boolean {
  return op === "refresh";
}

/** A URN is `urn:pulumi:STACK::PROJECT::TYPE::NAME`, where the type has those of the parents in front, each with a $. */
function kindOf(urn: string): Kind | undefined {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = type.startsWith(TYPES) ? type.slice(TYPES.length) : undefined;
  return isKind(kind) ? kind : undefined;
}

function isKind(type = ""): type is Kind {
  return Object.hasOwn(NOUNS, type);
}

function isStack(urn: string): boolean {
  return urn.split("::")[2] === "pulumi:pulumi:Stack";
}

/** The name is all that follows the type, and may have colons in it. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The stack of the preview, such as `shop/production`; undefined if no resource tells. */
export function stackOf({ steps }: Preview): string | undefined {
  const [stack, project] = steps?.[0]?.urn.replace("urn:pulumi:", "").split("::") ?? [];
  return stack === undefined || project === undefined ? undefined : `${project}/${stack}`;
}
