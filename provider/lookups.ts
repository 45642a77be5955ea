import { z } from "zod";
import { ConsistencyGroupApi } from "./consistencyGroup/api";
import type { ConsistencyGroup } from "./consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "./consistencyGroupSnapshot/api";
import type { ConsistencyGroupSnapshot } from "./consistencyGroupSnapshot/api";
import { given, region, uuid } from "./inputs";
import { ResourceError } from "./lifecycle";
import { Names } from "./names";
import { ManilaError } from "./openstack/errors";
import type { Manila } from "./openstack/manila";
import { newCloud } from "./openstack/newCloud";
import type { SettingsSources } from "./openstack/settings";
import { find, named } from "./provisioning";
import type { Named } from "./provisioning";
import { ShareGroupTypeApi } from "./shareGroupType/api";
import type { ShareGroupType } from "./shareGroupType/api";
import { ShareTypeApi } from "./shareType/api";
import type { ShareType } from "./shareType/api";
import { tell } from "./tell";
import type { Summary } from "./wire";

/** How many of those that are there an error names. */
const NAMED_IN_ERRORS = 20;

/** What a program in JavaScript may leave out as a whole. */
const properties = z.record(z.string(), z.unknown()).default({});

const place = { region: region.optional() };
const whose = { allTenants: z.boolean().optional(), ...place };
const words = {
  name: z.string().optional(),
  status: z.string().optional(),
  projectId: z.string().optional(),
};
const specs = z.record(z.string(), z.string()).optional();

const which = z
  .strictObject({ id: uuid.optional(), name: z.string().optional(), ...place })
  .refine(({ id, name }) => (id === undefined) !== (name === undefined), "needs either id or name");

const summaries = z.strictObject({ name: z.string().optional(), ...whose });

const groups = z.strictObject({
  ...words,
  host: z.string().optional(),
  shareType: z.string().min(1).optional(),
  shareNetworkId: uuid.toLowerCase().optional(),
  sourceCgsnapshotId: uuid.toLowerCase().optional(),
  shareGroupType: z.string().min(1).optional(),
  availabilityZone: z.string().optional(),
  ...whose,
});

const snapshots = z.strictObject({ ...words, consistencyGroupId: uuid.toLowerCase().optional(), ...whose });

const shareTypes = z.strictObject({ extraSpecs: specs, ...place });
const shareGroupTypes = z.strictObject({ groupSpecs: specs, ...place });

/** The requests on groups or their snapshots that finding one takes. */
interface Findable<Resource> {
  readonly noun: string;
  get(id: string): Promise<Resource>;
  complete(seen: Resource): Promise<Resource>;
  detail(filter: { name: string }): Promise<Resource[]>;
  list(): Promise<Named[]>;
}

type Type = ShareType | ShareGroupType;

/** The links of groups and snapshots lead nowhere on clouds with consistency groups, so programs do not see them. */
type WithoutLinks<Linked> = Omit<Linked, "links">;

type Which = z.infer<typeof which>;

/**
 * What programs ask about the cloud without managing it. It takes arguments as programs give them, and refuses those
 * that it can't honour.
 */
export class LookUps {
  private readonly shareTypeNames = new Names("share type", (manila) => new ShareTypeApi(manila).list());
  private readonly groupTypeNames = new Names("share group type", (manila) =>
    new ShareGroupTypeApi(manila).list(),
  );

  /** @param connect gives the Manila of a region, without one that of the configured region */
  constructor(private readonly connect: (region?: string) => Promise<Manila>) {}

  async consistencyGroup(args: unknown): Promise<WithoutLinks<ConsistencyGroup>> {
    const wanted = parsed("getConsistencyGroup", which, args);
    const manila = await this.connect(wanted.region);
    return withoutLinks(await findOne(manila, new ConsistencyGroupApi(manila), wanted));
  }

  async consistencyGroups(args: unknown): Promise<WithoutLinks<ConsistencyGroup>[]> {
    const wanted = parsed("getConsistencyGroups", groups, args);
    const { allTenants, region: where, shareType, shareGroupType, ...filter } = wanted;
    const manila = await this.connect(where);
    const shareTypeId = await idOf(this.shareTypeNames, manila, shareType);
    const shareGroupTypeId = await idOf(this.groupTypeNames, manila, shareGroupType);
    const found = await new ConsistencyGroupApi(manila).detail(
      { ...filter, ...(shareTypeId !== undefined && { shareTypes: [shareTypeId] }), shareGroupTypeId },
      { allTenants },
    );
    return found.map(withoutLinks);
  }

  async consistencyGroupSummaries(args: unknown): Promise<WithoutLinks<Summary>[]> {
    const { name, allTenants, region: where } = parsed("getConsistencyGroupSummaries", summaries, args);
    const found = await new ConsistencyGroupApi(await this.connect(where)).list({ allTenants });
    return ofName(name, found);
  }

  async consistencyGroupSnapshot(args: unknown): Promise<WithoutLinks<ConsistencyGroupSnapshot>> {
    const wanted = parsed("getConsistencyGroupSnapshot", which, args);
    const manila = await this.connect(wanted.region);
    return withoutLinks(await findOne(manila, new ConsistencyGroupSnapshotApi(manila), wanted));
  }

  async consistencyGroupSnapshots(args: unknown): Promise<WithoutLinks<ConsistencyGroupSnapshot>[]> {
    const wanted = parsed("getConsistencyGroupSnapshots", snapshots, args);
    const { allTenants, region: where, ...filter } = wanted;
    const api = new ConsistencyGroupSnapshotApi(await this.connect(where));
    return (await api.detail(filter, { allTenants })).map(withoutLinks);
  }

  async consistencyGroupSnapshotSummaries(args: unknown): Promise<WithoutLinks<Summary>[]> {
    const wanted = parsed("getConsistencyGroupSnapshotSummaries", summaries, args);
    const { name, allTenants, region: where } = wanted;
    const found = await new ConsistencyGroupSnapshotApi(await this.connect(where)).list({ allTenants });
    return ofName(name, found);
  }

  async shareType(args: unknown): Promise<ShareType> {
    const wanted = parsed("getShareType", which, args);
    const manila = await this.connect(wanted.region);
    return await findType(manila, "share type", await new ShareTypeApi(manila).list(), wanted);
  }

  async shareTypes(args: unknown): Promise<ShareType[]> {
    const { extraSpecs, region: where } = parsed("getShareTypes", shareTypes, args);
    const types = await new ShareTypeApi(await this.connect(where)).list();
    return types.filter((type) => has(type.extraSpecs, extraSpecs));
  }

  async shareGroupType(args: unknown): Promise<ShareGroupType> {
    const wanted = parsed("getShareGroupType", which, args);
    const manila = await this.connect(wanted.region);
    return await findType(manila, "share group type", await new ShareGroupTypeApi(manila).list(), wanted);
  }

  async shareGroupTypes(args: unknown): Promise<ShareGroupType[]> {
    const { groupSpecs, region: where } = parsed("getShareGroupTypes", shareGroupTypes, args);
    const types = await new ShareGroupTypeApi(await this.connect(where)).list();
    return types.filter((type) => has(type.groupSpecs, groupSpecs));
  }
}

/** Look-ups on the cloud that a configuration names, or the environment, with one token for all of them. */
export function lookUps(configuration: SettingsSources["configuration"]): LookUps {
  const cloud = newCloud(configuration, tell);
  return new LookUps((where) => cloud.manila(where));
}

/** True of what is raised on purpose: its message alone tells a user what failed and what to do. */
export function isExpected(error: unknown): error is Error {
  return error instanceof ManilaError;
}

function parsed<Args>(name: string, schema: z.ZodType<Args>, args: unknown): Args {
  const result = schema.safeParse(given(properties.parse(args)));
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `${issue.keys.join(", ")}: it has no such argument`
      : [...issue.path, issue.message].join(" "),
  );
  throw new ResourceError(`${name}: ${problems.join("; ")}.`);
}

/** The one group or snapshot of an id or a name. */
async function findOne<Resource extends Named>(
  manila: Manila,
  api: Findable<Resource>,
  wanted: Which,
): Promise<Resource> {
  const { id, name = "" } = wanted;
  const all = (): Promise<Named[]> => api.list();
  return id === undefined
    ? await api.complete(await theOne(manila, api.noun, wanted, await api.detail({ name }), all))
    : await theOne(manila, api.noun, wanted, [await find(api, id)], all);
}

/** The one type of an id or a name. */
async function findType<Type extends Named>(
  manila: Manila,
  noun: string,
  types: Type[],
  wanted: Which,
): Promise<Type> {
  const found = types.filter(({ id, name }) =>
    wanted.id === undefined ? name === wanted.name : id.toLowerCase() === wanted.id.toLowerCase(),
  );
  return await theOne(manila, noun, wanted, found, () => Promise.resolve(types));
}

/** What has been found, if it is one. `all` tells what there is. */
async function theOne<Item extends Named>(
  { projectId, region: where }: Manila,
  noun: string,
  { id, name }: Which,
  found: (Item | undefined)[],
  all: () => Promise<Named[]>,
): Promise<Item> {
  const [first, ...others] = found.filter((each) => each !== undefined);
  if (first === undefined) {
    throw new ResourceError(
      `There is no ${noun} ${id ?? JSON.stringify(name)} for project ${projectId}` +
        `${where === undefined ? "" : ` in region ${where}`}. There are: ${described(await all())}.`,
    );
  }
  if (others.length > 0) {
    throw new ResourceError(
      `There are ${found.length} ${noun}s ${JSON.stringify(name)}: ${described([first, ...others])}. Give the id of ` +
        "one of them.",
    );
  }
  return first;
}

function described(items: Named[]): string {
  const names = items.slice(0, NAMED_IN_ERRORS).map(named);
  const more = items.length - names.length;
  return items.length === 0 ? "none" : names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The id of a type that is given by its id or its name. */
async function idOf(
  names: Names<Type>,
  manila: Manila,
  idOrName: string | undefined,
): Promise<string | undefined> {
  if (idOrName === undefined) {
    return undefined;
  }
  const ids = await names.idsOf([idOrName], {}, () => Promise.resolve(manila));
  return ids[idOrName] ?? idOrName.toLowerCase();
}

function ofName(name: string | undefined, items: Summary[]): WithoutLinks<Summary>[] {
  return items.filter((item) => name === undefined || item.name === name).map(withoutLinks);
}

function withoutLinks<Linked extends { links: unknown }>({
  links: _links,
  ...rest
}: Linked): WithoutLinks<Linked> {
  return rest;
}

function has(specs: Record<string, string>, wanted: Record<string, string> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => specs[key] === value);
}
