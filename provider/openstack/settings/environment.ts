import { processSettings, readRecord, type SettingsRecord } from "./record";
import type { SettingsSources } from "./sources";

/** Everything the `OS_*` variables say, whether or not they name a cloud. */
export function environmentRecord({ environment }: SettingsSources): SettingsRecord {
  return readRecord(
    (row) => row.environment,
    (key) => environment[key],
    (key) => `${key} (environment)`,
  );
}

/**
 * What of the environment holds. The variables describe a cloud of their own, as they do for openstacksdk: they
 * say nothing about an entry of clouds.yaml, neither about that of OS_CLOUD nor about any other.
 */
export function environmentCloud(record: SettingsRecord): SettingsRecord {
  const cloud = record.get("cloud");
  if (cloud !== undefined) {
    return new Map([["cloud", cloud], ...processSettings(record)]);
  }
  return record.has("authUrl") ? record : processSettings(record);
}
