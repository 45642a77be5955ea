import { readFileSync } from "node:fs";
import { z } from "zod";
import { defaultSeed, defaultShareGroupTypes } from "./defaultSeed";

const uuid = z.uuid();
const roles = z.array(z.string().min(1));

const project = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });

const user = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  password: z.string().min(1),
  /** Has the role `admin` in every project, in the domain and in the system. */
  administrator: z.boolean().default(false),
  /** Project ids, and the user's roles in each. */
  roles: z.record(z.string(), roles).default({}),
});

const applicationCredential = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  secret: z.string().min(1),
  userId: z.string().min(1),
  projectId: z.string().min(1),
});

const shareType = z.strictObject({
  id: uuid,
  name: z.string().min(1),
  extraSpecs: z.record(z.string(), z.string()),
  isDefault: z.boolean().default(false),
});

const shareNetwork = z.strictObject({
  id: uuid,
  projectId: z.string().min(1),
  name: z.string().nullable().default(null),
});

const shareGroupType = z.strictObject({
  id: uuid,
  name: z.string().min(1),
  /** The share types its groups may have. */
  shareTypeIds: z.array(uuid).min(1),
  groupSpecs: z.record(z.string(), z.string()).default({}),
  isDefault: z.boolean().default(false),
});

/** A pool serves a share type when it has each of the type's extra specs among its capabilities. */
const pool = z.strictObject({
  name: z.string().min(1),
  capabilities: z.record(z.string(), z.string()),
  availabilityZone: z.string().min(1).default("nova"),
  /** Whose shares it can snapshot at one point in time; only groups whose type asks for this one care. */
  consistentSnapshotSupport: z.enum(["pool", "host"]).nullable().default("pool"),
});

/** How many share groups and snapshots of them a project may have; what is left out has no limit. */
const quota = z.strictObject({
  projectId: z.string().min(1),
  shareGroups: z.int().min(0).optional(),
  shareGroupSnapshots: z.int().min(0).optional(),
});

interface References {
  projects: { id: string }[];
  users: { id: string; roles: Record<string, string[]> }[];
  applicationCredentials: { userId: string; projectId: string }[];
  shareTypes: { id: string; isDefault: boolean }[];
  shareGroupTypes?: { shareTypeIds: string[]; isDefault: boolean }[] | undefined;
  shareNetworks: { projectId: string }[];
  quotas: { projectId: string }[];
}

/** What in a seed names something the seed does not have. */
function danglingReferences(seed: References): { path: PropertyKey[]; message: string }[] {
  const found: { path: PropertyKey[]; message: string }[] = [];
  const all = { project: seed.projects, user: seed.users, "share type": seed.shareTypes };
  const need = (kind: keyof typeof all, id: string, ...path: PropertyKey[]) => {
    const known: { id: string }[] = all[kind];
    if (!known.some((one) => one.id === id)) {
      found.push({ path, message: `there is no ${kind} with the id ${id}` });
    }
  };
  seed.users.forEach(({ roles }, index) => {
    for (const id of Object.keys(roles)) {
      need("project", id, "users", index, "roles");
    }
  });
  seed.applicationCredentials.forEach(({ userId, projectId }, index) => {
    need("user", userId, "applicationCredentials", index, "userId");
    need("project", projectId, "applicationCredentials", index, "projectId");
  });
  seed.shareNetworks.forEach(({ projectId }, index) => {
    need("project", projectId, "shareNetworks", index, "projectId");
  });
  seed.quotas.forEach(({ projectId }, index) => {
    need("project", projectId, "quotas", index, "projectId");
  });
  const { shareTypes, shareGroupTypes = [] } = seed;
  shareGroupTypes.forEach(({ shareTypeIds }, index) => {
    for (const id of shareTypeIds) {
      need("share type", id, "shareGroupTypes", index, "shareTypeIds");
    }
  });
  for (const [key, types] of Object.entries({ shareTypes, shareGroupTypes })) {
    if (types.filter(({ isDefault }) => isDefault).length > 1) {
      found.push({ path: [key], message: "only one can be the default" });
    }
  }
  return found;
}

const seedSchema = z
  .strictObject({
    projects: z.array(project).default(defaultSeed.projects),
    users: z.array(user).default(defaultSeed.users),
    applicationCredentials: z.array(applicationCredential).default(defaultSeed.applicationCredentials),
    shareTypes: z.array(shareType).default(defaultSeed.shareTypes),
    shareGroupTypes: z.array(shareGroupType).optional(),
    shareNetworks: z.array(shareNetwork).default(defaultSeed.shareNetworks),
    pools: z.array(pool).prefault(defaultSeed.pools),
    quotas: z.array(quota).default([]),
  })
  .check(({ value: seed, issues }) => {
    for (const { path, message } of danglingReferences(seed)) {
      issues.push({ code: "custom", path, message, input: seed });
    }
  })
  .transform((seed) => ({
    ...seed,
    // Whatever share types a seed brings, groups can be made of them.
    shareGroupTypes: seed.shareGroupTypes ?? defaultShareGroupTypes(seed.shareTypes),
  }));

/** What the cloud holds when it starts. Every part that is left out keeps its built-in value. */
export type SeedInput = z.input<typeof seedSchema>;

/** A seed with every part filled in. */
export type Seed = z.output<typeof seedSchema>;

/** A project of the seed. */
export type Project = Seed["projects"][number];

/** A user of the seed. */
export type User = Seed["users"][number];

/** A share type of the seed. */
export type ShareType = Seed["shareTypes"][number];

/** A share group type of the seed. */
export type ShareGroupType = Seed["shareGroupTypes"][number];

/** A project's quota of the seed. */
export type Quota = Seed["quotas"][number];

/** A pool of the seed: what a group's `host` names. */
export type Pool = Seed["pools"][number];

/**
 * Fills in and checks a seed.
 *
 * @param source what the seed came from, for the error
 * @throws Error naming `source` and each place that does not fit
 */
export function parseSeed(input: unknown, source = "seed"): Seed {
  const parsed = seedSchema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(`${source} is not a seed of the emulator:\n${z.prettifyError(parsed.error)}`);
}

/**
 * Reads a seed from a JSON file; docs/emulator.md has its form.
 *
 * @throws Error naming the file when it cannot be read, is not JSON or is not a seed
 */
export function readSeed(path: string): Seed {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read the seed file ${path}`, { cause: error });
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed file ${path} is not JSON`, { cause: error });
  }
  return parseSeed(content, `The seed file ${path}`);
}
