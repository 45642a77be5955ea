import { ConsistencyGroupApi } from "../consistencyGroup/api";
import { otherId } from "../inputs";
import { ResourceError } from "../lifecycle";
import type { Properties } from "../lifecycle";
import { isConflict } from "../openstack/errors";
import type { ApiError } from "../openstack/errors";
import type { Manila } from "../openstack/manila";
import { AVAILABLE, named } from "../provisioning";
import type { Operation } from "../provisioning";
import { ResourceLifecycle } from "../resourceLifecycle";
import { ConsistencyGroupSnapshotApi } from "./api";
import type { ConsistencyGroupSnapshot } from "./api";
import { IMMUTABLE, inputsSchema, knownInputsSchema, stateSchema } from "./schema";
import type { Inputs, State } from "./schema";

/** The life of a snapshot of a consistency group, as far as it is not the same as that of others. */
export class ConsistencyGroupSnapshotLifecycle extends ResourceLifecycle<
  ConsistencyGroupSnapshot,
  Inputs,
  State,
  ConsistencyGroupSnapshotApi
> {
  protected override readonly schemas = {
    inputs: inputsSchema,
    knownInputs: knownInputsSchema,
    state: stateSchema,
    knownState: stateSchema.partial(),
  };
  protected override readonly immutable = IMMUTABLE;
  protected override readonly origin = [];

  protected override api(manila: Manila, { members }: State): ConsistencyGroupSnapshotApi {
    return new ConsistencyGroupSnapshotApi(manila, members);
  }

  /** Of a refusal that is about the group's state, it finds out the cause. */
  protected override creation(
    { api, manila }: Operation<ConsistencyGroupSnapshot, ConsistencyGroupSnapshotApi>,
    inputs: Inputs,
  ): Promise<() => Promise<ConsistencyGroupSnapshot>> {
    const { consistencyGroupId, name, description } = inputsSchema.parse(inputs);
    return Promise.resolve(async () => {
      try {
        return await api.create({ consistencyGroupId, name, description });
      } catch (error) {
        throw isConflict(error) ? await notReady(manila, consistencyGroupId, error) : error;
      }
    });
  }

  protected override ownDifferences(state: State, inputs: Inputs): Record<string, boolean> {
    return { consistencyGroupId: otherId(inputs.consistencyGroupId, state.consistencyGroupId) };
  }

  protected override outputs(snapshot: ConsistencyGroupSnapshot): Properties {
    return { ...snapshot };
  }

  protected override ownInputs({ consistencyGroupId }: ConsistencyGroupSnapshot): Properties {
    return { consistencyGroupId };
  }
}

/** Manila says neither which status the group has nor which of its shares is meant by what name. */
async function notReady(manila: Manila, groupId: string, conflict: ApiError): Promise<Error> {
  const groups = new ConsistencyGroupApi(manila);
  const group = await groups.get(groupId);
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
