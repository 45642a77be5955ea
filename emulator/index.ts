import { randomUUID } from "node:crypto";
import { Schedule, type Clock } from "./clock";
import { FaultsOnDemand } from "./faultsOnDemand";
import { environmentOf } from "./environment";
import { keystone } from "./keystone";
import { Tokens } from "./keystone/tokens";
import { IDENTITY } from "./keystone/views";
import { manila } from "./manila";
import { BackEnd } from "./manila/backEnd";
import type { Cloud } from "./manila/cloud";
import { Database, type Caller } from "./manila/database";
import type { GenerationName } from "./manila/generation";
import { RateLimit } from "./rateLimit";
import { RequestLog } from "./requests";
import { parseSeed, type Seed, type SeedInput } from "./seed";
import { newServer } from "./server";

export type { Clock } from "./clock";
export type { GenerationName } from "./manila/generation";
export { readSeed, type Seed, type SeedInput } from "./seed";
export { ANOTHER_ID, type FaultKind, type FaultOnDemand } from "./faultsOnDemand";
export type { RequestLog, RequestRecord } from "./requests";

/** How the emulator behaves; every setting has a default. */
export interface EmulatorSettings {
  /** Which API the cloud has for groups; default `consistencyGroups`. */
  generation?: GenerationName;
  /** The port on 127.0.0.1; default 0, a free one. */
  port?: number;
  /** How long the back end takes to create or delete something, in milliseconds; default 0. */
  delayMilliseconds?: number;
  /** How long every request takes on top, in milliseconds; default 0. */
  latencyMilliseconds?: number;
  /** How many requests Manila answers within a second; it refuses others with 429. Default: all. */
  requestsPerSecond?: number;
  /** How long a token is in force, in milliseconds; default one hour. */
  tokenLifetimeMilliseconds?: number;
  /** What the cloud holds at first; each part left out has its built-in value. */
  seed?: SeedInput;
  /** The time; default the system's. Tokens and the back end follow it. */
  clock?: Clock;
  /** Ids of what is created; default random UUIDs. */
  newId?: () => string;
  /** Is given one line for each request: method, path, status, duration, project. Default: nobody is. */
  log?: (line: string) => void;
}

/** A running emulator. */
export interface Emulator {
  /** Where Manila is served, for example `http://127.0.0.1:8786`. */
  readonly url: string;
  /** What OS_AUTH_URL is to be: where Keystone is served, without `/v3`. */
  readonly authUrl: string;
  /** What the cloud held at first. */
  readonly seed: Seed;
  /** What was called. */
  readonly requests: RequestLog;
  /** The scheduler and back end, with switches that make them fail. */
  readonly backEnd: BackEnd;
  /** What is to go wrong on the way to the services and back. */
  readonly faults: FaultsOnDemand;
  /** The tokens in force. */
  readonly tokens: Tokens;
  /** The `OS_*` variables that lead a user into a project; by default the first of each that fit together. */
  readonly environment: (userName?: string) => Record<string, string>;
  /** Does what the operator's upgrade from consistency groups to share groups does; addresses, tokens and ids stay. */
  readonly upgrade: () => void;
  /** Closes everything at once, kept-alive connections too. */
  stop: () => Promise<void>;
}

const HOUR = 3_600_000;

/**
 * Starts Keystone and Manila on 127.0.0.1.
 *
 * @throws Error when the seed is not one, or the port is taken
 */
export async function startEmulator(settings: EmulatorSettings = {}): Promise<Emulator> {
  const { port = 0, clock = Date.now, tokenLifetimeMilliseconds = HOUR, log } = settings;
  const { newId = randomUUID, delayMilliseconds = 0, latencyMilliseconds = 0 } = settings;
  const { generation = "consistencyGroups", requestsPerSecond } = settings;
  // A copy of its own: a test may change a password, and must not change that of the next emulator.
  const seed = structuredClone(parseSeed(settings.seed ?? {}));
  const requests = new RequestLog();
  const schedule = new Schedule(clock);
  const tokens = new Tokens(clock, tokenLifetimeMilliseconds);
  const database = newDatabase(generation, seed, clock, newId);
  const backEnd = new BackEnd(database, schedule, clock, seed.pools, newId, delayMilliseconds);
  const availabilityZones = [...new Set(seed.pools.map((pool) => pool.availabilityZone))];
  const cloud: Cloud = { database, backEnd, clock, newId, quotas: seed.quotas, availabilityZones };
  const faults = new FaultsOnDemand();
  const rateLimit = requestsPerSecond === undefined ? undefined : new RateLimit(clock, requestsPerSecond);
  const app = newServer({ requests, faults, rateLimit, schedule, database, latencyMilliseconds, log });
  app.register(
    (scope, _options, done) => {
      keystone(scope, seed, tokens);
      done();
    },
    { prefix: IDENTITY },
  );
  manila(app, cloud, (token) => callerOf(tokens, token));
  const url = await app.listen({ host: "127.0.0.1", port });
  const authUrl = `${url}${IDENTITY}`;
  const environment = (userName?: string) => environmentOf(authUrl, seed, userName);
  const upgrade = () => {
    schedule.runDue();
    database.upgrade();
  };
  const stop = () => app.close();
  return { url, authUrl, seed, requests, backEnd, faults, tokens, environment, upgrade, stop };
}

function newDatabase(generation: GenerationName, seed: Seed, clock: Clock, newId: () => string): Database {
  const database = new Database(generation, seed.shareTypes, seed.shareGroupTypes);
  const unknown = { description: null, updatedAt: null, neutronNetId: null, neutronSubnetId: null };
  for (const network of seed.shareNetworks) {
    const own = { novaNetId: null, subnetId: newId(), createdAt: clock() };
    database.shareNetworks.add({ ...network, ...unknown, ...own });
  }
  return database;
}

function callerOf(tokens: Tokens, id: string): Caller | null | undefined {
  const token = tokens.find(id);
  if (token === undefined) {
    return undefined;
  }
  if (token.scope.kind !== "project") {
    return null;
  }
  const isAdmin = token.roles.includes("admin");
  return {
    userId: token.user.id,
    projectId: token.scope.project.id,
    isAdmin,
    mayWrite: isAdmin || token.roles.includes("member"),
  };
}
