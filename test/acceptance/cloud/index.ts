import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";

const account = z.object({
  userId: z.string(),
  userName: z.string(),
  password: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  /** The domain of both user and project. */
  domainId: z.string(),
  domainName: z.string(),
});

const keystoneContents = z.object({
  /** Keystone's address, without `/v3`. */
  authUrl: z.string(),
  /** A second Keystone on the same data, whose tokens live for 4 s. */
  shortLivedAuthUrl: z.string(),
  /** The region of all endpoints. */
  region: z.string(),
  /** Has the role admin in its project, its domain and the system. */
  admin: account,
  /** Member of its project, in the domain Default. */
  demo: account,
  /** Has only the role reader, in demo's project. */
  reader: account,
  /** User and project of the same names as demo's, in another domain. */
  partner: account,
  /** Member of another project in the domain Default. */
  other: account,
  /** Member of a project whose quota is one share group. */
  limited: account,
  /** Of demo's user and project. */
  applicationCredential: z.object({ id: z.string(), name: z.string(), secret: z.string() }),
  /**
   * A clouds.yaml with the entries admin, demo, reader, other and limited, and, for demo, short-lived (the second
   * Keystone) and application-credential.
   */
  cloudsFile: z.string(),
  /** The interpreter of a virtual environment that has OpenStack's own clients. */
  python: z.string(),
});

const contents = keystoneContents.extend({
  manila: z.object({
    /** Address up to and with `/v2`. */
    url: z.string(),
    /** Ids by name. */
    shareTypes: z.object({
      /** The server's default type. */
      default: z.string(),
      ssd: z.string(),
      /** Needs a share network. */
      share_servers: z.string(),
    }),
    /** Ids by name. */
    shareGroupTypes: z.object({
      /** The server's default type. Has consistent snapshots, and the share types default and ssd. */
      default: z.string(),
      /** The same, but without consistent snapshots. */
      inconsistent: z.string(),
      /** Has consistent snapshots, and the share type share_servers. */
      share_servers: z.string(),
      /** Its groups end in error. */
      unschedulable: z.string(),
    }),
    /** In demo's project. */
    shareNetworkId: z.string(),
  }),
});

/** A user and its project. */
export type Account = z.infer<typeof account>;

interface Stoppable {
  /** Stops all servers, and resolves when they have ended. */
  stop(): Promise<void>;
}

/** A running Keystone on loopback, with what is in it. Everything is gone once it is stopped. */
export type RealKeystone = z.infer<typeof keystoneContents> & Stoppable;

/** A running Keystone and Manila on loopback, with what is in them. Everything is gone once they are stopped. */
export type RealCloud = z.infer<typeof contents> & Stoppable;

/**
 * How long starting may take, in milliseconds: seconds when Keystone and Manila are in the user's cache, else
 * some minutes on a slow connection.
 */
export const startLimit = 15 * 60_000;

/**
 * Brings up a real Keystone and Manila. Says on stderr what it does. They end with this process if they are not stopped
 * before.
 *
 * @throws when they cannot be installed or started; what is missing is on stderr.
 */
export async function startCloud(): Promise<RealCloud> {
  const { printed, ...running } = await start();
  return { ...contents.parse(printed), ...running };
}

/** The same without Manila, which is faster. */
export async function startKeystone(): Promise<RealKeystone> {
  const { printed, ...running } = await start("--keystone");
  return { ...keystoneContents.parse(printed), ...running };
}

/** The `OS_*` variables that choose an entry of the cloud's clouds.yaml. */
export function entryOf({ cloudsFile }: RealKeystone, entry: string): Record<string, string> {
  return { OS_CLIENT_CONFIG_FILE: cloudsFile, OS_CLOUD: entry };
}

async function start(...options: string[]): Promise<{ printed: unknown } & Stoppable> {
  const script = join(__dirname, "cloud.sh");
  const child = spawn(script, options, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => undefined)]);
  if (line === undefined) {
    throw new Error(`The cloud did not start: ${script} said why on stderr, above.`);
  }
  return {
    printed: JSON.parse(line),
    // It runs for as long as its standard input is open.
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

async function firstLine(input: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input })) {
    return line;
  }
  return undefined;
}
