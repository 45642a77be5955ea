import { startEmulator } from "../../emulator";
import type { Emulator, EmulatorSettings } from "../../emulator";
import { ConsistencyGroupLifecycle } from "../../provider/consistencyGroup/lifecycle";
import { ConsistencyGroupSnapshotLifecycle } from "../../provider/consistencyGroupSnapshot/lifecycle";
import { dynamicProvider } from "../../provider/dynamic";
import type { DynamicProvider } from "../../provider/dynamic";
import { Cloud } from "../../provider/openstack/cloud";
import { ShareLifecycle } from "../../provider/share/lifecycle";
import { fastClock } from "./fastClock";

/** What no log, error or state may show, besides tokens. */
const PASSWORD = "correct horse battery staple";
const TOKENS_BEGIN_WITH = "gAAAAA";

/** How long one request may take: long enough for a busy machine, since this alone is real time. */
const REQUEST_TIMEOUT = "3s";

/** An emulated cloud with a password of its own. */
export async function startCloud(settings: EmulatorSettings = {}): Promise<Emulator> {
  const emulator = await startEmulator(settings);
  emulator.seed.users.forEach((user) => (user.password = PASSWORD));
  return emulator;
}

/** Whether a text holds a password or a token. */
export function holdsSecret(text: string): boolean {
  return text.includes(PASSWORD) || text.includes(TOKENS_BEGIN_WITH);
}

/** The providers of one process of the engine's plugin, which share a cloud. */
export type Plugin = Record<Kind, DynamicProvider>;

export type Kind = "group" | "snapshot" | "share";

/** Starts what Pulumi starts for each operation. `log` takes every line that it writes. */
export function startPlugin(emulator: Emulator, log: (line: string) => void, user = "member"): Plugin {
  const configuration: Partial<Record<string, string>> = {
    "manila:requestTimeout": REQUEST_TIMEOUT,
    "manila:debug": "true",
  };
  const sources = {
    configuration: (key: string) => configuration[key],
    environment: emulator.environment(user),
    readFile: () => undefined,
    workingDirectory: "/",
    home: "/",
    platform: process.platform,
  };
  const cloud = new Cloud(sources, fastClock, log);
  const outside = { connect: (region?: string) => cloud.manila(region), clock: fastClock, tell: log };
  const configured = (): void => undefined;
  return {
    group: dynamicProvider(new ConsistencyGroupLifecycle(outside), configured),
    snapshot: dynamicProvider(new ConsistencyGroupSnapshotLifecycle(outside), configured),
    share: dynamicProvider(new ShareLifecycle(outside), configured),
  };
}
