import { ConsistencyGroupSnapshotApi } from "../consistencyGroupSnapshot/api";
import { otherId, otherIds } from "../inputs";
import { ResourceError } from "../lifecycle";
import type { CheckFailure, Properties } from "../lifecycle";
import { Names } from "../names";
import type { Manila } from "../openstack/manila";
import { isAtLeast } from "../openstack/microversion";
import { named } from "../provisioning";
import type { Operation } from "../provisioning";
import { ResourceLifecycle } from "../resourceLifecycle";
import { promisesConsistentSnapshots, ShareGroupTypeApi } from "../shareGroupType/api";
import { ShareTypeApi } from "../shareType/api";
import { containsUnknown } from "../unknown";
import { ConsistencyGroupApi } from "./api";
import type { ConsistencyGroup } from "./api";
import { excludedBySource, IMMUTABLE, inputsSchema, OF_SHARE_GROUPS, stateSchema } from "./schema";
import type { Inputs as DeclaredInputs, State } from "./schema";

/** With ids in place of the names that the program gives, and what these stood for. */
type Inputs = DeclaredInputs & Pick<State, "__shareTypes" | "__shareGroupTypes">;

const NO_PROMISE =
  "snapshots of its shares would not be of one instant. Say requireConsistentSnapshots: false to have it all the same.";

/** The life of a consistency group, as far as it is not the same as that of others. */
export class ConsistencyGroupLifecycle extends ResourceLifecycle<
  ConsistencyGroup,
  Inputs,
  State,
  ConsistencyGroupApi
> {
  protected override readonly schemas = {
    inputs: inputsSchema,
    knownInputs: inputsSchema,
    state: stateSchema,
    knownState: stateSchema.partial(),
  };
  protected override readonly immutable = IMMUTABLE;
  protected override readonly origin = ["sourceCgsnapshotId"];
  protected override readonly settings = ["timeouts", "forceDelete", "requireConsistentSnapshots"];
  private readonly shareTypes = new Names("share type", (manila) => new ShareTypeApi(manila).list());
  private readonly shareGroupTypes = new Names("share group type", (manila) =>
    new ShareGroupTypeApi(manila).list(),
  );

  protected override api(manila: Manila): ConsistencyGroupApi {
    return new ConsistencyGroupApi(manila);
  }

  /** On a cloud with consistency groups, an input that only share groups have can't be honoured. */
  protected override async incoherent(inputs: Properties, previous: Properties): Promise<CheckFailure[]> {
    const excluded = excludedBySource(inputs);
    const added = OF_SHARE_GROUPS.filter((property) => inputs[property] !== previous[property]);
    const asked = added.filter((property) => inputs[property] !== undefined);
    const { region } = inputs;
    if (asked.length === 0 || containsUnknown(region)) {
      return excluded;
    }
    const { generation, microversion } = await this.outside.connect(
      typeof region === "string" ? region : undefined,
    );
    const reason =
      `needs share groups (microversion 2.31 or later), and this cloud has consistency groups, with which the ` +
      `provider speaks ${microversion}`;
    return generation === "shareGroups"
      ? excluded
      : [...excluded, ...asked.map((property) => ({ property, reason }))];
  }

  protected override async resolve(
    inputs: Inputs,
    state: State,
    connect: () => Promise<Manila>,
  ): Promise<Inputs> {
    const { shareTypes, shareGroupType } = inputs;
    // A group that was made as a consistency group has no type to compare with.
    const compared = state.status === undefined || state.shareGroupTypeId !== undefined;
    const groupTypes = shareGroupType === undefined || !compared ? [] : [shareGroupType];
    const types = await this.shareTypes.idsOf(shareTypes ?? [], state.__shareTypes ?? {}, connect);
    const typesOfGroup = await this.shareGroupTypes.idsOf(groupTypes, state.__shareGroupTypes ?? {}, connect);
    return {
      ...inputs,
      ...(shareTypes && { shareTypes: shareTypes.map((each) => types[each] ?? each) }),
      ...(shareGroupType && { shareGroupType: typesOfGroup[shareGroupType] ?? shareGroupType }),
      __shareTypes: unlessEmpty(types),
      __shareGroupTypes: unlessEmpty(typesOfGroup),
    };
  }

  protected override async creation(
    operation: Operation<ConsistencyGroup, ConsistencyGroupApi>,
    inputs: Inputs,
  ): Promise<() => Promise<ConsistencyGroup>> {
    if (operation.manila.generation === "consistencyGroups") {
      return () => operation.api.create(inputs);
    }
    const shareGroupTypeId = inputs.shareGroupType ?? (await typeOfSource(operation, inputs));
    await this.confirmPromise(operation, inputs, shareGroupTypeId);
    return () => operation.api.create({ ...inputs, shareGroupTypeId });
  }

  protected override ownDifferences(state: State, inputs: Inputs): Record<string, boolean> {
    const { availabilityZone, shareGroupType } = inputs;
    return {
      shareTypes: otherIds(inputs.shareTypes, state.shareTypes ?? []),
      shareNetworkId: otherId(inputs.shareNetworkId, state.shareNetworkId),
      sourceCgsnapshotId: otherId(inputs.sourceCgsnapshotId, state.sourceCgsnapshotId),
      // A group that was made as a consistency group has no type, and may have no zone.
      shareGroupType: state.shareGroupTypeId !== undefined && otherId(shareGroupType, state.shareGroupTypeId),
      availabilityZone:
        availabilityZone !== undefined &&
        state.availabilityZone !== undefined &&
        availabilityZone !== state.availabilityZone,
    };
  }

  protected override actual(state: State, property: string): unknown {
    return property === "shareGroupType" ? state.shareGroupTypeId : super.actual(state, property);
  }

  protected override ownInputs(group: ConsistencyGroup, state: State): Properties {
    const { shareNetworkId, sourceCgsnapshotId, shareGroupTypeId, availabilityZone } = group;
    const shareGroupType = shareGroupTypeId && nameOf(shareGroupTypeId, state.__shareGroupTypes);
    const isUpgraded = state.status !== undefined && state.shareGroupTypeId === undefined;
    return {
      shareTypes: group.shareTypes.map((id) => nameOf(id, state.__shareTypes)),
      shareNetworkId,
      sourceCgsnapshotId,
      // What a cloud tells of since its upgrade is none of the program's.
      ...(isUpgraded ? {} : { shareGroupType, availabilityZone }),
    };
  }

  protected override outputs(group: ConsistencyGroup, inputs: Properties, before: State): Properties {
    return {
      ...group,
      __shareTypes: inputs.__shareTypes ?? before.__shareTypes,
      __shareGroupTypes: inputs.__shareGroupTypes ?? before.__shareGroupTypes,
      // Not kept, but told among what the program leaves to the cloud.
      shareGroupType: group.shareGroupTypeId,
    };
  }

  /** Of groups that have no type nothing was promised, and before 2.34 Manila does not tell. */
  protected override breach(
    { microversion }: Manila,
    { shareGroupTypeId, consistentSnapshotSupport }: ConsistencyGroup,
    { requireConsistentSnapshots = true }: Properties,
  ): string | undefined {
    const broken =
      requireConsistentSnapshots === true &&
      shareGroupTypeId !== undefined &&
      consistentSnapshotSupport === undefined &&
      isAtLeast(microversion, "2.34");
    return broken
      ? `was made on a back end without support for consistent snapshots: ${NO_PROMISE} It stays in the state.`
      : undefined;
  }

  /** A share group keeps the promise of its name only if its type has the back ends chosen for it. */
  private async confirmPromise(
    { manila, outside }: Operation<ConsistencyGroup, ConsistencyGroupApi>,
    { name, requireConsistentSnapshots = true }: Inputs,
    typeId: string | undefined,
  ): Promise<void> {
    const types = await this.shareGroupTypes.all(manila);
    const type = types.find(({ id, isDefault }) => (typeId === undefined ? isDefault : !otherId(typeId, id)));
    if (type === undefined || promisesConsistentSnapshots(type)) {
      return;
    }
    const suitable = types.filter(promisesConsistentSnapshots).map(named).join(", ");
    const problem =
      `share group type ${named(type)} has no consistent_snapshot_support, so ${NO_PROMISE} Types that have it: ` +
      `${suitable === "" ? "none" : suitable}.`;
    if (requireConsistentSnapshots) {
      throw new ResourceError(`Consistency group "${name ?? ""}" is not made: ${problem}`);
    }
    outside.tell(`warning: consistency group "${name ?? ""}": ${problem}`);
  }
}

/**
 * The share group type of the group that a copy starts from. Manila does not take it over: it would check the copy
 * against its default type, and refuse share types that this one has not.
 */
async function typeOfSource(
  { api, manila }: Operation<ConsistencyGroup, ConsistencyGroupApi>,
  { sourceCgsnapshotId }: Inputs,
): Promise<string | undefined> {
  if (sourceCgsnapshotId === undefined) {
    return undefined;
  }
  const snapshot = await new ConsistencyGroupSnapshotApi(manila).look(sourceCgsnapshotId);
  return (await api.get(snapshot.consistencyGroupId)).shareGroupTypeId;
}

function nameOf(id: string, ids: Record<string, string> = {}): string {
  const name = Object.keys(ids).find((each) => ids[each]?.toLowerCase() === id.toLowerCase());
  return name ?? id;
}

function unlessEmpty(ids: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(ids).length > 0 ? ids : undefined;
}
