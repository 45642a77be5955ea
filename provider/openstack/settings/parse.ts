import type { z } from "zod";
import { tlsSchema } from "./certificates";
import type { CloudSettings } from "./cloudSettings";
import { connectionSchema } from "./connection";
import { loginSchema } from "./login";
import type { SettingsRecord } from "./record";
import { SettingsError } from "./settingsError";
import type { SettingsSources } from "./sources";
import { keysOf, type SettingName, settings } from "./table";
import { settingNames } from "./values";

/**
 * Makes settings of what the sources say together.
 * @throws SettingsError listing all problems, each with where its values come from
 */
export function parseSettings(record: SettingsRecord, sources: SettingsSources): CloudSettings {
  const values = {
    ...defaults,
    ...Object.fromEntries([...record].map(([name, { value }]) => [name, value])),
  };
  // The parts are parsed each on its own, so that a problem in one does not hide those in another.
  const connection = connectionSchema.safeParse(values);
  const login = loginSchema.safeParse(values);
  const tls = tlsSchema(sources).safeParse(values);
  if (connection.success && login.success && tls.success) {
    return { ...connection.data, ...login.data, tls: tls.data };
  }
  const issues = [connection, login, tls].flatMap(({ error }) => error?.issues ?? []);
  const named = record.get("cloud") ?? record.get("authUrl");
  throw new SettingsError(
    `The OpenStack connection settings cannot be used. The cloud is named by ${named?.origin ?? "nothing"}:`,
    issues.map((issue) => describe(issue, record)),
  );
}

const defaults = Object.fromEntries(
  settings.flatMap((row) => (row.default === undefined ? [] : [[row.name, row.default]])),
);

/** The path of an issue names the settings it is about. */
function describe({ path, message }: z.core.$ZodIssue, record: SettingsRecord): string {
  const names = path.flatMap((name) => settingNames.safeParse(name).data ?? []);
  return `${names.map((name) => whereIs(name, record)).join(" and ")}: ${message}`;
}

function whereIs(name: SettingName, record: SettingsRecord): string {
  return record.get(name)?.origin ?? `${name} (${keysOf(name)})`;
}
