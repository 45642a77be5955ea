import { readRecord, type SettingsRecord } from "./record";
import type { SettingsSources } from "./sources";

/** What the arguments of an explicit provider say. */
export function providerRecord({ configuration }: SettingsSources): SettingsRecord {
  return readRecord(
    (row) => (row.namespace === undefined ? [] : [`provider:${row.name}`]),
    configuration,
    (key) => `${key} (explicit provider)`,
  );
}

/** What the stack's configuration says, under the keys of `@pulumi/openstack` and under our own. */
export function stackRecord({ configuration }: SettingsSources): SettingsRecord {
  return readRecord(
    (row) => (row.namespace === undefined ? [] : [`${row.namespace}:${row.name}`]),
    configuration,
    (key) => `${key} (stack configuration)`,
  );
}
