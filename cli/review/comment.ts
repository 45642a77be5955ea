import type { Change } from "./change";
import { changesOf, goes, otherOperations, stackOf } from "./change";
import { consequences } from "./consequences";
import { changedInputs, drift, hiddenInputs, own } from "./differences";
import type { Difference } from "./differences";
import { code, codeBlock, enumeration, shortened, value } from "./markdown";
import { capitalized, identified, obstacles } from "./obstacles";
import type { Preview } from "./preview";

/** GitHub takes comments of 65,536 characters, the other forges longer ones. */
const LONGEST_COMMENT = 60_000;
const LONGEST_ERROR = 2_000;

/** The engine's operations, in the order of what a reviewer has to see first, and what is said of them. */
const OPERATIONS = new Map([
  ["replace", "replaced"],
  ["delete", "deleted"],
  ["update", "changed in place"],
  ["create", "created"],
]);

/** A comment for code review that tells what a preview means. */
export function comment(preview: Preview): string {
  const changes = changesOf(preview);
  const stack = stackOf(preview);
  const blocks = [
    marker(stack),
    `### Manila${stack === undefined ? "" : ` in ${code(stack)}`}: ${summary(preview, changes)}`,
    ...failures(preview),
    ...dangers(obstacles(changes)),
    ...[...OPERATIONS].flatMap(([operation, word]) => section(operation, capitalized(word), changes)),
    ...driftOnly(changes),
    ...remarks(preview, changes),
  ];
  return within(LONGEST_COMMENT, blocks);
}

/** It never changes for a stack, is not shown, and can't end early whatever the stack is called. */
function marker(stack: string | undefined): string {
  return `<!-- ${["pulumi-manila review", ...(stack === undefined ? [] : [encodeURI(stack)])].join(" ")} -->`;
}

function summary(preview: Preview, changes: Change[]): string {
  if (errorsOf(preview).length > 0) {
    return "the preview failed";
  }
  const counts = [...OPERATIONS].flatMap(([operation, word]) => {
    const count = changes.filter((change) => change.operation === operation).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.length === 0 ? "no changes" : counts.join(", ");
}

function errorsOf({ diagnostics }: Preview): string[] {
  return (diagnostics ?? []).flatMap(({ severity, message }) =>
    severity === "error" ? [message.trim()] : [],
  );
}

function failures(preview: Preview): string[] {
  const errors = errorsOf(preview);
  return errors.length === 0
    ? []
    : [codeBlock(shortened(errors.join("\n"), LONGEST_ERROR)), "What follows is not all that would change."];
}

function dangers(found: string[]): string[] {
  return found.length === 0 ? [] : ["**The deployment would fail**", ...found.map((line) => `- ${line}`)];
}

function section(operation: string, heading: string, all: Change[]): string[] {
  const changes = all.filter((change) => change.operation === operation);
  return changes.length === 0 ? [] : [`#### ${heading}`, ...changes.map((change) => entry(change, all))];
}

function entry(change: Change, all: Change[]): string {
  const lines = [
    ...(change.operation === "create"
      ? inputs(change)
      : changedInputs(change).map((each) => changed(change, each))),
    ...secrets(change),
    ...byHand(change),
    ...consequences(change, all),
  ];
  return [
    `- **${capitalized(change.noun)}** ${identified(change)}`,
    ...lines.map((line) => `  - ${line}`),
  ].join("\n");
}

function inputs({ after }: Change): string[] {
  const given = after?.inputs ?? {};
  return own(given).map((property) => `${code(property)}: ${value(given[property])}`);
}

function changed({ reasons }: Change, { property, old, new: wanted }: Difference): string {
  const replaces = reasons.includes(property) ? ", **replaces it**" : "";
  return `${code(property)}: ${value(old)} => ${value(wanted)}${replaces}`;
}

function secrets(change: Change): string[] {
  const hidden = change.operation === "update" ? hiddenInputs(change).map(code) : [];
  return hidden.length === 0 ? [] : [`Secret, so a change is not shown: ${enumeration(hidden)}`];
}

function byHand(change: Change): string[] {
  return drift(change).map(
    (each) =>
      `Changed on the cloud, and not by this stack: ${code(each.property)}: ${value(each.old)} => ${value(each.new)}`,
  );
}

/** What was changed on the cloud and the program has nothing against. */
function driftOnly(all: Change[]): string[] {
  const changes = all.filter((change) => change.operation === "same" && drift(change).length > 0);
  return changes.length === 0
    ? []
    : ["#### Changed on the cloud, and left as it is", ...changes.map((change) => entry(change, all))];
}

function remarks(preview: Preview, changes: Change[]): string[] {
  const others = [...otherOperations(preview)].map(
    ([op, count]) => `${count} ${OPERATIONS.get(op) ?? code(op)}`,
  );
  const going = changes.filter(goes);
  const hidden = hiddenResources(preview);
  return [
    ...(going.some(({ kind }) => kind === "ConsistencyGroup")
      ? [
          "Shares and snapshots that this stack does not declare are not seen here. They keep their group as well.",
        ]
      : []),
    ...(going.length > 0 && hidden > 0
      ? [
          `What stays as it is (${hidden}) is not in this preview: add \`--show-sames\` to see what is in the way.`,
        ]
      : []),
    ...(others.length === 0 ? [] : [`Other resources: ${others.join(", ")}.`]),
  ];
}

/** How many resources the preview has counted and not shown. */
function hiddenResources({ steps, changeSummary }: Preview): number {
  const shown = (steps ?? []).filter(({ op }) => op === "same").length;
  return (changeSummary?.same ?? 0) - shown;
}

/** As many of the blocks, from the first on, as there is room for. */
function within(longest: number, blocks: string[]): string {
  let length = 0;
  const overflow = blocks.findIndex((block) => (length += block.length + 2) > longest);
  const left = overflow < 0 ? 0 : blocks.length - overflow;
  const room = blocks.slice(0, blocks.length - left);
  const rest = left === 0 ? [] : [`There is no room for ${left} more paragraphs: see the preview itself.`];
  return `${[...room, ...rest].join("\n\n")}\n`;
}
