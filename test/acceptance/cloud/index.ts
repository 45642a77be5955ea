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

const idsByName = z.record(z.string(), z.string());

const contents = z.object({
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
  /** User and project of the same names as demo's, in another domain. */
  partner: account,
  /** Member of another project in the domain Default. */
  other: account,
  /** Of demo's user and project. */
  applicationCredential: z.object({ id: z.string(), name: z.string(), secret: z.string() }),
  /** Absent where only Keystone was started. */
  manila: z
    .object({
      /** Address up to and with `/v2`. */
      url: z.string(),
      /** `default` (also the server's default type) and `share_servers` (needs a share network). */
      shareTypes: idsByName,
      /** `default` (consistent snapshots), `share_servers`, and `unschedulable`, whose groups end in error. */
      shareGroupTypes: idsByName,
      /** In demo's project. */
      shareNetworkId: z.string(),
    })
    .optional(),
});

/** A user and its project. */
export type Account = z.infer<typeof account>;

/** A running Keystone and Manila on loopback, with what is in them. Everything is gone once they are stopped. */
export interface RealCloud extends z.infer<typeof contents> {
  /** Stops all servers, and resolves when they have ended. */
  stop(): Promise<void>;
}

/**
 * How long starting may take, in milliseconds: seconds when Keystone and Manila are in the user's cache, else
 * some minutes on a slow connection.
 */
export const startLimit = 15 * 60_000;

/**
 * Brings up a real Keystone and Manila, or only Keystone, which is faster. Says on stderr what it does. They end with
 * this process if they are not stopped before.
 *
 * @throws when they cannot be installed or started; what is missing is on stderr.
 */
export async function startCloud({ manila = true } = {}): Promise<RealCloud> {
  const script = join(__dirname, "cloud.sh");
  const child = spawn(script, manila ? [] : ["--keystone"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => undefined)]);
  if (line === undefined) {
    throw new Error(`The cloud did not start: ${script} said why on stderr, above.`);
  }
  return {
    ...contents.parse(JSON.parse(line)),
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
