import type { Change } from "./change";
import { goes, mayStay, nameOf, sources } from "./change";
import { code, enumeration, value } from "./markdown";
import { attached, identified } from "./obstacles";

/** What a change means, beyond the inputs that differ. */
export function consequences(change: Change, all: Change[]): string[] {
  switch (change.operation) {
    case "replace":
      return [
        ...failedCreation(change),
        ...reservation(change, all),
        order(change),
        NEW[change.kind](change),
        ...end(change, all),
      ];
    case "delete":
      return end(change, all);
    case "update":
      return [...waiting(change), ...shrinking(change)];
    case "create":
      return change.recorded === undefined
        ? []
        : ["It was deleted on the cloud, and not by this stack: it is made again."];
    default:
      return [];
  }
}

/** What the new resource is like, for each kind. */
const NEW: Record<Change["kind"], (change: Change) => string> = {
  ConsistencyGroup: ({ after }) =>
    `${
      after?.inputs.sourceCgsnapshotId === undefined
        ? "The new group is empty"
        : "The new group starts with copies of the shares in its source snapshot"
    }: shares and snapshots do not move into it.`,
  ConsistencyGroupSnapshot: () => "The new snapshot is of the shares as they are at the deployment.",
  Share: ({ after }) =>
    after?.inputs.sourceCgsnapshotMemberId !== undefined
      ? "It stands for the copy in its group, which is adopted."
      : after?.inputs.snapshotId !== undefined
        ? "The new share starts with a copy of its snapshot."
        : "The new share is empty: no data are copied.",
  ConsistencyGroupStatusReset: () => "The status is reset again.",
};

/** What is lost with the old resource, for each kind. */
const LOST: Record<Change["kind"], string | undefined> = {
  ConsistencyGroup: undefined,
  ConsistencyGroupSnapshot: "what it holds",
  Share: "its data",
  ConsistencyGroupStatusReset: undefined,
};

function failedCreation({ reasons, before }: Change): string[] {
  return reasons.includes("status")
    ? [`Its status is ${value(before?.outputs.status)}: its creation has failed, so nothing is lost with it.`]
    : [];
}

/** A preview announces the worst. */
function reservation(change: Change, all: Change[]): string[] {
  if (!mayStay(change, all)) {
    return [];
  }
  const inputs = enumeration(change.reasons.map(code));
  const urns = new Set(change.reasons.flatMap((reason) => sources(change, reason)));
  const changing =
    urns.size === 0 ? "" : `, as ${enumeration([...urns].map((urn) => code(nameOf(urn))))} changes`;
  return [
    `**May not happen**: ${inputs} is known only after the deployment${changing}. If it comes out as it is, nothing is replaced.`,
  ];
}

function order({ before }: Change): string {
  return before?.pendingReplacement === true
    ? "The old one is deleted **before** the new one is made."
    : "The new one is made before the old one is deleted.";
}

function end(change: Change, all: Change[]): string[] {
  const old = change.operation === "replace" ? "The old one" : "It";
  if (!goes(change)) {
    return [`${old} stays on the cloud, and leaves the stack: \`retainOnDelete\`.`];
  }
  if (change.before?.protect === true) {
    return [`${old} is protected, so the deployment fails.`];
  }
  const lost = LOST[change.kind];
  return [
    ...(lost === undefined ? [] : [`${old} is deleted, and ${lost} with it.`]),
    ...contents(change, all),
  ];
}

function contents(change: Change, all: Change[]): string[] {
  const inIt = change.kind === "ConsistencyGroup" ? attached(change, all) : [];
  const fates = inIt.map((other) => `${other.noun} ${identified(other)} ${fate(other, all)}`);
  return fates.length === 0 ? [] : [`In it: ${fates.join("; ")}.`];
}

function fate(change: Change, all: Change[]): string {
  if (!goes(change)) {
    return "stays";
  }
  if (change.operation === "delete") {
    return "is deleted";
  }
  return mayStay(change, all) ? "is perhaps replaced" : "is replaced";
}

/** A resource that has not come to rest is changed even if no input differs. */
function waiting({ before }: Change): string[] {
  const status = before?.outputs.status;
  return status === undefined || status === "available"
    ? []
    : [`Its status is ${value(status)}: the deployment waits for "available", or fails and says what to do.`];
}

function shrinking({ before, after }: Change): string[] {
  const [old, wanted] = [before?.outputs.size, after?.inputs.size];
  return typeof old === "number" && typeof wanted === "number" && wanted < old
    ? ["It shrinks, which fails where its back end can't do that or it holds more."]
    : [];
}
