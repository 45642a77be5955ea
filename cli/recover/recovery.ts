import { IncompleteError } from "../../provider/lifecycle";
import type { Created, Lifecycle, Properties } from "../../provider/lifecycle";
import { AVAILABLE, named } from "../../provider/provisioning";
import { containsUnknown } from "../../provider/unknown";
import type { Exported, Resource } from "./deployment";

/** What a kind of resource must be able to do to be found again. */
export interface Findable extends Lifecycle {
  alike(inputs: Properties, since: number): Promise<{ id: string; name?: string }[]>;
}

/** What to look for, and where. */
export interface Recovery {
  exported: Exported;
  /** What a preview would make, besides what the state says was being made. */
  creations: Resource[];
  /** In milliseconds since 1970. */
  since: number;
  /** By the types of resources. */
  kinds: ReadonlyMap<string, Findable>;
  tell(line: string): void;
}

/** A creation, and the one on the cloud that it has made. */
interface Found {
  resource: Resource;
  id: string;
}

const PROVIDER = "__provider";

/** The state with what interrupted creations have made, and without the operations of which the end is known then. */
export async function recovered(recovery: Recovery): Promise<Exported> {
  const { deployment } = recovery.exported;
  const { resources, pending_operations: pending } = deployment;
  const isOurs = ({ type, provider }: Resource): boolean =>
    recovery.kinds.has(type) && isOfDefaultProvider(provider);
  const begun = pending.filter(({ type }) => type === "creating").map((operation) => operation.resource);
  const found = await search(recovery, distinct([...begun, ...recovery.creations]).filter(isOurs));
  const taken = await Promise.all(found.map((each) => takeOver(recovery, each)));
  const replaced = new Set(taken.map(({ urn }) => urn));
  return {
    ...recovery.exported,
    deployment: {
      ...deployment,
      resources: [
        ...resources.map((each) => (replaced.has(each.urn) ? { ...each, delete: true } : each)),
        ...taken,
      ],
      pending_operations: pending.filter(({ resource }) => !isOurs(resource)),
    },
  };
}

/** Finds one for each creation, which is in no other resource of the stack. */
async function search(recovery: Recovery, creations: Resource[]): Promise<Found[]> {
  const { resources } = recovery.exported.deployment;
  const known = new Set(resources.flatMap(({ id }) => id?.toLowerCase() ?? []));
  const announced = new Set(recovery.creations.map(({ urn }) => urn));
  const found: Found[] = [];
  for (const resource of creations) {
    const candidates = await candidatesFor(recovery, resource);
    const [only, ...others] = candidates.filter(({ id }) => !known.has(id.toLowerCase()));
    // What the state has may be what the program wants, unless a preview announces another one in its place.
    const isThere = resources.some(
      ({ urn, id }) => urn === resource.urn && candidates.some((each) => each.id === id),
    );
    if (only !== undefined && others.length === 0 && (!isThere || announced.has(resource.urn))) {
      known.add(only.id.toLowerCase());
      found.push({ resource, id: only.id });
    } else if (only !== undefined) {
      const all = [only, ...others].map(named).join(", ");
      recovery.tell(
        `${nameOf(resource)} may have made any of these, which are in no resource of the stack: ${all}. If one is meant, ` +
          "the input importId takes it over; delete the others, unless they belong to another stack.",
      );
    }
  }
  return found;
}

async function candidatesFor(
  recovery: Recovery,
  resource: Resource,
): Promise<{ id: string; name?: string }[]> {
  if (containsUnknown(resource.inputs)) {
    recovery.tell(
      `${nameOf(resource)} can be looked for once what it is made from is in the state: preview and recover again.`,
    );
    return [];
  }
  const lifecycle = recovery.kinds.get(resource.type);
  return (await lifecycle?.alike(own(resource.inputs), recovery.since)) ?? [];
}

async function takeOver(recovery: Recovery, { resource, id }: Found): Promise<Resource> {
  const lifecycle = recovery.kinds.get(resource.type);
  const { state } = await settled(async () => lifecycle?.create({ ...own(resource.inputs), importId: id }));
  recovery.tell(`${nameOf(resource)} was made, and is in the state now: ${id} (${String(state.status)})`);
  // What has never been available is not in use: the next "pulumi up" goes on waiting for it, or replaces it.
  const creating = state.status === AVAILABLE ? {} : { __creating: true };
  return { ...resource, id, outputs: { ...state, ...creating, [PROVIDER]: resource.inputs[PROVIDER] } };
}

/** One that is not usable yet, or never will be, is there all the same. */
async function settled(create: () => Promise<Created | undefined>): Promise<Pick<Created, "state">> {
  try {
    return (await create()) ?? { state: {} };
  } catch (error) {
    if (error instanceof IncompleteError) {
      return error;
    }
    throw error;
  }
}

function own({ [PROVIDER]: _text, ...inputs }: Properties): Properties {
  return inputs;
}

function distinct(resources: Resource[]): Resource[] {
  return [...new Map(resources.toReversed().map((each) => [each.urn, each])).values()].toReversed();
}

/** Of the provider that has the credentials which this process has, too. */
function isOfDefaultProvider(provider = ""): boolean {
  return provider.includes("::default");
}

function nameOf({ urn }: Resource): string {
  return urn
    .split("::")
    .slice(2)
    .join("::")
    .replace(/^.*manila:/, "");
}
