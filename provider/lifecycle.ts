import type { Clock } from "./openstack/clock";
import { ManilaError } from "./openstack/errors";
import type { Manila } from "./openstack/manila";

/** What a lifecycle has of the world outside. */
export interface Outside {
  /** Gives the Manila of a region, without one that of the configured region. */
  connect(region?: string): Promise<Manila>;
  clock: Clock;
  /** Tells the user something that is no error. */
  tell(line: string): void;
}

/**
 * What every resource's `lifecycle.ts` offers: plain values in, plain values out, no Pulumi. `dynamic.ts` puts
 * Pulumi's dynamic provider on top; another front end could be put there without touching a lifecycle.
 */
export interface Lifecycle {
  /**
   * Refuses unusable inputs before anything is sent. Unknown preview values pass. It calls the cloud only about inputs
   * that are new since the `previous` ones and that not every cloud can honour.
   */
  check(inputs: Properties, previous: Properties): Promise<CheckResult>;
  /**
   * Compares the recorded state with the inputs that the program gives now. It calls the cloud only about names of
   * which the state does not tell the ids.
   */
  diff(id: string, state: Properties, inputs: Properties): Promise<DiffResult>;
  create(inputs: Properties): Promise<Created>;
  /** The resource as it is on the cloud now; undefined only if this very resource is gone. */
  read(id: string, state: Properties): Promise<Read | undefined>;
  update(id: string, state: Properties, inputs: Properties): Promise<Properties>;
  /** Comes back once the resource is gone; one that is gone already is no error. */
  delete(id: string, state: Properties): Promise<void>;
}

/** Property values as they come from a program or from a stack's state; each lifecycle parses its own. */
export type Properties = Record<string, unknown>;

export interface CheckResult {
  inputs: Properties;
  failures: CheckFailure[];
}

export interface CheckFailure {
  /** The input at fault, under the name the program uses. */
  property: string;
  reason: string;
}

export interface DiffResult {
  /** Every property that differs. */
  changes: string[];
  /** Those among them that can't be changed: the resource is replaced, the new one made before the old one goes. */
  replaces: string[];
}

export interface Created {
  id: string;
  state: Properties;
}

export interface Read extends Created {
  /** The inputs that would make the resource what it is now, so that the next preview shows drift by property. */
  inputs: Properties;
}

/** A resource that is not, or not where, it should be. The message says which, why and what to do. */
export class ResourceError extends ManilaError {}

/**
 * The resource exists on the cloud but is not what was asked for: it ended in `error`, or a wait ran out. It carries
 * what the stack must record so that nothing is lost.
 */
export class IncompleteError extends ManilaError {
  constructor(
    readonly id: string,
    readonly state: Properties,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
