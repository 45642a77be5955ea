import type { Clock } from "../clock";
import type { Quota } from "../seed";
import type { BackEnd } from "./backEnd";
import type { Database } from "./database";

/** What the resources work on. */
export interface Cloud {
  database: Database;
  backEnd: BackEnd;
  clock: Clock;
  /** Ids of what is created. */
  newId: () => string;
  quotas: readonly Quota[];
  /** Their names. */
  availabilityZones: readonly string[];
}
