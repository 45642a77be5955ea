import type { Emulator } from "../emulator";
import { systemClock } from "../provider/openstack/clock";
import { Cloud } from "../provider/openstack/cloud";
import type { Manila } from "../provider/openstack/manila";

/** The emulator's Manila, for what somebody does there without Pulumi. */
export async function manilaOf(emulator: Emulator): Promise<Manila> {
  const sources = {
    configuration: () => undefined,
    environment: emulator.environment(),
    readFile: () => undefined,
    workingDirectory: "/",
    home: "/",
    platform: process.platform,
  };
  const cloud = new Cloud(sources, systemClock, (line) => {
    console.error(line);
  });
  return await cloud.manila();
}
