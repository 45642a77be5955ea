import type { Change, Kind } from "./change";
import { goes, mayStay, nameOf, sources } from "./change";
import { code, enumeration, value } from "./markdown";
import { attached, identified } from "./obstacles";
import type { State } from "./preview";

/** What a change means, beyond the inputs that differ. */
export function consequences(change: Change, all: Change[]): string[] {
  switch (change.operation) {
    case "replace":
      return [
        ...failedCreation(change),
        ...reservation(change, all),
        ...novelty(change),
        ...end(change, all),
      ];
    case "delete":
      return end(change, all);
    case "update":
      return [...waiting(change), ...shrinking(change)];
    case "create":
      return [...adoption(change), ...again(change)];
    default:
      return [];
  }
}

/** What the new resource is like, and when it is there. */
function novelty(change: Change): string[] {
  const { kind, before } = change;
  const isReset = kind === "ConsistencyGroupStatusReset" || kind === "ConsistencyGroupSnapshotStatusReset";
  if (isReset) {
    return ["The status is reset again."];
  }
  const order =
    before?.pendingReplacement === true
      ? "The old one is deleted **before** the new one is made."
      : "The new one is made before the old one is deleted.";
  const adopted = adoption(change);
  return [order, ...(adopted.length > 0 ? adopted : [content(kind, change.after?.inputs ?? {})])];
}

/** What is there already is not made. */
function adoption({ after }: Change): string[] {
  const { importId, sourceCgsnapshotMemberId } = after?.inputs ?? {};
  return [
    ...(importId === undefined ? [] : ["It is there already, and is taken over."]),
    ...(sourceCgsnapshotMemberId === undefined
      ? []
      : ["It is the copy that its group has, and is taken over."]),
  ];
}

/** What a new resource has in it. */
function content(kind: Kind, { sourceCgsnapshotId, snapshotId }: State["inputs"]): string {
  if (kind === "ConsistencyGroup") {
    const start =
      sourceCgsnapshotId === undefined ? "is empty" : "starts with copies of the shares in its snapshot";
    return `The new group ${start}: shares and snapshots do not move into it.`;
  }
  if (kind === "Share") {
    return snapshotId === undefined
      ? "The new share is empty: no data are copied."
      : "The new share starts with a copy of its snapshot.";
  }
  return "The new snapshot is of the shares as they are at the deployment.";
}

function again({ recorded }: Change): string[] {
  return recorded === undefined
    ? []
    : ["It was deleted on the cloud, and not by this stack: it is made again."];
}

/** What is lost with the old resource, for each kind. */
const LOST: Partial<Record<Kind, string>> = { ConsistencyGroupSnapshot: "what it holds", Share: "its data" };

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
