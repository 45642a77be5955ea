import { z } from "zod";
import type { Change, Kind } from "./change";
import { goes, mayStay } from "./change";
import { code, enumeration } from "./markdown";

const member = z.object({ id: z.string(), shareId: z.string() });

const members = z.array(member).catch([]);

/** What a group has, as opposed to what only refers to it. */
const PARTS: Kind[] = ["Share", "ConsistencyGroupSnapshot"];

/** Why the deployment would fail: what goes although something stays that Manila does not part it from. */
export function obstacles(all: Change[]): string[] {
  return all.filter(goes).flatMap((change) => {
    const inTheWay = [...staying(change, all), ...unseen(change, all)];
    if (inTheWay.length === 0) {
      return [];
    }
    const condition = mayStay(change, all) ? "If it is replaced: " : "";
    const subject = `${capitalized(change.noun)} ${identified(change)}`;
    return [`${condition}${subject} can't be deleted. ${rule(change)} ${inTheWay.join(" ")}`];
  });
}

/** The shares and snapshots of the stack that a group has, or the snapshots that a share is in. */
export function attached(change: Change, all: Change[]): Change[] {
  const id = change.before?.id;
  return all.filter(({ kind, before }) =>
    change.kind === "ConsistencyGroup"
      ? PARTS.includes(kind) && id !== undefined && before?.outputs.consistencyGroupId === id
      : change.kind === "Share" && membersOf(before).some(({ shareId }) => shareId === id),
  );
}

/** Such as `database` (`0247…`). */
export function identified({ name, before }: Change): string {
  return before?.id === undefined ? code(name) : `${code(name)} (${code(before.id)})`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rule({ kind }: Change): string {
  return kind === "ConsistencyGroup"
    ? "Manila answers 409 as long as the group has shares or snapshots."
    : "Manila keeps a share as long as it is in a snapshot of its group.";
}

function staying(change: Change, all: Change[]): string[] {
  const stay = attached(change, all).filter((other) => !goes(other));
  return stay.length === 0
    ? []
    : [
        `${stay.length === 1 ? "This stays" : "These stay"}: ` +
          `${enumeration(stay.map((other) => `${other.noun} ${identified(other)}${why(other)}`))}. ` +
          "Delete or replace what is in the way in the same change, or leave this as it is.",
      ];
}

function why({ operation }: Change): string {
  return operation === "delete" || operation === "replace" ? ", kept on the cloud by retainOnDelete" : "";
}

/** A share never leaves its group, so one that a snapshot tells of is there, whether the preview has it or not. */
function unseen(change: Change, all: Change[]): string[] {
  if (change.kind !== "ConsistencyGroup") {
    return [];
  }
  const seen = new Set(all.map(({ before }) => before?.id));
  const strangers = attached(change, all)
    .flatMap(({ before }) => membersOf(before))
    .filter(({ shareId }) => !seen.has(shareId))
    .map(({ shareId }) => code(shareId));
  return [
    ...(strangers.length === 0
      ? []
      : [
          `Its snapshots tell of shares that are not in this preview: ${enumeration([...new Set(strangers)])}.`,
        ]),
    ...copies(change, all),
  ];
}

/** A group that was made from a snapshot starts with a copy of each share in it. */
function copies(change: Change, all: Change[]): string[] {
  const source = all.find(
    ({ before }) => before !== undefined && before.id === change.before?.outputs.sourceCgsnapshotId,
  );
  const adopted = new Set(
    attached(change, all).map(({ before }) => before?.outputs.sourceCgsnapshotMemberId),
  );
  const missing = membersOf(source?.before).filter(({ id }) => !adopted.has(id));
  return source === undefined || missing.length === 0
    ? []
    : [
        `It was made from snapshot ${identified(source)}, and ${missing.length} of the copies that it started with ` +
          "are not in this preview: unless somebody has deleted them, they are in the way.",
      ];
}

function membersOf(state: Change["before"]): z.infer<typeof members> {
  return members.parse(state?.outputs.members);
}
