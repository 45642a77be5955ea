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
 * @param passedOver what else is set, in sources after the one that names the cloud
 * @throws SettingsError listing all problems, each with where its values come from
 */
export function parseSettings(
  record: SettingsRecord,
  sources: SettingsSources,
  passedOver: SettingsRecord,
): CloudSettings {
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
    issues.map((issue) => describe(issue, record, passedOver)),
  );
}

const defaults = Object.fromEntries(
  settings.flatMap((row) => (row.default === undefined ? [] : [[row.name, row.default]])),
);

/** The path of an issue names the settings it is about. */
function describe(
  { path, message }: z.core.$ZodIssue,
  record: SettingsRecord,
  passedOver: SettingsRecord,
): string {
  const names = path.flatMap((name) => settingNames.safeParse(name).data ?? []);
  const elsewhere = names.flatMap((name) => (record.has(name) ? [] : (passedOver.get(name)?.origin ?? [])));
  const hint = elsewhere.map(
    (origin) => ` ${origin} is set but not used, because it does not name this cloud.`,
  );
  return `${names.map((name) => whereIs(name, record)).join(" and ")}: ${message}${hint.join("")}`;
}

function whereIs(name: SettingName, record: SettingsRecord): string {
  return record.get(name)?.origin ?? `${name} (${keysOf(name)})`;
}
