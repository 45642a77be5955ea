import { isDeepStrictEqual } from "node:util";
import { parseDuration } from "../duration";
import { checkInputs, given, otherId, otherIds, otherText } from "../inputs";
import { IncompleteError, ResourceError } from "../lifecycle";
import type { CheckResult, Created, DiffResult, Lifecycle, Properties, Read } from "../lifecycle";
import type { Clock } from "../openstack/clock";
import { type ApiError, isConflict, isMissing } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import { waitUntil } from "../openstack/waiting";
import { separateUnknown } from "../unknown";
import { ConsistencyGroupApi } from "./api";
import type { ConsistencyGroup, ConsistencyGroupChanges } from "./api";
import { excludedBySource, IMMUTABLE, inputsSchema, stateSchema } from "./schema";
import type { Inputs, State } from "./schema";

const AVAILABLE = "available";
const CREATING = "creating";
const DELETING = "deleting";
const ERROR = "error";
const DEFAULT_TIMEOUT = "10m";

/** The life of a consistency group, from check to delete. */
export class ConsistencyGroupLifecycle implements Lifecycle {
  /** `connect` gives the Manila of a region, without one that of the configured region. */
  constructor(
    private readonly connect: (region?: string) => Promise<Manila>,
    private readonly clock: Clock,
  ) {}

  check(properties: Properties): CheckResult {
    const { inputs, failures } = checkInputs(inputsSchema, properties);
    return { inputs, failures: [...failures, ...excludedBySource(inputs)] };
  }

  diff(stateProperties: Properties, inputProperties: Properties): DiffResult {
    const state = stateSchema.parse(stateProperties);
    const { known, unknown } = separateUnknown(given(inputProperties));
    // What is not known yet may turn out to be anything, so the preview announces the worst.
    const changes = new Set([...differences(state, inputsSchema.parse(known)), ...Object.keys(unknown)]);
    const replacing = new Set<string>(IMMUTABLE);
    if (state.__creating && state.status === ERROR) {
      // It has never been available, so it holds nothing: a new group in its place loses nothing.
      replacing.add("status");
    }
    return { changes: [...changes], replaces: [...changes].filter((property) => replacing.has(property)) };
  }

  async create(properties: Properties): Promise<Created> {
    const inputs = inputsSchema.parse(properties);
    const operation = await this.begin(inputs.region, inputs.timeouts?.create);
    const group = await operation.groups.create(inputs);
    const record = (seen: ConsistencyGroup): State => recorded(seen, operation.region, inputs, true);
    return { id: group.id, state: await untilAvailable(operation, group, record) };
  }

  async read(id: string, properties: Properties): Promise<Read | undefined> {
    // `ConsistencyGroup.get` brings nothing but the id, and perhaps a region.
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region);
    const group = await operation.groups.find(id);
    if (group === undefined) {
      refuseOtherProject(id, state.projectId, operation.projectId);
      return undefined;
    }
    const inputs = inputsOf(group, operation.region, state);
    return { id, state: recorded(group, operation.region, inputs, state.__creating), inputs };
  }

  async update(id: string, stateProperties: Properties, inputProperties: Properties): Promise<Properties> {
    const state = stateSchema.parse(stateProperties);
    const inputs = inputsSchema.parse(inputProperties);
    const changes = changedTexts(state, inputs);
    if (changes === undefined && state.status === AVAILABLE) {
      return given({ ...state, timeouts: inputs.timeouts });
    }
    const operation = await this.begin(state.region, inputs.timeouts?.update);
    const { groups, region } = operation;
    const group = changes === undefined ? await groups.show(id) : await groups.update(id, changes);
    const record = (seen: ConsistencyGroup): State => recorded(seen, region, inputs, state.__creating);
    return await untilAvailable(operation, group, record);
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region, state.timeouts?.delete);
    if (await requestDeletion(operation, id)) {
      await untilGone(operation, id);
    } else {
      refuseOtherProject(id, state.projectId, operation.projectId);
    }
  }

  private async begin(region: string | undefined, timeout = DEFAULT_TIMEOUT): Promise<Operation> {
    const manila = await this.connect(region);
    return {
      groups: new ConsistencyGroupApi(manila),
      region: manila.region,
      projectId: manila.projectId,
      timeout,
      deadline: this.clock.now() + (parseDuration(timeout) ?? 0),
      clock: this.clock,
    };
  }
}

/** One call of the lifecycle: where it goes to, and how long it may take. */
interface Operation {
  groups: ConsistencyGroupApi;
  region: string | undefined;
  projectId: string | undefined;
  timeout: string;
  deadline: number;
  clock: Clock;
}

/** The properties in which the program and the recorded group disagree. */
function differences(state: State, inputs: Inputs): string[] {
  // A text that the program leaves out is empty; anything else left out is the cloud's choice, and stays as it is.
  const differs = {
    name: otherText(inputs.name, state.name),
    description: otherText(inputs.description, state.description),
    shareTypes: otherIds(inputs.shareTypes, state.shareTypes),
    shareNetworkId: otherId(inputs.shareNetworkId, state.shareNetworkId),
    sourceCgsnapshotId: otherId(inputs.sourceCgsnapshotId, state.sourceCgsnapshotId),
    region: inputs.region !== undefined && inputs.region !== state.region,
    timeouts: !isDeepStrictEqual(inputs.timeouts, state.timeouts),
    status: state.status !== AVAILABLE,
  };
  return Object.entries(differs).flatMap(([property, different]) => (different ? [property] : []));
}

/** The texts to send, null for one that is cleared; undefined if there is nothing to send. */
function changedTexts(state: State, inputs: Inputs): ConsistencyGroupChanges | undefined {
  const changes: ConsistencyGroupChanges = {
    ...(otherText(inputs.name, state.name) && { name: inputs.name ?? null }),
    ...(otherText(inputs.description, state.description) && { description: inputs.description ?? null }),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}

/** What the stack records of a group; `creating` says that it has not been available before. */
function recorded(
  { id, ...group }: ConsistencyGroup,
  region: string | undefined,
  inputs: Inputs,
  creating: true | undefined,
): State {
  const outputs = { ...group, region, timeouts: inputs.timeouts };
  const defaults = IMMUTABLE.filter((input) => isLeftOut(inputs[input]) && outputs[input] !== undefined);
  return stateSchema.parse(
    given({
      ...outputs,
      __defaults: defaults.length > 0 ? defaults : undefined,
      __creating: group.status === AVAILABLE ? undefined : creating,
    }),
  );
}

/** The inputs that would make the group what it is now, without those that the program leaves to the cloud. */
function inputsOf(group: ConsistencyGroup, region: string | undefined, state: Partial<State>): Inputs {
  const { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId } = group;
  const { timeouts, __defaults: defaults = [] } = state;
  const inputs = { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId, region, timeouts };
  return given(Object.fromEntries(Object.entries(inputs).filter(([input]) => !defaults.includes(input))));
}

function isLeftOut(input: string | string[] | undefined): boolean {
  return input === undefined || input.length === 0;
}

/** Waits for a group to be usable. Whatever goes wrong meanwhile, the error carries what to record of the group. */
async function untilAvailable(
  { groups, timeout, deadline, clock }: Operation,
  group: ConsistencyGroup,
  record: (seen: ConsistencyGroup) => State,
): Promise<State> {
  let last = group;
  try {
    await waitUntil({
      seen: group,
      look: async () => (last = await groups.show(group.id)),
      done: ({ status }) => {
        if (status !== AVAILABLE && status !== CREATING) {
          throw unusable(last, record(last));
        }
        return status === AVAILABLE;
      },
      timedOut: () => stillBusy(last, timeout, 'the next "pulumi up" goes on waiting'),
      deadline,
      clock,
    });
    return record(last);
  } catch (error) {
    throw new IncompleteError(group.id, record(last), error);
  }
}

/** Asks for the deletion, if need be once the creation has ended. False if there is no such group. */
async function requestDeletion(operation: Operation, id: string): Promise<boolean> {
  const { groups } = operation;
  try {
    await groups.delete(id);
    return true;
  } catch (error) {
    if (isMissing(error, id)) {
      return false;
    }
    if (!isConflict(error)) {
      throw error;
    }
    const group = await groups.find(id);
    if (group === undefined || group.status === DELETING) {
      return true;
    }
    if (group.status !== CREATING) {
      throw await blocked(groups, group, error);
    }
    await whileIn(CREATING, operation, group);
    return await requestDeletion(operation, id);
  }
}

async function untilGone(operation: Operation, id: string): Promise<void> {
  const group = await operation.groups.find(id);
  const left = group && (await whileIn(DELETING, operation, group));
  if (left !== undefined) {
    throw new ResourceError(
      `${label(left)} could not be deleted: the back end failed, and its status is now "${left.status}" ` +
        `(${place(left)}). It stays in the state. The log of manila-share says why; ` +
        `"pulumi destroy" or "pulumi up" tries again.`,
    );
  }
}

/** Waits while the group is in a status; gives what it has become, undefined if it is gone. */
async function whileIn(
  status: string,
  { groups, timeout, deadline, clock }: Operation,
  group: ConsistencyGroup,
): Promise<ConsistencyGroup | undefined> {
  return await waitUntil<ConsistencyGroup | undefined>({
    seen: group,
    look: () => groups.find(group.id),
    done: (seen) => seen?.status !== status,
    timedOut: () => stillBusy(group, timeout, 'the next "pulumi up" or "pulumi destroy" tries again'),
    deadline,
    clock,
  });
}

/** Why a group can't be deleted: its status, its snapshots or its shares. */
async function blocked(
  groups: ConsistencyGroupApi,
  group: ConsistencyGroup,
  conflict: ApiError,
): Promise<Error> {
  if (group.status !== AVAILABLE && group.status !== ERROR) {
    const remedy = "An administrator can reset it to error; then delete it again.";
    return new ResourceError(
      `${label(group)} can't be deleted in status "${group.status}". ${remedy} ${conflict.message}`,
    );
  }
  const snapshots = counted(await groups.snapshots(group.id), "snapshot");
  const shares = counted(await groups.members(group.id), "share");
  const inTheWay = [...snapshots, ...shares].join(" and ");
  return inTheWay === ""
    ? conflict
    : new ResourceError(
        `${label(group)} can't be deleted: it still has ${inTheWay}. Delete them first. ${conflict.message}`,
      );
}

function counted(names: string[], noun: string): string[] {
  return names.length === 0
    ? []
    : [`${names.length} ${noun}${names.length > 1 ? "s" : ""}: ${names.join(", ")}`];
}

function unusable(group: ConsistencyGroup, state: State): ResourceError {
  const cause =
    group.host === undefined
      ? "no back end can take it: the scheduler's log tells which filter refused"
      : `the log of manila-share for host ${group.host} tells why`;
  const remedy = state.__creating
    ? 'It holds nothing, so the next "pulumi up" replaces it'
    : 'Once an administrator has repaired it and reset its status, "pulumi up" goes on; "pulumi up --replace URN" makes a new one instead';
  return new ResourceError(
    `${label(group)} is in status "${group.status}" (${place(group)}): ${cause}. ${remedy}.`,
  );
}

function stillBusy(group: ConsistencyGroup, timeout: string, next: string): ResourceError {
  return new ResourceError(
    `${label(group)} is still "${group.status}" after ${timeout} (${place(group)}). ` +
      `It stays in the state, and ${next}. A slow back end needs a longer time in the input timeouts.`,
  );
}

/** Manila answers 404 for other projects' groups as for none at all, and only the latter may be forgotten. */
function refuseOtherProject(
  id: string,
  recordedProject: string | undefined,
  project: string | undefined,
): void {
  if (recordedProject !== undefined && recordedProject !== project) {
    throw new ResourceError(
      `Consistency group ${id} is of project ${recordedProject}, and the cloud settings lead to ` +
        `${project === undefined ? "no project" : `project ${project}`}, where it can't be seen. ` +
        "It stays in the stack's state. Use credentials of its own project.",
    );
  }
}

function label({ id, name = "" }: ConsistencyGroup): string {
  return `Consistency group ${name === "" ? id : `"${name}" (${id})`}`;
}

function place({ host }: ConsistencyGroup): string {
  return host === undefined ? "no host" : `host ${host}`;
}
