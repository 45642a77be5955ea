import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { durationText } from "./duration";
import type { CheckFailure, CheckResult, Properties } from "./lifecycle";
import { separateUnknown } from "./unknown";

const LONGEST_TEXT = 255;

/** A text that Manila can store: it answers 500 to characters outside the Basic Multilingual Plane. */
export const storable = z
  .string()
  .regex(
    /^[^\uD800-\uDFFF]*$/,
    "must not contain emoji or other characters above U+FFFF: Manila's database can't store them",
  );

/**
 * A name or a description. Manila answers 500 to texts of more than 255 characters; everything else, padding and the
 * empty text included, it keeps as it is.
 */
export const text = storable.max(LONGEST_TEXT, {
  error: ({ input }) =>
    `must be at most ${LONGEST_TEXT} characters long, and has ${typeof input === "string" ? input.length : "more"}`,
});

/** An id, in any case of letters. */
export const uuid = z.guid({
  error: ({ input }) =>
    input === undefined
      ? "must be given"
      : 'must be an id (a UUID such as "7c22b22d-9738-4ece-ada9-292618616425")',
});

/** The region whose Manila keeps a resource. */
export const region = z.string().min(1, "must not be empty");

/** How long operations may take. A setting of ours, of which the cloud knows nothing. */
export const timeouts = z.strictObject({
  create: durationText.optional(),
  update: durationText.optional(),
  delete: durationText.optional(),
});

export type Timeouts = z.infer<typeof timeouts>;

/** What a stack records of every kind of resource. */
export const commonState = {
  name: z.string().optional(),
  description: z.string().optional(),
  status: z.string(),
  createdAt: z.string().optional(),
  projectId: z.string().optional(),
  region: z.string().optional(),
  timeouts: timeouts.optional(),
  /** The inputs that the program left to the cloud. */
  __defaults: z.array(z.string()).optional(),
  /** Set until it has been available once: up to then it holds nothing. */
  __creating: z.literal(true).optional(),
};

/** What every kind of resource takes. */
export const commonInputs = {
  name: text.optional(),
  description: text.optional(),
  importId: uuid.optional(),
  region: region.optional(),
  timeouts: timeouts.optional(),
};

/** Leaves out properties that hold nothing: to Manila a null is a value, and often a refused one. */
export function given(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Parses what is known of the inputs; a failure for each problem, and no word on values that a preview can't know. */
export function checkInputs(schema: z.ZodType, properties: Properties): CheckResult {
  const inputs = given(properties);
  const { known, unknown } = separateUnknown(inputs);
  const issues = schema.safeParse(known).error?.issues ?? [];
  // An input that must be given is given, even if its value is not known yet.
  const founded = issues.filter(({ path: [property = ""] }) => !(property in unknown));
  return {
    inputs,
    failures: founded.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => failure([...issue.path, key], "is not an input of this resource"))
        : [failure(issue.path, issue.message)],
    ),
  };
}

/** The engine shows one whole input and the reason, so the reason says where inside the input the problem is. */
function failure([property, ...inside]: PropertyKey[], problem: string): CheckFailure {
  const place = inside.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return {
    property: String(property),
    reason: place === "" ? problem : `${String(property)}${place} ${problem}`,
  };
}

/** True unless both texts say the same. A text that is left out says as much as an empty one. */
export function otherText(wanted = "", actual = ""): boolean {
  return wanted !== actual;
}

/** True if an id is wanted, and it is not the actual one. */
export function otherId(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted !== undefined && wanted.toLowerCase() !== actual?.toLowerCase();
}

/** True if ids are wanted, and they are not the actual ones; order, case and repetition do not count. */
export function otherIds(wanted: string[] = [], actual: string[]): boolean {
  return wanted.length > 0 && !isDeepStrictEqual(setOfIds(wanted), setOfIds(actual));
}

/** The ids as a set in a fixed order, so that a server's changing order is no change in the state. */
export function setOfIds(ids: string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}

/** What people call a resource, and what it is for. */
export interface Texts {
  /** A name for people. By default none. */
  name?: string;
  /** What it is for. By default none. */
  description?: string;
}

/** Texts to send. Null clears one. */
export interface TextChanges {
  /** The name; null clears it. */
  name?: string | null;
  /** The description; null clears it. */
  description?: string | null;
}

/** The texts to send, null for one that the program leaves out; undefined if there is nothing to send. */
export function changedTexts(state: Texts, inputs: Texts): TextChanges | undefined {
  const changes: TextChanges = {
    ...(otherText(inputs.name, state.name) && { name: inputs.name ?? null }),
    ...(otherText(inputs.description, state.description) && { description: inputs.description ?? null }),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}

/** Those of the inputs that the program leaves out and the cloud has a value for; undefined if there are none. */
export function leftToCloud(
  names: readonly string[],
  inputs: Properties,
  outputs: Properties,
): string[] | undefined {
  const defaults = names.filter((name) => isLeftOut(inputs[name]) && outputs[name] !== undefined);
  return defaults.length > 0 ? defaults : undefined;
}

/** The inputs that would make the outputs, without those that the program leaves to the cloud. */
export function inputsWithout(defaults: string[] = [], outputs: Properties): Properties {
  return given(Object.fromEntries(Object.entries(outputs).filter(([name]) => !defaults.includes(name))));
}

function isLeftOut(input: unknown): boolean {
  return input === undefined || (Array.isArray(input) && input.length === 0);
}

/** The names of the properties that are said to differ. */
export function differing(differs: Record<string, boolean>): string[] {
  return Object.entries(differs).flatMap(([property, different]) => (different ? [property] : []));
}
