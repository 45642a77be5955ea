import { stripVTControlCharacters } from "node:util";
import { containsUnknown, UNKNOWN } from "../../provider/unknown";

const LONGEST_VALUE = 120;

/** Characters that are not seen, or that make others be seen in another order than they are in. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What is left of a character above U+FFFF that was cut in two. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** What the engine prints in place of a secret. */
export const SECRET = "[secret]";

/** A text as code: nothing in it is Markdown, HTML or a mention. */
export function code(text: string): string {
  const visible = escapeInvisible(text);
  const fence = "`".repeat(longestRun(visible) + 1);
  // A space at both ends goes away again; without it a backquote there would be taken for part of the fence.
  const space = /^[` ]|[` ]$/.test(visible) || visible === "" ? " " : "";
  return `${fence}${space}${visible}${space}${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(text: string): string {
  const lines = stripVTControlCharacters(text).trim().split("\n").map(escapeInvisible);
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}text`, ...lines, fence].join("\n");
}

/** A property's value on one line, and of bearable length. */
export function value(given: unknown): string {
  if (given === undefined) {
    return "none";
  }
  if (given === UNKNOWN) {
    return "*known after the deployment*";
  }
  if (given === SECRET) {
    return "*secret*";
  }
  const text = containsUnknown(given) ? JSON.stringify(given, withoutMark) : JSON.stringify(given);
  return code(shortened(text, LONGEST_VALUE));
}

/** The beginning of a text that is too long. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(HALF_CHARACTER, "")}…`;
}

/** Such as "a", "a and b" or "a, b and c". */
export function enumeration(items: string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

function withoutMark(_key: string, inside: unknown): unknown {
  return inside === UNKNOWN ? "known after the deployment" : inside;
}

function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `\\u{${point.toString(16)}}`;
  });
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
