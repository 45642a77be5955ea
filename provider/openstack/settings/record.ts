import type { SettingRow } from "./settingRow";
import { type SettingName, settings } from "./table";

/** The text of a setting, as a source wrote it, and where that was, in words for a reader. */
export interface Setting {
  readonly value: string;
  readonly origin: string;
}

/** What one source, or several laid over each other, say: the form in which every source is read. */
export type SettingsRecord = ReadonlyMap<SettingName, Setting>;

/**
 * Reads every setting that a source holds.
 * @param keys the keys a setting has in this source, best first; the first with a value counts.
 * @param read the value under a key. An empty one counts as none, as it does for OpenStack's own tools.
 * @param origin says in words where a key is.
 */
export function readRecord(
  keys: (row: SettingRow<SettingName>) => readonly string[],
  read: (key: string) => string | undefined,
  origin: (key: string) => string,
): SettingsRecord {
  const record = new Map<SettingName, Setting>();
  for (const row of settings) {
    const found = keys(row).flatMap((key) => {
      const value = read(key);
      return value === undefined || value === "" ? [] : [{ value, origin: origin(key) }];
    });
    if (found[0] !== undefined) {
      record.set(row.name, found[0]);
    }
  }
  return record;
}

const credentials: readonly (readonly SettingName[])[] = [
  ["password"],
  ["token"],
  ["applicationCredentialId", "applicationCredentialName", "applicationCredentialSecret"],
];

/** Ways of saying the same thing: an upper layer that says it one way unsays what a lower one says another way. */
const alternatives: readonly (readonly (readonly SettingName[])[])[] = [
  credentials,
  [["userId"], ["userName"]],
  [["tenantId"], ["tenantName"]],
  [["userDomainId"], ["userDomainName"]],
  [["projectDomainId"], ["projectDomainName"]],
  [["domainId"], ["domainName"]],
  [["applicationCredentialId"], ["applicationCredentialName"]],
  [["insecure"], ["verify"]],
];

/** Lays `upper` over `lower`: of a setting in both, the upper one counts. */
export function overlay(upper: SettingsRecord, lower: SettingsRecord): SettingsRecord {
  const unsaid = new Set(alternatives.flatMap((ways) => unsaidBy(upper, ways)));
  // The lower layer's way of logging in belongs to its credentials.
  if (credentials.flat().some((name) => unsaid.has(name) && lower.has(name))) {
    unsaid.add("authType");
  }
  return new Map([...[...lower].filter(([name]) => !unsaid.has(name)), ...upper]);
}

function unsaidBy(upper: SettingsRecord, ways: readonly (readonly SettingName[])[]): readonly SettingName[] {
  const isSaid = (way: readonly SettingName[]): boolean => way.some((name) => upper.has(name));
  return ways.some(isSaid) ? ways.filter((way) => !isSaid(way)).flat() : [];
}

/** Only what `record` says about this process, nothing about a cloud. */
export function processSettings(record: SettingsRecord): SettingsRecord {
  const names = new Set(settings.filter((row) => row.process).map((row) => row.name));
  return new Map([...record].filter(([name]) => names.has(name)));
}
