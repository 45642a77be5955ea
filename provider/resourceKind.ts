import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { differing, given, inputsWithout, leftToCloud, otherId, otherText } from "./inputs";
import type { Texts, Timeouts } from "./inputs";
import type { DiffResult, Properties } from "./lifecycle";
import type { Manila } from "./openstack/manila";
import { AVAILABLE, ERROR } from "./provisioning";
import type { Provisioned } from "./provisioning";
import type { Described } from "./wire";

/** What a program can say of every kind of resource. */
export interface CommonInputs extends Texts, Properties {
  /** The one that is there already and is to be taken over. */
  importId?: string;
  forceDelete?: boolean;
  region?: string;
  timeouts?: Timeouts;
}

/** What a stack records of every kind of resource; of one that `get` looks up, next to nothing is known. */
export interface CommonState extends Texts, Properties {
  status?: string;
  projectId?: string;
  forceDelete?: boolean;
  region?: string;
  timeouts?: Timeouts;
  /** The inputs that the program left to the cloud. */
  __defaults?: string[];
  /** Set until it has been available once: up to then it holds nothing. */
  __creating?: true;
}

/** What is known of everything that is made. */
export type Made = Provisioned & Described;

interface Schemas<Inputs, State> {
  inputs: z.ZodType<Inputs>;
  /** Of inputs of which a preview does not know all. */
  knownInputs: z.ZodType<Inputs>;
  state: z.ZodType<State>;
  /** Of a state of which a look-up does not know all. */
  knownState: z.ZodType<State>;
}

/**
 * How inputs, state and cloud relate, in what all kinds of resources have in common. Nothing here calls anybody. What is
 * special about a kind is in its own `lifecycle.ts`.
 */
export abstract class ResourceKind<
  Resource extends Made,
  Inputs extends CommonInputs,
  State extends CommonState,
> {
  protected abstract readonly schemas: Schemas<Inputs, State>;
  /** What the API can't change: another value means another resource. */
  protected abstract readonly immutable: readonly string[];
  /** What a resource is made from or in, and never has by default. */
  protected abstract readonly origin: readonly string[];
  /** Settings of ours, of which the cloud knows nothing. */
  protected readonly settings: readonly string[] = ["timeouts", "forceDelete"];

  /** Whether program and state disagree in each of the properties that only this kind has. */
  protected abstract ownDifferences(state: State, inputs: Inputs): Record<string, boolean>;

  /** The inputs of only this kind that would make the resource what it is. */
  protected abstract ownInputs(resource: Resource, state: State): Properties;

  /** What the stack records of a resource besides our own settings. */
  protected abstract outputs(resource: Resource, inputs: Properties, before: State): Properties;

  /** What of a promise an available resource does not keep; undefined if it keeps all. */
  protected breach(_manila: Manila, _resource: Resource, _inputs: Properties): string | undefined {
    return undefined;
  }

  /** The recorded value of an immutable input. */
  protected actual(state: State, property: string): unknown {
    return state[property];
  }

  /** What the cloud chooses where the program does not say. */
  protected get optional(): readonly string[] {
    return this.immutable;
  }

  /** The properties of which another value means another resource. */
  protected replacing(_state: State, _inputs: Inputs): readonly string[] {
    return [...this.immutable, "importId"];
  }

  /** What changes, and what of it can only change by making another resource. */
  protected diffOf(state: State, inputs: Inputs, changes: string[]): DiffResult {
    // What has never been available is not in use: a new resource in its place loses nothing.
    const failed = state.__creating && state.status === ERROR ? ["status"] : [];
    const replacing = new Set([...this.replacing(state, inputs), ...failed]);
    const distinct = [...new Set(changes)];
    return { changes: distinct, replaces: distinct.filter((property) => replacing.has(property)) };
  }

  /** A state that holds no more than this. */
  protected stateOf(known: CommonState): State {
    return this.schemas.knownState.parse(known);
  }

  /** What the stack records; what a reply does not hold stays as it was recorded before. */
  protected record(manila: Manila, resource: Resource, inputs: Properties, before: State): State {
    const { region } = manila;
    const outputs = { ...this.outputs(resource, inputs, before), region, ...this.settingsIn(inputs) };
    const usable = resource.status === AVAILABLE && this.breach(manila, resource, inputs) === undefined;
    return this.schemas.state.parse(
      given({
        ...outputs,
        __defaults: leftToCloud(this.optional, inputs, outputs),
        __creating: usable ? undefined : before.__creating,
      }),
    );
  }

  /** The inputs that would make the resource what it is now, without those that the program leaves to the cloud. */
  protected inputsFor({ region }: Manila, resource: Resource, state: State): Properties {
    const { name, description } = resource;
    const own = this.ownInputs(resource, state);
    return inputsWithout(state.__defaults, { name, description, ...own, region, ...this.settingsIn(state) });
  }

  /** The properties in which program and state disagree. */
  protected differences(id: string, state: State, inputs: Inputs): string[] {
    // A text that the program leaves out is empty; anything else left out is the cloud's choice, and stays as it is.
    return differing({
      name: otherText(inputs.name, state.name),
      description: otherText(inputs.description, state.description),
      ...this.ownDifferences(state, inputs),
      region: inputs.region !== undefined && inputs.region !== state.region,
      importId: otherId(inputs.importId, id),
      ...Object.fromEntries(
        this.settings.map((name) => [name, !isDeepStrictEqual(inputs[name], state[name])]),
      ),
      // One that lacks what was promised is available, too, and its creation has not ended well.
      status: state.status !== AVAILABLE || state.__creating !== undefined,
    });
  }

  protected settingsIn(properties: Properties): Properties {
    return Object.fromEntries(this.settings.map((name) => [name, properties[name]]));
  }

  /** Whether a resource is what these inputs make: where they say nothing of its origin, it has none. */
  protected isLike(manila: Manila, resource: Resource, inputs: Inputs): boolean {
    const state = this.record(manila, resource, inputs, this.stateOf({}));
    const differs = this.ownDifferences(state, inputs);
    return (
      resource.projectId === manila.projectId &&
      !otherText(inputs.name, resource.name) &&
      !otherText(inputs.description, resource.description) &&
      !this.immutable.some((property) => differs[property]) &&
      this.origin.every((property) => inputs[property] !== undefined || state[property] === undefined)
    );
  }
}
