import { connectionSettings } from "./connectionSettings";
import { loginSettings } from "./loginSettings";
import type { SettingRow } from "./settingRow";

type Row = (typeof loginSettings | typeof connectionSettings)[number];

/** The name of a setting. */
export type SettingName = Row["name"];

/** The name of a setting that a stack's configuration or a provider can hold. */
export type ConfigurableName = Extract<Row, { namespace: string }>["name"];

/** All settings there are, in the order in which they are documented. */
export const settings: readonly SettingRow<SettingName>[] = [...loginSettings, ...connectionSettings];

/** The keys under which a setting can be given, for a reader who has to set it. */
export function keysOf(name: SettingName): string {
  return settings
    .filter((row) => row.name === name)
    .flatMap((row) => [
      ...(row.namespace === undefined ? [] : [`${row.namespace}:${row.name}`]),
      ...row.environment,
      ...row.cloudsYaml.slice(0, 1).map((key) => `${key} in clouds.yaml`),
    ])
    .join(", ");
}
