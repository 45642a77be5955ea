import { systemClock } from "./clock";
import { Cloud } from "./cloud";
import { processSources } from "./settings";
import type { SettingsSources } from "./settings";

/** The cloud that configuration, environment and files of this process lead to. */
export function newCloud(
  configuration: SettingsSources["configuration"],
  tell: (line: string) => void,
): Cloud {
  return new Cloud(processSources(configuration), systemClock, tell);
}
