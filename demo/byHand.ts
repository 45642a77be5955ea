import type { Emulator } from "../emulator";
import { systemClock } from "../provider/openstack/clock";
import { Cloud } from "../provider/openstack/cloud";

/** The cloud, for what somebody does there without Pulumi. */
export function cloudOf(
  cloud: Pick<Emulator, "environment">,
  configuration: Record<string, string> = {},
): Cloud {
  const sources = {
    configuration: (key: string) => configuration[key],
    environment: cloud.environment(),
    readFile: () => undefined,
    workingDirectory: "/",
    home: "/",
    platform: process.platform,
  };
  return new Cloud(sources, systemClock, (line) => {
    console.error(line);
  });
}
