import { ManilaError } from "./openstack/errors";

/**
 * What every resource's `lifecycle.ts` offers: plain values in, plain values out, no Pulumi. `dynamic.ts` puts
 * Pulumi's dynamic provider on top; another front end could be put there without touching a lifecycle.
 */
export interface Lifecycle {
  /** Refuses unusable inputs before anything is sent. Makes no call. Unknown preview values pass. */
  check(inputs: Properties): CheckResult;
  /** Compares the recorded state with the inputs that the program gives now. Makes no call. */
  diff(state: Properties, inputs: Properties): DiffResult;
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
