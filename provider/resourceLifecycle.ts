import { madeOtherwise, takenOverTwice, toAdopt } from "./adoption";
import { Creations, isSince } from "./creation";
import type { Creation } from "./creation";
import { remove } from "./deletion";
import { changedTexts, checkInputs, given } from "./inputs";
import type { TextChanges, Timeouts } from "./inputs";
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
import type { Manila } from "./openstack/manila";
import {
  asItIs,
  beginOperation,
  confirmGone,
  inOwnProject,
  unlessDone,
  untilAvailable,
  whole,
} from "./provisioning";
import type { Operation, Provisioned, ProvisionedApi } from "./provisioning";
import { ResourceKind } from "./resourceKind";
import type { CommonInputs, CommonState, Made } from "./resourceKind";
import { separateUnknown } from "./unknown";
import { Watcher } from "./watching";

/** The requests that a life needs. */
interface LivingApi<Resource extends Provisioned> extends ProvisionedApi<Resource> {
  /** All that Manila tells of each one of the project. */
  detail(): Promise<Resource[]>;
  update(id: string, changes: TextChanges): Promise<Resource>;
}

/**
 * The life that all kinds of resources have in common, from check to delete. What is special about a kind is in its own
 * `lifecycle.ts`.
 */
export abstract class ResourceLifecycle<
  Resource extends Made,
  Inputs extends CommonInputs,
  State extends CommonState,
  Api extends LivingApi<Resource>,
>
  extends ResourceKind<Resource, Inputs, State>
  implements Lifecycle
{
  private readonly watchers = new WeakMap<Manila, Watcher<Resource>>();
  private readonly creations: Creations<Resource>;

  constructor(protected readonly outside: Outside) {
    super();
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
    return this.diffOf(state, inputs, changes);
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
    const inputs = this.inputsFor(operation.manila, resource, state);
    return { id, state: this.record(operation.manila, resource, inputs, state), inputs };
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
    const all = await operation.api.detail();
    return all.filter((each) => isSince(since, each) && this.isLike(operation.manila, each, inputs));
  }

  /** `state` is what is recorded of the one resource that is meant. */
  protected abstract api(manila: Manila, state: State): Api;

  /** Prepares a creation; what it gives asks for the new one. */
  protected abstract creation(
    operation: Operation<Resource, Api>,
    inputs: Inputs,
  ): Promise<() => Promise<Resource>>;

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

  /** Makes a new one. */
  protected async make(operation: Operation<Resource, Api>, inputs: Inputs): Promise<Created> {
    const send = await this.creation(operation, inputs);
    const before = this.stateOf({ __creating: true });
    return await this.creations.makeReady(this.creationOf(operation, inputs, send), async (made) => ({
      id: made.id,
      state: await this.ready(operation, made, inputs, before),
    }));
  }

  private creationOf(
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
      list: () => api.detail(),
      isLike: (resource) => this.isLike(manila, resource, inputs),
      now: () => manila.serverTime(),
    };
  }

  /** Takes a resource that is there already for the one that the program declares. */
  protected async adopt(
    operation: Operation<Resource, Api>,
    resource: Resource,
    inputs: Inputs,
  ): Promise<Created> {
    const { id } = resource;
    const { manila, api } = operation;
    if (this.creations.hasTakenOver(id)) {
      throw takenOverTwice(api, resource);
    }
    const state = this.record(manila, resource, inputs, this.stateOf({}));
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
      (seen) => this.record(operation.manila, seen, inputs, before),
      (seen) => (before.__creating ? this.breach(operation.manila, seen, inputs) : undefined),
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
      throw madeOtherwise(api, { id, name: state.name }, wrong, inputs.importId !== undefined);
    }
  }

  private async resolved(inputs: Inputs, state: State): Promise<Inputs> {
    return await this.resolve(inputs, state, () => this.outside.connect(state.region ?? inputs.region));
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

/** The time for an update: where a creation has not ended yet, an update goes on with that, and has the time of one. */
function updateTimeout(
  { __creating: creating }: CommonState,
  { create, update }: Timeouts = {},
): string | undefined {
  return creating ? create : update;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
