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
import { IncompleteError, ResourceError } from "../lifecycle";
import type { CheckResult, Created, DiffResult, Lifecycle, Properties, Read } from "../lifecycle";
import type { Clock } from "../openstack/clock";
import { ApiError } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import {
  AVAILABLE,
  beginOperation,
  confirmGone,
  diffResult,
  find,
  named,
  refuseOtherProject,
  requestDeletion,
  untilAvailable,
  untilGone,
  updateTimeout,
} from "../provisioning";
import type { Operation } from "../provisioning";
import { separateUnknown } from "../unknown";
import { ShareApi } from "./api";
import type { Share, ShareChanges } from "./api";
import { copyOf, inherited, readyGroup } from "./membership";
import { IMMUTABLE, incoherent, inputsSchema, MADE_WITH, PLACE, stateSchema } from "./schema";
import type { Inputs, State } from "./schema";

/** The life of a share, from check to delete. */
export class ShareLifecycle implements Lifecycle {
  /** The copies that this process has taken for a resource: one share is never that of two, nor made to go again. */
  private readonly adopted = new Set<string>();

  /** `connect` gives the Manila of a region, without one that of the configured region. */
  constructor(
    private readonly connect: (region?: string) => Promise<Manila>,
    private readonly clock: Clock,
  ) {}

  check(properties: Properties): CheckResult {
    const { inputs, failures } = checkInputs(inputsSchema, properties);
    return { inputs, failures: [...failures, ...incoherent(inputs)] };
  }

  diff(stateProperties: Properties, inputProperties: Properties): DiffResult {
    const state = stateSchema.parse(stateProperties);
    const { known, unknown } = separateUnknown(given(inputProperties));
    const inputs = inputsSchema.parse(known);
    // What is not known yet may turn out to be anything, so the preview announces the worst.
    const changes = [...differences(state, inputs), ...Object.keys(unknown)];
    return diffResult(state, changes, isSameCopy(state, inputs) ? PLACE : IMMUTABLE);
  }

  async create(properties: Properties): Promise<Created> {
    const inputs = inputsSchema.parse(properties);
    const { consistencyGroupId, sourceCgsnapshotMemberId } = inputs;
    const operation = await this.begin(inputs.region, inputs.timeouts?.create);
    const group = consistencyGroupId && (await readyGroup(operation, consistencyGroupId));
    if (group && sourceCgsnapshotMemberId !== undefined) {
      return await this.adopt(
        operation,
        await copyOf(operation.api, sourceCgsnapshotMemberId, group),
        inputs,
      );
    }
    // A snapshot brings its share's type and network.
    const fromGroup = group && inputs.snapshotId === undefined ? inherited(group) : {};
    const share = await operation.api.create({ ...fromGroup, ...inputs });
    const record = (seen: Share): State => recorded(seen, operation.region, inputs, { __creating: true });
    return { id: share.id, state: await untilAvailable(operation, share, record) };
  }

  async read(id: string, properties: Properties): Promise<Read | undefined> {
    // `Share.get` brings nothing but the id, and perhaps a region.
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region);
    const share = await inOwnProject(operation, id, state, () => find(operation.api, id));
    if (share === undefined) {
      confirmGone(operation, id, state);
      return undefined;
    }
    const inputs = inputsOf(share, operation.region, state);
    return { id, state: recorded(share, operation.region, inputs, state), inputs };
  }

  async update(id: string, stateProperties: Properties, inputProperties: Properties): Promise<Properties> {
    const state = stateSchema.parse(stateProperties);
    const inputs = inputsSchema.parse(inputProperties);
    refuseOtherCopy({ ...state, id }, inputs);
    const changes = differences(state, inputs).filter((property) => property !== "timeouts");
    if (changes.length === 0) {
      return given({ ...state, timeouts: inputs.timeouts });
    }
    const operation = await this.begin(state.region, updateTimeout(state, inputs.timeouts));
    return await inOwnProject(operation, id, state, () => bringTo(operation, id, state, inputs));
  }

  async delete(id: string, properties: Properties): Promise<void> {
    if (this.adopted.has(id)) {
      // "pulumi up --replace" found the same copy again, and it must outlive the record of it that is replaced.
      return;
    }
    const state = stateSchema.partial().parse(properties);
    const operation = await this.begin(state.region, state.timeouts?.delete);
    await inOwnProject(operation, id, state, async () => {
      if (await requestDeletion(operation, id)) {
        await untilGone(operation, id);
      } else {
        refuseOtherProject(operation, id, state.projectId);
      }
    });
  }

  /** Takes a share that is there already for the one that the program declares. */
  private async adopt(operation: Operation<ShareApi>, copy: Share, inputs: Inputs): Promise<Created> {
    if (this.adopted.has(copy.id)) {
      throw new ResourceError(
        `Share ${named(copy)} stands for member ${copy.sourceCgsnapshotMemberId ?? ""} already: another resource of ` +
          "this program has the same sourceCgsnapshotMemberId and consistencyGroupId.",
      );
    }
    refuseOtherCopy(copy, inputs);
    this.adopted.add(copy.id);
    const state = recorded(copy, operation.region, inputs, {});
    try {
      return { id: copy.id, state: await bringTo(operation, copy.id, state, inputs) };
    } catch (error) {
      throw error instanceof IncompleteError ? error : new IncompleteError(copy.id, state, error);
    }
  }

  private async begin(region: string | undefined, timeout?: string): Promise<Operation<ShareApi>> {
    const manila = await this.connect(region);
    return beginOperation(manila, new ShareApi(manila), this.clock, timeout);
  }
}

/** The properties in which the program and the recorded share disagree. */
function differences(state: State, inputs: Inputs): string[] {
  const differs = {
    ...otherMaking(state, inputs),
    // Texts, metadata and publicity that the program leaves out are none; the rest stays as the cloud chose it.
    name: otherText(inputs.name, state.name),
    description: otherText(inputs.description, state.description),
    metadata: !isDeepStrictEqual(inputs.metadata ?? {}, state.metadata),
    isPublic: (inputs.isPublic ?? false) !== state.isPublic,
    size: inputs.size !== undefined && inputs.size !== state.size,
    consistencyGroupId: otherId(inputs.consistencyGroupId, state.consistencyGroupId),
    sourceCgsnapshotMemberId: otherId(inputs.sourceCgsnapshotMemberId, state.sourceCgsnapshotMemberId),
    region: inputs.region !== undefined && inputs.region !== state.region,
    timeouts: !isDeepStrictEqual(inputs.timeouts, state.timeouts),
    status: state.status !== AVAILABLE,
  };
  return differing(differs);
}

type Making = Pick<Inputs, (typeof MADE_WITH)[number]>;

/** What the share is made with, and whether the program wants it otherwise. */
function otherMaking(actual: Making, inputs: Making): Record<keyof Making, boolean> {
  const { shareProtocol, availabilityZone } = inputs;
  return {
    // Manila writes protocols in capitals.
    shareProtocol: otherId(shareProtocol, actual.shareProtocol),
    shareTypeId: otherId(inputs.shareTypeId, actual.shareTypeId),
    shareNetworkId: otherId(inputs.shareNetworkId, actual.shareNetworkId),
    availabilityZone: availabilityZone !== undefined && availabilityZone !== actual.availabilityZone,
    snapshotId: otherId(inputs.snapshotId, actual.snapshotId),
  };
}

/** True if the program still means the copy in a clone that the stack has recorded: there is no other one to get. */
function isSameCopy(state: State, inputs: Inputs): boolean {
  const { sourceCgsnapshotMemberId: wanted } = inputs;
  return wanted !== undefined && !otherId(wanted, state.sourceCgsnapshotMemberId);
}

function refuseOtherCopy(copy: Making & { id: string; name?: string }, inputs: Inputs): void {
  const { sourceCgsnapshotMemberId } = inputs;
  const wrong = otherMaking(copy, inputs);
  const found = MADE_WITH.filter((property) => wrong[property]).map(
    (property) => `${property} ${JSON.stringify(copy[property] ?? "")}`,
  );
  if (sourceCgsnapshotMemberId !== undefined && found.length > 0) {
    throw new ResourceError(
      `Share ${named(copy)} stands for member ${sourceCgsnapshotMemberId} of a group snapshot, and has ` +
        `${found.join(", ")} from its original, which can't be changed. Give it the same or leave it out.`,
    );
  }
}

/** Makes a share what the program wants it to be: first what changes at once, then its size, which takes its time. */
async function bringTo(
  operation: Operation<ShareApi>,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<State> {
  const { api, region } = operation;
  const changes: ShareChanges = {
    ...changedTexts(state, inputs),
    ...((inputs.isPublic ?? false) !== state.isPublic && { isPublic: inputs.isPublic ?? false }),
  };
  if (Object.keys(changes).length > 0) {
    await api.update(id, changes);
  }
  if (!isDeepStrictEqual(inputs.metadata ?? {}, state.metadata)) {
    await api.setMetadata(id, inputs.metadata ?? {});
  }
  const record = (seen: Share): State => recorded(seen, region, inputs, state);
  const share = await api.show(id);
  const idle = canShrinkMore(share, inputs) ? record(share) : await untilAvailable(operation, share, record);
  if (inputs.size === undefined || inputs.size === idle.size) {
    return idle;
  }
  await api.resize(id, idle.size, inputs.size);
  return await untilAvailable(operation, await api.show(id), record);
}

/** After a refusal to shrink a share that holds too much, Manila takes another size; nothing else gets it out of there. */
function canShrinkMore({ status, size }: Share, inputs: Inputs): boolean {
  return status === "shrinking_possible_data_loss_error" && (inputs.size ?? size) < size;
}

/** Manila answers 403 for shares of other projects. */
async function inOwnProject<Result>(
  operation: Operation<ShareApi>,
  id: string,
  { projectId }: Partial<State>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) {
      refuseOtherProject(operation, id, projectId);
    }
    throw error;
  }
}

/** What the stack records of a share; what a reply does not hold stays as it was recorded before. */
function recorded(
  { id, ...share }: Share,
  region: string | undefined,
  inputs: Inputs,
  before: Partial<State>,
): State {
  const outputs = {
    ...share,
    shareTypeId: share.shareTypeId ?? before.shareTypeId ?? inputs.shareTypeId,
    exportLocations: share.exportLocations ?? before.exportLocations ?? [],
    region,
    timeouts: inputs.timeouts,
  };
  return stateSchema.parse(
    given({
      ...outputs,
      __defaults: leftToCloud([...IMMUTABLE, "size"], inputs, outputs),
      __creating: share.status === AVAILABLE ? undefined : before.__creating,
    }),
  );
}

/** The inputs that would make the share what it is now, without those that the program leaves to the cloud. */
function inputsOf(share: Share, region: string | undefined, state: Partial<State>): Inputs {
  const { id, status, createdAt, projectId, host, shareServerId, exportLocations, ...inputs } = share;
  const { metadata, isPublic } = share;
  return inputsWithout(state.__defaults, {
    ...inputs,
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    isPublic: isPublic || undefined,
    region,
    timeouts: state.timeouts,
  });
}
