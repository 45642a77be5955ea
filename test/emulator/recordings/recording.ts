import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const exchange = z.object({
  name: z.string(),
  /** Seconds since the recording began. */
  at: z.number(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.json(),
  }),
  response: z.object({
    status: z.number(),
    reason: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.json(),
  }),
});

/** What a server held before it was recorded. */
export const recordedSeed = z.object({
  share_types: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      extra_specs: z.record(z.string(), z.string()),
      is_default: z.boolean(),
    }),
  ),
  share_group_types: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        group_specs: z.record(z.string(), z.string()),
        share_types: z.array(z.string()),
        is_default: z.boolean(),
      }),
    )
    .optional(),
  share_networks: z.array(z.object({ id: z.string(), project_id: z.string(), name: z.string().nullish() })),
  pools: z.array(z.string()),
  quotas: z
    .array(z.object({ project_id: z.string(), share_groups: z.int(), share_group_snapshots: z.int() }))
    .default([]),
});

const recording = z.object({
  seed: recordedSeed,
  exchanges: z.array(exchange),
});

/** One request to the real server, and its reply. Tokens read role:project. */
export type Exchange = z.output<typeof exchange>;

/** What was recorded from a real Manila. */
export type Recording = z.output<typeof recording>;

/** Reads a recording beside this file. */
export function readRecording(name: string): Recording {
  const text = readFileSync(join(__dirname, `${name}.json`), "utf8");
  return recording.parse(JSON.parse(text));
}
