import { z } from "zod";

const properties = z.record(z.string(), z.unknown());

/** A resource as the engine writes it, in a state or in a preview; whatever else it has stays with it. */
const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  provider: z.string().optional(),
  inputs: properties.default({}),
  outputs: properties.optional(),
});

export type Resource = z.infer<typeof resource>;

const exported = z.looseObject({
  deployment: z.looseObject({
    manifest: z.looseObject({ time: z.iso.datetime({ offset: true }) }),
    resources: z.array(resource).default([]),
    pending_operations: z.array(z.looseObject({ type: z.string(), resource })).default([]),
  }),
});

/** What `pulumi stack export` prints. */
export type Exported = z.infer<typeof exported>;

const preview = z.object({
  steps: z.array(z.object({ op: z.string(), newState: resource.nullish() })).default([]),
});

export function parseExported(text: string): Exported {
  return parse(exported, "pulumi stack export", text);
}

/** Of a replacement a preview tells the latter only with `--show-replacement-steps`. */
const CREATIONS = ["create", "replace", "create-replacement"];

/** The resources that a preview announces to be made. */
export function parseCreations(text: string): Resource[] {
  return parse(preview, "pulumi preview --json", text).steps.flatMap(({ op, newState }) =>
    CREATIONS.includes(op) && newState ? [newState] : [],
  );
}

function parse<Content>(schema: z.ZodType<Content>, command: string, text: string): Content {
  const parsed = schema.safeParse(jsonOf(command, text));
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(`This is not what "${command}" prints:\n${z.prettifyError(parsed.error)}`);
}

function jsonOf(command: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`This is not what "${command}" prints: it is no JSON.`, { cause });
  }
}
