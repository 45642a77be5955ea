import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import {
  changedTexts,
  checkInputs,
  differing,
  given,
  inputsWithout,
  leftToCloud,
  otherId,
  otherText,
} from "./inputs";
import type { TextChanges, Texts, Timeouts } from "./inputs";
import { Creations } from "./creation";
import type { Creation } from "./creation";
import { remove } from "./deletion";
import { IncompleteError, ResourceError } from "./lifecycle";
import type {
  CheckFailure,
  CheckResult,
  Created,
  DiffResult,
  Lifecycle,
  Outside,
  Properties,
  Read,
} from "./lifecycle";
import { isMissing } from "./openstack/errors";
import type { Manila } from "./openstack/manila";
import { allPages } from "./openstack/paging";
import {
  AVAILABLE,
  beginOperation,
  confirmGone,
  diffResult,
  inOwnProject,
  named,
  noSuchResource,
  unlessDone,
  unlessMissing,
  untilAvailable,
  updateTimeout,
} from "./provisioning";
import type { Operation, Provisioned, ProvisionedApi } from "./provisioning";
import { separateUnknown } from "./unknown";
import { Watcher } from "./watching";

/** By how much the clocks of an API's servers may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5_000;

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
interface Made extends Texts {
  projectId: string;
  createdAt?: string;
}

export interface Schemas<Inputs, State> {
  inputs: z.ZodType<Inputs>;
  /** Of inputs of which a preview does not know all. */
  knownInputs: z.ZodType<Inputs>;
  state: z.ZodType<State>;
  /** Of a state of which a look-up does not know all. */
  knownState: z.ZodType<State>;
}

/** The requests that a life needs. */
export interface LivingApi<Resource extends Provisioned> extends ProvisionedApi<Resource> {
  update(id: string, changes: TextChanges): Promise<Resource>;
}

/**
 * The life that all kinds of resources have in common, from check to delete. What is special about a kind is in its own
 * `lifecycle.ts`.
 */
export abstract class ResourceLifecycle<
  Resource extends Provisioned & Made,
  Inputs extends CommonInputs,
  State extends CommonState,
  Api extends LivingApi<Resource>,
> implements Lifecycle {
  protected abstract readonly schemas: Schemas<Inputs, State>;
  /** What the API can't change: another value means another resource. */
  protected abstract readonly immutable: readonly string[];
  /** What a resource is made from or in, and never has by default. */
  protected abstract readonly origin: readonly string[];
  /** Settings of ours, of which the cloud knows nothing. */
  protected readonly settings: readonly string[] = ["timeouts", "forceDelete"];
  private readonly watchers = new WeakMap<Manila, Watcher<Resource>>();

  private readonly creations: Creations<Resource>;

  constructor(protected readonly outside: Outside) {
    this.creations = new Creations(outside);
  }

  async check(properties: Properties, previous: Properties): Promise<CheckResult> {
    const { inputs, failures } = checkInputs(this.schemas.inputs, properties);
    return { inputs, failures: [...failures, ...(await this.incoherent(inputs, previous))] };
  }

  async diff(id: string, stateProperties: Properties, inputProperties: Properties): Promise<DiffResult> {
    // What is in the state is not what a creation has lost, even if the one is made to take the place of the other.
    this.creations.claim(id);
    const state = this.schemas.state.parse(stateProperties);
    const { known, unknown } = separateUnknown(given(inputProperties));
    const inputs = await this.resolved(this.schemas.knownInputs.parse(known), state);
    // What is not known yet may turn out to be anything, so the preview announces the worst.
    const changes = [...this.differences(id, state, inputs), ...Object.keys(unknown)];
    return diffResult(state, changes, this.replacing(state, inputs));
  }

  async create(properties: Properties): Promise<Created> {
    const inputs = await this.resolved(this.schemas.inputs.parse(properties), this.stateOf({}));
    const operation = await this.begin(this.stateOf({ region: inputs.region }), inputs.timeouts?.create);
    return inputs.importId === undefined
      ? await this.make(operation, inputs)
      : await this.adopt(operation, await toAdopt(operation, inputs.importId), inputs);
  }

  async read(id: string, properties: Properties): Promise<Read | undefined> {
    // `get` brings nothing but the id, and perhaps a region.
    const state = this.schemas.knownState.parse(properties);
    const operation = await this.begin(state);
    const { api, watcher } = operation;
    const seen = await inOwnProject(operation, id, state.projectId, () => watcher.read(id));
    const resource = await whole(api, seen);
    if (resource === undefined) {
      confirmGone(operation, id, state);
      return undefined;
    }
    const inputs = this.inputsFor(resource, operation, state);
    return { id, state: this.record(operation, resource, inputs, state), inputs };
  }

  async update(id: string, stateProperties: Properties, inputProperties: Properties): Promise<Properties> {
    const state = this.schemas.state.parse(stateProperties);
    const inputs = await this.resolved(this.schemas.inputs.parse(inputProperties), state);
    const changes = this.differences(id, state, inputs);
    if (state.__creating === undefined && changes.every((property) => this.settings.includes(property))) {
      return given({ ...state, ...this.settingsIn(inputs) });
    }
    const operation = await this.begin(state, updateTimeout(state, inputs.timeouts));
    return await this.writing(operation, id, state, () => this.bringTo(operation, id, state, inputs));
  }

  async delete(id: string, properties: Properties): Promise<void> {
    if (this.creations.hasTakenOver(id)) {
      // "pulumi up --replace" has taken over the same one again, and it must outlive the record that is replaced.
      return;
    }
    const state = this.schemas.knownState.parse(properties);
    const operation = await this.begin(state, state.timeouts?.delete);
    await this.writing(operation, id, state, () => remove(operation, id, state));
  }

  /** What the project has on the cloud as these inputs would make it, made since a moment of the server's clock. */
  async alike(properties: Properties, since: number): Promise<Resource[]> {
    const inputs = await this.resolved(this.schemas.inputs.parse(properties), this.stateOf({}));
    const operation = await this.begin(this.stateOf({ region: inputs.region }));
    const all = await allPages((offset) => operation.api.page(offset));
    return all.filter((each) => isSince(since, each) && this.isLike(operation, each, inputs));
  }

  /** `state` is what is recorded of the one resource that is meant. */
  protected abstract api(manila: Manila, state: State): Api;

  /** Prepares a creation; what it gives asks for the new one. */
  protected abstract creation(
    operation: Operation<Resource, Api>,
    inputs: Inputs,
  ): Promise<() => Promise<Resource>>;

  /** Whether program and state disagree in each of the properties that only this kind has. */
  protected abstract ownDifferences(state: State, inputs: Inputs): Record<string, boolean>;

  /** The inputs of only this kind that would make the resource what it is. */
  protected abstract ownInputs(resource: Resource, state: State): Properties;

  /** Inputs that exclude each other, or that this cloud can't honour. Only what differs from before may cost a call. */
  protected incoherent(_inputs: Properties, _previous: Properties): CheckFailure[] | Promise<CheckFailure[]> {
    return [];
  }

  /** The inputs with ids in place of names. `connect` is called only where the state does not tell the id. */
  protected resolve(
    inputs: Inputs,
    _state: State,
    _connect: () => Promise<Manila>,
  ): Inputs | Promise<Inputs> {
    return inputs;
  }

  /** What the stack records of a resource besides our own settings. */
  protected abstract outputs(resource: Resource, inputs: Properties, before: State): Properties;

  /** What of a promise an available resource does not keep; undefined if it keeps all. */
  protected breach(
    _operation: Operation<Resource, Api>,
    _resource: Resource,
    _inputs: Properties,
  ): string | undefined {
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

  /** Makes a new one. */
  protected async make(operation: Operation<Resource, Api>, inputs: Inputs): Promise<Created> {
    const send = await this.creation(operation, inputs);
    const request = this.creationRequest(operation, inputs, send);
    const sentAt = request.now();
    const resource = await this.creations.make(request);
    try {
      return await this.made(operation, resource, inputs);
    } catch (error) {
      if (!(error instanceof IncompleteError && isMissing(error.cause, resource.id))) {
        throw error;
      }
      // The reply was about another one, or somebody has deleted this one.
      const found = await this.instead(request, sentAt, error);
      return await this.made(operation, found, inputs);
    }
  }

  /** What a creation has made instead of the one that its reply told of. */
  private async instead(
    request: Creation<Resource>,
    sentAt: number,
    missing: IncompleteError,
  ): Promise<Resource> {
    try {
      const found = await this.creations.recover(request, sentAt, missing);
      if (found !== undefined) {
        return found;
      }
    } catch (error) {
      throw new IncompleteError(missing.id, missing.state, error);
    }
    throw missing;
  }

  private async made(
    operation: Operation<Resource, Api>,
    resource: Resource,
    inputs: Inputs,
  ): Promise<Created> {
    const before = this.stateOf({ __creating: true });
    return { id: resource.id, state: await this.ready(operation, resource, inputs, before) };
  }

  /** Takes a resource that is there already for the one that the program declares. */
  protected async adopt(
    operation: Operation<Resource, Api>,
    resource: Resource,
    inputs: Inputs,
  ): Promise<Created> {
    const { id } = resource;
    if (this.creations.hasTakenOver(id)) {
      throw new ResourceError(
        `${label(operation, resource)} can't be taken over twice: another resource of this program stands for it already.`,
      );
    }
    const state = this.record(operation, resource, inputs, this.stateOf({}));
    this.refuseOther(operation, id, state, inputs);
    this.creations.takeOver(id);
    return { id, state: await this.bringTo(operation, id, state, inputs) };
  }

  /** Makes the resource what the program wants it to be. */
  protected async bringTo(
    operation: Operation<Resource, Api>,
    id: string,
    state: State,
    inputs: Inputs,
  ): Promise<State> {
    const { api } = operation;
    const changes = changedTexts(state, inputs);
    const resource =
      changes === undefined
        ? ((await asItIs(operation, id)) ?? (await api.get(id)))
        : await unlessDone(
            () => api.update(id, changes),
            () => api.get(id),
            (seen) => changedTexts(seen, inputs) === undefined,
          );
    return await this.ready(operation, resource, inputs, state);
  }

  /** Waits until the resource is usable; gives what to record of it. */
  protected async ready(
    operation: Operation<Resource, Api>,
    resource: Resource,
    inputs: Inputs,
    before: State,
  ): Promise<State> {
    return await untilAvailable(
      operation,
      resource,
      (seen) => this.record(operation, seen, inputs, before),
      (seen) => (before.__creating ? this.breach(operation, seen, inputs) : undefined),
    );
  }

  /** What the stack records; what a reply does not hold stays as it was recorded before. */
  protected record(
    operation: Operation<Resource, Api>,
    resource: Resource,
    inputs: Properties,
    before: State,
  ): State {
    const { region } = operation.manila;
    const outputs = { ...this.outputs(resource, inputs, before), region, ...this.settingsIn(inputs) };
    const usable = resource.status === AVAILABLE && this.breach(operation, resource, inputs) === undefined;
    return this.schemas.state.parse(
      given({
        ...outputs,
        __defaults: leftToCloud(this.optional, inputs, outputs),
        __creating: usable ? undefined : before.__creating,
      }),
    );
  }

  private creationRequest(
    operation: Operation<Resource, Api>,
    inputs: Inputs,
    send: () => Promise<Resource>,
  ): Creation<Resource> {
    const { manila, api } = operation;
    const asked = Object.entries(inputs).filter(([name]) => !this.settings.includes(name));
    return {
      what: `${api.noun} ${JSON.stringify(inputs.name ?? "")}`,
      likeness: JSON.stringify([manila.region, asked]),
      send,
      list: () => allPages((offset) => api.page(offset)),
      isLike: (resource) => this.isLike(operation, resource, inputs),
      isSince,
      now: () => manila.serverTime(),
    };
  }

  /** Whether a resource is what these inputs make: where they say nothing of its origin, it has none. */
  private isLike(operation: Operation<Resource, Api>, resource: Resource, inputs: Inputs): boolean {
    const state = this.record(operation, resource, inputs, this.stateOf({}));
    const differs = this.ownDifferences(state, inputs);
    return (
      resource.projectId === operation.manila.projectId &&
      !otherText(inputs.name, resource.name) &&
      !otherText(inputs.description, resource.description) &&
      !this.immutable.some((property) => differs[property]) &&
      this.origin.every((property) => inputs[property] !== undefined || state[property] === undefined)
    );
  }

  /** What is there already may have been made otherwise than the program says, and can't be changed. */
  protected refuseOther({ api }: Operation<Resource, Api>, id: string, state: State, inputs: Inputs): void {
    const differs = this.ownDifferences(state, inputs);
    const wrong = this.immutable
      .filter((property) => differs[property])
      .map(
        (property) => `${property} ${shown(this.actual(state, property))}, not ${shown(inputs[property])}`,
      );
    if (wrong.length > 0) {
      throw new ResourceError(
        `The ${api.noun} ${named({ id, name: state.name })} is there already, and has ${wrong.join(", ")}. That can't be ` +
          "changed: give it what it has, or leave it out." +
          (inputs.importId === undefined ? "" : " Without importId another one is made."),
      );
    }
  }

  /** The inputs that would make the resource what it is now, without those that the program leaves to the cloud. */
  private inputsFor(resource: Resource, operation: Operation<Resource, Api>, state: State): Properties {
    const { name, description } = resource;
    const { region } = operation.manila;
    const own = this.ownInputs(resource, state);
    return inputsWithout(state.__defaults, { name, description, ...own, region, ...this.settingsIn(state) });
  }

  /** The properties in which program and state disagree. */
  private differences(id: string, state: State, inputs: Inputs): string[] {
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

  private settingsIn(properties: Properties): Properties {
    return Object.fromEntries(this.settings.map((name) => [name, properties[name]]));
  }

  private async resolved(inputs: Inputs, state: State): Promise<Inputs> {
    return await this.resolve(inputs, state, () => this.outside.connect(state.region ?? inputs.region));
  }

  /** A state that holds no more than this. */
  private stateOf(known: CommonState): State {
    return this.schemas.knownState.parse(known);
  }

  /** Does something to a resource; what was seen before its end counts for nobody. */
  private async writing<Result>(
    operation: Operation<Resource, Api>,
    id: string,
    { projectId }: State,
    work: () => Promise<Result>,
  ): Promise<Result> {
    operation.watcher.wrote(id);
    try {
      return await inOwnProject(operation, id, projectId, work);
    } finally {
      operation.watcher.wrote(id);
    }
  }

  private async begin(state: State, timeout?: string): Promise<Operation<Resource, Api>> {
    const manila = await this.outside.connect(state.region);
    const api = this.api(manila, state);
    return beginOperation(manila, api, this.watcherOf(manila, api), this.outside, timeout);
  }

  private watcherOf(manila: Manila, api: Api): Watcher<Resource> {
    const watcher =
      this.watchers.get(manila) ?? new Watcher(api, this.outside, manila.listFreshnessMilliseconds);
    this.watchers.set(manila, watcher);
    return watcher;
  }
}

/** Whether a resource can have been made after this moment of the server's clock. */
function isSince(moment: number, { createdAt }: { createdAt?: string }): boolean {
  return createdAt === undefined || Date.parse(`${createdAt}Z`) >= moment - CLOCK_TOLERANCE;
}

/** A resource as it is now, read together with others; undefined if there is none. */
async function asItIs<Resource extends Provisioned>(
  { api, watcher }: Operation<Resource>,
  id: string,
): Promise<Resource | undefined> {
  return await whole(api, await watcher.look(id));
}

/** All that Manila tells of what was seen; undefined if it has gone meanwhile, as what was not seen. */
async function whole<Resource extends Provisioned>(
  api: ProvisionedApi<Resource>,
  seen: Resource | undefined,
): Promise<Resource | undefined> {
  return seen && (await unlessMissing(seen.id, () => api.complete(seen)));
}

/** What a program wants to take over. */
async function toAdopt<Resource extends Provisioned & Made>(
  operation: Operation<Resource, LivingApi<Resource>>,
  id: string,
): Promise<Resource> {
  const found = await asItIs(operation, id);
  if (found === undefined) {
    throw noSuchResource(operation, id, "Check the input importId");
  }
  const { projectId } = operation.manila;
  if (found.projectId !== projectId) {
    // Administrators see those of other projects, and everybody sees public shares.
    throw new ResourceError(
      `${label(operation, found)} is of project ${found.projectId}, and the cloud settings lead to project ` +
        `${projectId}. Take it over with credentials of its own project.`,
    );
  }
  return found;
}

function label({ api }: { api: { noun: string } }, resource: { id: string; name?: string }): string {
  return `The ${api.noun} ${named(resource)}`;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
