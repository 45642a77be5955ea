import { z } from "zod";

const properties = z.record(z.string(), z.unknown());

const state = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties.default({}),
  outputs: properties.default({}),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  /** The old resource is deleted before the new one is made. */
  pendingReplacement: z.boolean().optional(),
});

const step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});

const diagnostic = z.object({ message: z.string(), severity: z.string() });

const preview = z
  .object({
    steps: z.array(step).nullish(),
    diagnostics: z.array(diagnostic).nullish(),
    changeSummary: z.record(z.string(), z.number()).nullish(),
  })
  .refine(({ steps, diagnostics }) => steps ?? diagnostics, "there are neither steps nor diagnostics in it");

/** A resource as the engine knows it. Secrets are masked in it, and unknown values have a mark of their own. */
export type State = z.infer<typeof state>;

/** What the engine would do with a resource. */
export type Step = z.infer<typeof step>;

/** What `pulumi preview --json` prints. */
export type Preview = z.infer<typeof preview>;

/** Reads what `pulumi preview --json` has printed. */
export function parsePreview(text: string): Preview {
  if (text.trim() === "") {
    throw new Error("The preview is empty: the command that makes it has failed.");
  }
  const parsed = preview.safeParse(parseJson(text));
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(`This is not what "pulumi preview --json" prints:\n${z.prettifyError(parsed.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('This is not what "pulumi preview --json" prints: it is no JSON.', { cause });
  }
}
