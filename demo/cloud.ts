import { startEmulator } from "../emulator";
import { startCloud } from "../test/acceptance/cloud";
import { startWatchingProxy } from "../test/acceptance/watchingProxy";

const PROVISIONING_MILLISECONDS = 1_000;
const SSD = "22222222-2222-4222-8222-222222222222";

/** The cloud under the demo. */
export interface DemoCloud {
  /** Id of a share type that is not the default one. */
  readonly otherShareType: string;
  /** The `OS_*` variables that lead to it. */
  environment(): Record<string, string>;
  /** The methods of the requests to Manila since the last call. */
  methods(): string[];
  stop(): Promise<void>;
}

/** The emulator, with consistency groups. */
export async function startEmulatedCloud(): Promise<DemoCloud> {
  const emulator = await startEmulator({ delayMilliseconds: PROVISIONING_MILLISECONDS });
  return {
    otherShareType: SSD,
    environment: () => emulator.environment(),
    methods: () => {
      const requests = emulator.requests.list().filter(({ kind }) => !kind.includes("/auth/tokens"));
      emulator.requests.reset();
      return requests.map(({ method }) => method);
    },
    stop: () => emulator.stop(),
  };
}

/** A real Keystone and Manila, with share groups. Manila is reached through a proxy, which sees the requests. */
export async function startRealCloud(): Promise<DemoCloud> {
  const cloud = await startCloud();
  const { demo, manila } = cloud;
  const proxy = await startWatchingProxy(new URL(manila.url).origin);
  let seen = 0;
  return {
    otherShareType: manila.shareTypes.ssd,
    environment: () => ({
      OS_AUTH_URL: cloud.authUrl,
      OS_USERNAME: demo.userName,
      OS_PASSWORD: demo.password,
      OS_PROJECT_NAME: demo.projectName,
      OS_SHARED_FILE_SYSTEM_ENDPOINT_OVERRIDE: `${proxy.url}/v2`,
    }),
    methods: () => {
      const requests = proxy.exchanges.slice(seen);
      seen = proxy.exchanges.length;
      return requests.map(({ method }) => method);
    },
    stop: async () => {
      await proxy.stop();
      await cloud.stop();
    },
  };
}
