import { isDeepStrictEqual } from "node:util";
import {
  changedTexts,
  checkInputs,
  differing,
  given,
  inputsWithout,
  leftToCloud,
  otherId,
  otherText,
} from "../inputs";
import { ResourceError } from "../lifecycle";
import type { CheckResult, Created, DiffResult, Lifecycle, Properties, Read } from "../lifecycle";
import type { Clock } from "../openstack/clock";
import { isConflict, isMissing } from "../openstack/errors";
import type { ApiError } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import {
  AVAILABLE,
  beginOperation,
  confirmGone,
  diffResult,
  find,
  inOwnProject,
  named,
  refuseOtherProject,
  requestDeletion,
  untilAvailable,
  untilGone,
  updateTimeout,
} from "../provisioning";
import type { Operation } from "../provisioning";
import { separateUnknown } from "../unknown";
import { ConsistencyGroupSnapshotApi } from "./api";
import type { ConsistencyGroupSnapshot } from "./api";
import { IMMUTABLE, inputsSchema, stateSchema } from "./schema";
import type { Inputs, State } from "./schema";

/** The life of a snapshot of a consistency group, from check to delete. */
export class ConsistencyGroupSnapshotLifecycle implements Lifecycle {
  /** `connect` gives the Manila of a region, without one that of the configured region. */
  constructor(
    private readonly connect: (region?: string) => Promise<Manila>,
    private readonly clock: Clock,
  ) {}

  check(properties: Properties): CheckResult {
    return checkInputs(inputsSchema, properties);
  }

  diff(stateProperties: Properties, inputProperties: Properties): DiffResult {
    const state = stateSchema.parse(stateProperties);
    const { known, unknown } = separateUnknown(given(inputProperties));
    // What is not known yet may turn out to be anything, so the preview announces the worst.
    const changes = [...differences(state, inputsSchema.partial().parse(known)), ...Object.keys(unknown)];
    return diffResult(state, changes, IMMUTABLE);
  }

  async create(properties: Properties): Promise<Created> {
    const inputs = inputsSchema.parse(properties);
    const operation = await this.begin({ region: inputs.region }, inputs.timeouts?.create);
    const snapshot = await requestSnapshot(operation.api, inputs);
    const record = (seen: ConsistencyGroupSnapshot): State => recorded(seen, operation.region, inputs, true);
    return { id: snapshot.id, state: await untilAvailable(operation, snapshot, record) };
  }

  async read(id: string, properties: Properties): Promise<Read | undefined> {
    // `ConsistencyGroupSnapshot.get` brings nothing but the id, and perhaps a region.
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state);
    const snapshot = await find(operation.api, id);
    if (snapshot === undefined) {
      confirmGone(operation, id, state);
      return undefined;
    }
    const inputs = inputsOf(snapshot, operation.region, state);
    return { id, state: recorded(snapshot, operation.region, inputs, state.__creating), inputs };
  }

  async update(id: string, stateProperties: Properties, inputProperties: Properties): Promise<Properties> {
    const state = stateSchema.parse(stateProperties);
    const inputs = inputsSchema.parse(inputProperties);
    const changes = changedTexts(state, inputs);
    if (changes === undefined && state.status === AVAILABLE) {
      return given({ ...state, timeouts: inputs.timeouts });
    }
    const operation = await this.begin(state, updateTimeout(state, inputs.timeouts));
    const { api, region } = operation;
    const snapshot = await inOwnProject(operation, id, state.projectId, () =>
      changes === undefined ? api.show(id) : api.update(id, changes),
    );
    const record = (seen: ConsistencyGroupSnapshot): State =>
      recorded(seen, region, inputs, state.__creating);
    return await untilAvailable(operation, snapshot, record);
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state, state.timeouts?.delete);
    try {
      if (await requestDeletion(operation, id)) {
        await untilGone(operation, id);
      } else {
        refuseOtherProject(operation, id, state.projectId);
      }
    } catch (error) {
      const { consistencyGroupId } = state;
      throw consistencyGroupId !== undefined && isMissing(error, consistencyGroupId)
        ? orphaned(id, consistencyGroupId, error)
        : error;
    }
  }

  private async begin(
    { region, members }: Pick<State, "region" | "members">,
    timeout?: string,
  ): Promise<Operation<ConsistencyGroupSnapshotApi>> {
    const manila = await this.connect(region);
    return beginOperation(manila, new ConsistencyGroupSnapshotApi(manila, members), this.clock, timeout);
  }
}

/** The properties in which the program and the recorded snapshot disagree. */
function differences(state: State, inputs: Partial<Inputs>): string[] {
  // A text that the program leaves out is empty; a region left out is the cloud's choice, and stays as it is.
  const differs = {
    consistencyGroupId: otherId(inputs.consistencyGroupId, state.consistencyGroupId),
    name: otherText(inputs.name, state.name),
    description: otherText(inputs.description, state.description),
    region: inputs.region !== undefined && inputs.region !== state.region,
    timeouts: !isDeepStrictEqual(inputs.timeouts, state.timeouts),
    status: state.status !== AVAILABLE,
  };
  return differing(differs);
}

/** Asks for the snapshot; of a refusal that is about the group's state, it finds out the cause. */
async function requestSnapshot(
  api: ConsistencyGroupSnapshotApi,
  inputs: Inputs,
): Promise<ConsistencyGroupSnapshot> {
  try {
    return await api.create(inputs);
  } catch (error) {
    throw isConflict(error) ? await notReady(api, inputs.consistencyGroupId, error) : error;
  }
}

/** Manila says neither which status the group has nor which of its shares is meant by what name. */
async function notReady(
  { groups }: ConsistencyGroupSnapshotApi,
  groupId: string,
  conflict: ApiError,
): Promise<Error> {
  const group = await groups.show(groupId);
  const shares = await groups.shares(groupId);
  const parts = [
    { what: "it", status: group.status },
    ...shares.map((share) => ({ what: `its share ${named(share)}`, status: share.status })),
  ];
  const busy = parts.filter(({ status }) => status !== AVAILABLE);
  const causes = busy.map(({ what, status }) => `${what} is in status "${status}"`);
  return causes.length === 0
    ? conflict
    : new ResourceError(
        `Consistency group ${named(group)} can't be snapshotted: ${causes.join(", ")}. Group and shares must all be ` +
          `available: wait for what is under way, and repair or delete what is in error. ${conflict.message}`,
      );
}

/** Manila looks for the group before it deletes a snapshot, and answers 404 without one. */
function orphaned(id: string, groupId: string, cause: unknown): ResourceError {
  return new ResourceError(
    `Consistency group snapshot ${id} can't be deleted: its consistency group ${groupId} has been removed by force, ` +
      "and Manila deletes no snapshot without its group. It stays in the state. An administrator can remove it with " +
      'the action force_delete; "pulumi refresh" then takes it out of the state.',
    { cause },
  );
}

/** What the stack records of a snapshot; `creating` says that it has not been available before. */
function recorded(
  { id, ...snapshot }: ConsistencyGroupSnapshot,
  region: string | undefined,
  inputs: Properties,
  creating: true | undefined,
): State {
  const outputs = { ...snapshot, region, timeouts: inputs.timeouts };
  return stateSchema.parse(
    given({
      ...outputs,
      __defaults: leftToCloud(IMMUTABLE, inputs, outputs),
      __creating: snapshot.status === AVAILABLE ? undefined : creating,
    }),
  );
}

/** The inputs that would make the snapshot what it is now, without those that the program leaves to the cloud. */
function inputsOf(
  { consistencyGroupId, name, description }: ConsistencyGroupSnapshot,
  region: string | undefined,
  { timeouts, __defaults }: Partial<State>,
): Properties {
  return inputsWithout(__defaults, { consistencyGroupId, name, description, region, timeouts });
}
