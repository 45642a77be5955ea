import { isDeepStrictEqual } from "node:util";
import { changedTexts, otherId } from "../inputs";
import { IncompleteError, ResourceError } from "../lifecycle";
import type { CheckFailure, Created, Properties } from "../lifecycle";
import type { Manila } from "../openstack/manila";
import { unlessDone } from "../provisioning";
import type { Operation } from "../provisioning";
import { ResourceLifecycle } from "../resourceLifecycle";
import { ShareApi } from "./api";
import type { Share, ShareChanges } from "./api";
import { copyOf, inherited, isForWantOfZone, readyGroup, withoutZone } from "./membership";
import { IMMUTABLE, incoherent, inputsSchema, PLACE, stateSchema } from "./schema";
import type { Inputs, MADE_WITH, State } from "./schema";

/** The life of a share, as far as it is not the same as that of others. */
export class ShareLifecycle extends ResourceLifecycle<Share, Inputs, State, ShareApi> {
  protected override readonly schemas = {
    inputs: inputsSchema,
    knownInputs: inputsSchema,
    state: stateSchema,
    knownState: stateSchema.partial(),
  };
  protected override readonly immutable = IMMUTABLE;
  protected override readonly origin = ["consistencyGroupId", "snapshotId", "sourceCgsnapshotMemberId"];
  protected override readonly settings = ["timeouts"];

  protected override api(manila: Manila): ShareApi {
    return new ShareApi(manila);
  }

  protected override incoherent(inputs: Properties): CheckFailure[] {
    return incoherent(inputs);
  }

  /** A copy in a clone of a group is there already; everything else is made. */
  protected override async make(operation: Operation<Share, ShareApi>, inputs: Inputs): Promise<Created> {
    const { consistencyGroupId, sourceCgsnapshotMemberId } = inputs;
    if (consistencyGroupId === undefined || sourceCgsnapshotMemberId === undefined) {
      return await super.make(operation, inputs);
    }
    const group = await readyGroup(operation, consistencyGroupId);
    return await this.adopt(operation, await copyOf(operation.api, sourceCgsnapshotMemberId, group), inputs);
  }

  protected override async creation(
    operation: Operation<Share, ShareApi>,
    inputs: Inputs,
  ): Promise<() => Promise<Share>> {
    const { consistencyGroupId, snapshotId } = inputs;
    const group = consistencyGroupId && (await readyGroup(operation, consistencyGroupId));
    // A snapshot brings its share's type and network.
    const fromGroup = group && snapshotId === undefined ? inherited(group) : {};
    return async () => {
      try {
        return await operation.api.create({ ...fromGroup, ...inputs });
      } catch (error) {
        throw group && isForWantOfZone(error) ? withoutZone(inputs, group, error) : error;
      }
    };
  }

  /** Once it is taken over, it is in the state, whatever fails: nobody else knows of a copy. */
  protected override async adopt(
    operation: Operation<Share, ShareApi>,
    share: Share,
    inputs: Inputs,
  ): Promise<Created> {
    try {
      return await super.adopt(operation, share, inputs);
    } catch (error) {
      const taken = !(error instanceof ResourceError) && !(error instanceof IncompleteError);
      throw taken
        ? new IncompleteError(share.id, this.record(operation.manila, share, inputs, {}), error)
        : error;
    }
  }

  protected override ownDifferences(state: State, inputs: Inputs): Record<string, boolean> {
    return {
      ...otherMaking(state, inputs),
      // Metadata and publicity that the program leaves out are none; the rest stays as the cloud chose it.
      metadata: !isDeepStrictEqual(inputs.metadata ?? {}, state.metadata),
      isPublic: (inputs.isPublic ?? false) !== state.isPublic,
      size: inputs.size !== undefined && inputs.size !== state.size,
      consistencyGroupId: otherId(inputs.consistencyGroupId, state.consistencyGroupId),
      sourceCgsnapshotMemberId: otherId(inputs.sourceCgsnapshotMemberId, state.sourceCgsnapshotMemberId),
    };
  }

  protected override ownInputs(share: Share): Properties {
    const { id, status, createdAt, projectId, host, shareServerId, exportLocations, ...inputs } = share;
    const { metadata, isPublic } = share;
    return {
      ...inputs,
      metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
      isPublic: isPublic || undefined,
    };
  }

  protected override outputs(share: Share, inputs: Properties, before: State): Properties {
    return {
      ...share,
      shareTypeId: share.shareTypeId ?? before.shareTypeId ?? inputs.shareTypeId,
      exportLocations: share.exportLocations ?? before.exportLocations ?? [],
    };
  }

  protected override get optional(): readonly string[] {
    return [...IMMUTABLE, "size"];
  }

  protected override replacing(state: State, inputs: Inputs): readonly string[] {
    return [...(isSameCopy(state, inputs) ? PLACE : IMMUTABLE), "importId"];
  }

  /** First what changes at once, then the size, which takes its time. */
  protected override async bringTo(
    operation: Operation<Share, ShareApi>,
    id: string,
    state: State,
    inputs: Inputs,
  ): Promise<State> {
    this.refuseOther(operation, id, state, inputs);
    const { api } = operation;
    const changes: ShareChanges = {
      ...changedTexts(state, inputs),
      ...((inputs.isPublic ?? false) !== state.isPublic && { isPublic: inputs.isPublic ?? false }),
    };
    if (Object.keys(changes).length > 0) {
      await unlessDone(
        () => api.update(id, changes),
        () => api.get(id),
        (seen) => changedTexts(seen, inputs) === undefined && seen.isPublic === (inputs.isPublic ?? false),
      );
    }
    if (!isDeepStrictEqual(inputs.metadata ?? {}, state.metadata)) {
      await api.setMetadata(id, inputs.metadata ?? {});
    }
    const share = await api.get(id);
    const idle = canShrinkMore(share, inputs)
      ? this.record(operation.manila, share, inputs, state)
      : await this.ready(operation, share, inputs, state);
    if (inputs.size === undefined || idle.size === undefined || inputs.size === idle.size) {
      return idle;
    }
    const resized = await resize(api, id, idle.size, inputs.size);
    return await this.ready(operation, resized, inputs, state);
  }
}

/** Sets a share on its way to another size. If the reply is lost, the share itself tells whether it is. */
async function resize(api: ShareApi, id: string, from: number, to: number): Promise<Share> {
  return await unlessDone(
    async () => {
      await api.resize(id, from, to);
      return await api.get(id);
    },
    () => api.get(id),
    ({ size, status }) => size === to || status === "extending" || status === "shrinking",
  );
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

/**
 * After a refusal to shrink a share that holds too much, Manila takes another size; nothing else gets it out of
 * there.
 */
function canShrinkMore({ status, size }: Share, inputs: Inputs): boolean {
  return status === "shrinking_possible_data_loss_error" && (inputs.size ?? size) < size;
}
