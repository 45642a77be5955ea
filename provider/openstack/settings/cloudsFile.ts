import { z } from "zod";
import { type ConfigFileName, readConfigFile } from "./configFile";
import { readRecord, type SettingsRecord } from "./record";
import { SettingsError } from "./settingsError";
import type { SettingsSources } from "./sources";

/** Settings written `project-id` and `project_id` are the same, as they are for openstacksdk. */
const mapping = z
  .record(z.string(), z.unknown())
  .transform((map) =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll("-", "_"), value])),
  );

const region = z.union([
  z.string().transform((name) => ({ name, values: {} })),
  z.object({ name: z.string(), values: mapping.nullish() }),
]);

const entrySchema = mapping.pipe(
  z.looseObject({
    auth: mapping.nullish(),
    regions: z.array(region).nullish(),
    profile: z.string().nullish(),
    /** The profile's old name. */
    cloud: z.string().nullish(),
  }),
);

const clouds = z.record(z.string(), z.unknown()).nullish();
const fileSchema = z.object({ clouds, "public-clouds": clouds }).nullable();

/** The clouds in one file, not parsed yet: a flaw in one entry must not stand in the way of another. */
export interface CloudsFile {
  /** Its name and where it is, in words for a reader. */
  readonly title: (cloud: string) => string;
  readonly clouds: Readonly<Record<string, unknown>>;
}

/** One entry of one of the files, or the values of one of its regions. */
export interface Entry {
  readonly values: z.output<typeof entrySchema>;
  /** Which entry of which file, in words for a reader. */
  readonly origin: string;
}

/**
 * Reads the clouds of the first file of that name.
 * @throws SettingsError when the file is malformed
 */
export function readClouds(sources: SettingsSources, name: ConfigFileName): CloudsFile | undefined {
  const file = readConfigFile(sources, name);
  if (file === undefined) {
    return undefined;
  }
  const content = parsed(fileSchema, file.content, file.path);
  return {
    title: (cloud) => `${name}.yaml entry ${JSON.stringify(cloud)} in ${file.path}`,
    clouds: (name === "clouds-public" ? content?.["public-clouds"] : content?.clouds) ?? {},
  };
}

/**
 * The entry for a cloud, if the file has one.
 * @throws SettingsError when the entry is malformed
 */
export function findEntry(file: CloudsFile | undefined, cloud: string): Entry | undefined {
  return file !== undefined && Object.hasOwn(file.clouds, cloud)
    ? parseEntry(file.clouds[cloud], file.title(cloud))
    : undefined;
}

/**
 * Parses an entry, or the values of a region, which are written alike.
 * @throws SettingsError when it is malformed
 */
export function parseEntry(content: unknown, origin: string): Entry {
  return { values: parsed(entrySchema, content ?? {}, origin), origin };
}

/**
 * The settings of an entry, under `auth:` or beside it.
 * @throws SettingsError when one of them is not text
 */
export function entryRecord({ values, origin }: Entry): SettingsRecord {
  const problems: string[] = [];
  const read = (key: string): string | undefined => {
    const value = z
      .string()
      .nullish()
      .safeParse(values.auth?.[key] ?? values[key]);
    if (!value.success) {
      problems.push(`${key} of ${origin}: must be text, not a list or mapping.`);
    }
    return value.data ?? undefined;
  };
  const record = readRecord(
    (row) => row.cloudsYaml,
    read,
    (key) => `${key} of ${origin}`,
  );
  if (problems.length > 0) {
    throw malformed(problems);
  }
  return record;
}

/** zod's messages tell which kind of value was expected and which came, never the value. */
function parsed<Schema extends z.ZodType>(
  schema: Schema,
  content: unknown,
  origin: string,
): z.output<Schema> {
  const result = schema.safeParse(content);
  if (result.success) {
    return result.data;
  }
  throw malformed(
    result.error.issues.map(({ path, message }) => {
      const where = path.length > 0 ? `${path.join(".")} of ` : "";
      return `${where}${origin}: ${message}. Correct it there.`;
    }),
  );
}

function malformed(problems: readonly string[]): SettingsError {
  return new SettingsError("An OpenStack configuration file is malformed:", problems);
}
