import { isDeepStrictEqual } from "node:util";
import {
  changedTexts,
  checkInputs,
  differing,
  given,
  inputsWithout,
  leftToCloud,
  otherId,
  otherIds,
  otherText,
} from "../inputs";
import type { CheckResult, Created, DiffResult, Lifecycle, Properties, Read } from "../lifecycle";
import type { Clock } from "../openstack/clock";
import type { Manila } from "../openstack/manila";
import {
  AVAILABLE,
  beginOperation,
  confirmGone,
  diffResult,
  find,
  inOwnProject,
  refuseOtherProject,
  requestDeletion,
  untilAvailable,
  untilGone,
  updateTimeout,
} from "../provisioning";
import type { Operation } from "../provisioning";
import { separateUnknown } from "../unknown";
import { ConsistencyGroupApi } from "./api";
import type { ConsistencyGroup } from "./api";
import { excludedBySource, IMMUTABLE, inputsSchema, stateSchema } from "./schema";
import type { Inputs, State } from "./schema";

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
    const changes = [...differences(state, inputsSchema.parse(known)), ...Object.keys(unknown)];
    return diffResult(state, changes, IMMUTABLE);
  }

  async create(properties: Properties): Promise<Created> {
    const inputs = inputsSchema.parse(properties);
    const operation = await this.begin(inputs.region, inputs.timeouts?.create);
    const group = await operation.api.create(inputs);
    const record = (seen: ConsistencyGroup): State => recorded(seen, operation.region, inputs, true);
    return { id: group.id, state: await untilAvailable(operation, group, record) };
  }

  async read(id: string, properties: Properties): Promise<Read | undefined> {
    // `ConsistencyGroup.get` brings nothing but the id, and perhaps a region.
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region);
    const group = await find(operation.api, id);
    if (group === undefined) {
      confirmGone(operation, id, state);
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
    const operation = await this.begin(state.region, updateTimeout(state, inputs.timeouts));
    const { api, region } = operation;
    const group = await inOwnProject(operation, id, state.projectId, () =>
      changes === undefined ? api.show(id) : api.update(id, changes),
    );
    const record = (seen: ConsistencyGroup): State => recorded(seen, region, inputs, state.__creating);
    return await untilAvailable(operation, group, record);
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region, state.timeouts?.delete);
    if (await requestDeletion(operation, id)) {
      await untilGone(operation, id);
    } else {
      refuseOtherProject(operation, id, state.projectId);
    }
  }

  private async begin(region: string | undefined, timeout?: string): Promise<Operation<ConsistencyGroupApi>> {
    const manila = await this.connect(region);
    return beginOperation(manila, new ConsistencyGroupApi(manila), this.clock, timeout);
  }
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
  return differing(differs);
}

/** What the stack records of a group; `creating` says that it has not been available before. */
function recorded(
  { id, ...group }: ConsistencyGroup,
  region: string | undefined,
  inputs: Inputs,
  creating: true | undefined,
): State {
  const outputs = { ...group, region, timeouts: inputs.timeouts };
  return stateSchema.parse(
    given({
      ...outputs,
      __defaults: leftToCloud(IMMUTABLE, inputs, outputs),
      __creating: group.status === AVAILABLE ? undefined : creating,
    }),
  );
}

/** The inputs that would make the group what it is now, without those that the program leaves to the cloud. */
function inputsOf(group: ConsistencyGroup, region: string | undefined, state: Partial<State>): Inputs {
  const { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId } = group;
  const { timeouts, __defaults } = state;
  const inputs = { name, description, shareTypes, shareNetworkId, sourceCgsnapshotId, region, timeouts };
  return inputsWithout(__defaults, inputs);
}
