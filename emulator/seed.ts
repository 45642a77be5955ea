import { readFileSync } from "node:fs";
import { z } from "zod";
import { defaultSeed } from "./defaultSeed";

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

/** A pool serves a share type when it has each of the type's extra specs among its capabilities. */
const pool = z.strictObject({ name: z.string().min(1), capabilities: z.record(z.string(), z.string()) });

interface References {
  projects: { id: string }[];
  users: { id: string; roles: Record<string, string[]> }[];
  applicationCredentials: { userId: string; projectId: string }[];
  shareTypes: { isDefault: boolean }[];
  shareNetworks: { projectId: string }[];
}

/** What in a seed names something the seed does not have. */
function danglingReferences(seed: References): { path: PropertyKey[]; message: string }[] {
  const found: { path: PropertyKey[]; message: string }[] = [];
  const need = (kind: "project" | "user", id: string, ...path: PropertyKey[]) => {
    const known = kind === "project" ? seed.projects : seed.users;
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
  if (seed.shareTypes.filter(({ isDefault }) => isDefault).length > 1) {
    found.push({ path: ["shareTypes"], message: "only one share type can be the default" });
  }
  return found;
}

const seedSchema = z
  .strictObject({
    projects: z.array(project).default(defaultSeed.projects),
    users: z.array(user).default(defaultSeed.users),
    applicationCredentials: z.array(applicationCredential).default(defaultSeed.applicationCredentials),
    shareTypes: z.array(shareType).default(defaultSeed.shareTypes),
    shareNetworks: z.array(shareNetwork).default(defaultSeed.shareNetworks),
    pools: z.array(pool).default(defaultSeed.pools),
  })
  .check(({ value: seed, issues }) => {
    for (const { path, message } of danglingReferences(seed)) {
      issues.push({ code: "custom", path, message, input: seed });
    }
  });

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
