import { parseDuration } from "./duration";
import { IncompleteError, ResourceError } from "./lifecycle";
import type { Outside } from "./lifecycle";
import { userMessages } from "./messages";
import { ApiError, isMissing, isOutcomeUnknown, ManilaError, ReplyError } from "./openstack/errors";
import type { Manila } from "./openstack/manila";
import type { WatchedApi, Watcher } from "./watching";

export const AVAILABLE = "available";
export const ERROR = "error";
export const CREATING = "creating";
export const DELETING = "deleting";
/** The statuses that pass by themselves. */
export const BUSY = [CREATING, "extending", "shrinking"];

/** How long an operation may take where the program does not say. */
const DEFAULT_TIMEOUT = "10m";

/** What has an id, and perhaps a name. */
export interface Named {
  id: string;
  name?: string;
}

/** A resource that Manila makes and removes in its own time. */
export interface Provisioned extends Named {
  status: string;
  /** Absent until the scheduler has chosen one. */
  host?: string;
}

interface Kind {
  /** What it is, such as `consistency group`. */
  readonly noun: string;
  /** Whether the scheduler chooses a host for each. */
  readonly scheduled: boolean;
}

/** The requests that waiting for a resource needs. */
export interface ProvisionedApi<Resource extends Provisioned> extends Kind, WatchedApi<Resource> {
  /** All that Manila tells of a resource. */
  get(id: string): Promise<Resource>;
  /** The rest of what Manila tells of a resource that was seen by itself, or in a list. */
  complete(seen: Resource): Promise<Resource>;
  delete(id: string): Promise<void>;
  /**
   * What keeps an idle resource from being deleted, in words such as `2 shares: …`; empty if nothing does. Absent for
   * a kind of which that can't be.
   */
  inTheWay?(resource: Resource): Promise<string>;
  /** What to do about a resource that is not usable, where it is not the same as for every kind. */
  remedy?(resource: Resource): string | undefined;
  /** Takes it out of Manila's database whatever its status. Absent for a kind of which that can't be asked. */
  forceDelete?(id: string): Promise<void>;
}

/** Where a resource of some kind is looked for. */
interface Place {
  manila: Manila;
  api: { readonly noun: string };
}

/** One call of a lifecycle: where it goes to, and how long it may take. */
export interface Operation<Resource extends Provisioned, Api = ProvisionedApi<Resource>> {
  manila: Manila;
  api: Api;
  /** Looks at resources for all operations of this process. */
  watcher: Watcher<Resource>;
  timeout: string;
  /** In the clock's milliseconds. */
  deadline: number;
  outside: Outside;
}

/** An operation that begins now. */
export function beginOperation<Resource extends Provisioned, Api>(
  manila: Manila,
  api: Api,
  watcher: Watcher<Resource>,
  outside: Outside,
  timeout = DEFAULT_TIMEOUT,
): Operation<Resource, Api> {
  const deadline = outside.clock.now() + (parseDuration(timeout) ?? 0);
  return { manila, api, watcher, timeout, deadline, outside };
}

/** The resource, or undefined if Manila says that this very one does not exist. */
export async function find<Resource>(
  api: { get(id: string): Promise<Resource> },
  id: string,
): Promise<Resource | undefined> {
  return await unlessMissing(id, () => api.get(id));
}

/** What a request about a resource gives, or undefined if Manila says that this very one does not exist. */
export async function unlessMissing<Result>(
  id: string,
  request: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await request();
  } catch (error) {
    if (isMissing(error, id)) {
      return undefined;
    }
    throw error;
  }
}

/** A resource as it is now, read together with others; undefined if there is none. */
export async function asItIs<Resource extends Provisioned>(
  { api, watcher }: Operation<Resource>,
  id: string,
): Promise<Resource | undefined> {
  return await whole(api, await watcher.look(id));
}

/** All that Manila tells of what was seen; undefined if it has gone meanwhile, as what was not seen. */
export async function whole<Resource extends Provisioned>(
  api: ProvisionedApi<Resource>,
  seen: Resource | undefined,
): Promise<Resource | undefined> {
  return seen && (await unlessMissing(seen.id, () => api.complete(seen)));
}

/**
 * What a change gives; if its reply is lost, what is seen afterwards, provided that the change was carried out.
 */
export async function unlessDone<Resource>(
  change: () => Promise<Resource>,
  look: () => Promise<Resource>,
  isDone: (seen: Resource) => boolean,
): Promise<Resource> {
  try {
    return await change();
  } catch (error) {
    const seen = isOutcomeUnknown(error) ? await look() : undefined;
    if (seen !== undefined && isDone(seen)) {
      return seen;
    }
    throw error;
  }
}

/** The resource, which must be the one that was asked for. */
export function sameResource<Resource extends Provisioned>(
  noun: string,
  id: string,
  resource: Resource,
): Resource {
  if (resource.id.toLowerCase() !== id.toLowerCase()) {
    throw new ReplyError(`Manila was asked for ${noun} ${id} and answered with ${resource.id}.`);
  }
  return resource;
}

/** A resource is in a status that forbids what was asked for, or does not leave it. */
export class StatusError extends ResourceError {}

const SLOW = "A slow back end needs a longer time in the input timeouts.";
const GOES_ON = `It stays in the state, and the next "pulumi up" goes on waiting. ${SLOW}`;
const TRIES_AGAIN = `It stays in the state, and the next "pulumi up" or "pulumi destroy" tries again. ${SLOW}`;

/**
 * Waits for a resource to be usable. Whatever goes wrong meanwhile, the error carries what to record of it.
 *
 * @param breach what an available resource lacks of what was promised
 */
export async function untilAvailable<Resource extends Provisioned, State extends { __creating?: true }>(
  operation: Operation<Resource>,
  resource: Resource,
  record: (seen: Resource) => State,
  breach: (seen: Resource) => string | undefined = () => undefined,
): Promise<State> {
  const { api } = operation;
  let last = resource;
  try {
    last = await settled(operation, resource, GOES_ON, (seen) => (last = seen));
    if (last.status !== AVAILABLE) {
      const creating = record(last).__creating === true;
      throw await unusable(operation, last, api.remedy?.(last) ?? generalRemedy(last.status, creating));
    }
    const broken = breach(last);
    if (broken !== undefined) {
      throw new ResourceError(`${label(api.noun, last)} ${broken}`);
    }
    return record(last);
  } catch (error) {
    throw new IncompleteError(resource.id, record(last), error);
  }
}

/**
 * Waits until nothing is under way with a resource; then it is looked at as a whole.
 *
 * @param advice what to do if the time is over before
 */
export async function settled<Resource extends Provisioned>(
  { api, watcher, timeout, deadline }: Operation<Resource>,
  resource: Resource,
  advice: string,
  note: (seen: Resource) => void = () => undefined,
): Promise<Resource> {
  if (!BUSY.includes(resource.status)) {
    return resource;
  }
  let busy = resource;
  const seen = await watcher.wait(resource, {
    done: (now) => {
      if (now === undefined || !BUSY.includes(now.status)) {
        return true;
      }
      busy = now;
      note(now);
      return false;
    },
    timedOut: () => stillBusy(api, busy, timeout, advice),
    deadline,
  });
  // One that has gone meanwhile is an error, in Manila's own words.
  return seen === undefined ? await api.get(resource.id) : await api.complete(seen);
}

/** Manila answers 404 for other projects' resources as for none at all, and only the latter may be forgotten. */
export function refuseOtherProject(
  { api, manila: { projectId } }: Place,
  id: string,
  recordedProject: string | undefined,
): void {
  if (recordedProject !== undefined && recordedProject !== projectId) {
    throw new ResourceError(
      `${capitalized(api.noun)} ${id} is of project ${recordedProject}, and the cloud settings lead to project ` +
        `${projectId}, where it can't be seen. It stays in the stack's state. Use credentials of its own project.`,
    );
  }
}

/**
 * Called when Manila knows no such resource. Only what the stack has recorded can be gone; for what `get` looks up,
 * that is an error, lest a program goes on with nothing in its hands.
 */
export function confirmGone(
  operation: Place,
  id: string,
  { projectId, status }: { projectId?: string; status?: string },
): void {
  refuseOtherProject(operation, id, projectId);
  if (status === undefined) {
    throw noSuchResource(operation, id, "Check the id");
  }
}

/** There is nothing of this id where the program expects it. `check` says which value to check. */
export function noSuchResource(
  { api, manila: { region, projectId } }: Place,
  id: string,
  check: string,
): ResourceError {
  const where = region === undefined ? "" : ` of region ${region}`;
  return new ResourceError(
    `There is no ${api.noun} ${id} in project ${projectId}${where}. ${check}, and the project and the region that the ` +
      "cloud settings lead to.",
  );
}

/** What Manila does not find, or forbids as it does for shares, may be of another project than the credentials'. */
export async function inOwnProject<Result>(
  operation: Place,
  id: string,
  projectId: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error, id) || (error instanceof ApiError && error.status === 403)) {
      refuseOtherProject(operation, id, projectId);
    }
    throw error;
  }
}

/**
 * Waits while a resource is in a status; gives what it has become, undefined if it is gone.
 *
 * @param advice what to do if the time is over before
 */
export async function whileIn<Resource extends Provisioned>(
  status: string,
  { api, watcher, timeout, deadline }: Operation<Resource>,
  resource: Resource,
  advice = TRIES_AGAIN,
): Promise<Resource | undefined> {
  return await watcher.wait(resource, {
    done: (seen) => seen?.status !== status,
    timedOut: () => stillBusy(api, resource, timeout, advice),
    deadline,
  });
}

/** The error for a resource in a status that is of no use: which, why, and what to do. */
export async function unusable<Resource extends Provisioned>(
  operation: Operation<Resource>,
  resource: Resource,
  remedy: string,
): Promise<StatusError> {
  const { api } = operation;
  return new StatusError(
    `${label(api.noun, resource)} is in status "${resource.status}"${place(api, resource)}: ` +
      `${await reasonFor(operation, resource)}. ${remedy}.`,
  );
}

/** Manila's own words on what has failed, and where there are none, where to find some. */
export async function reasonFor<Resource extends Provisioned>(
  { api, manila }: Operation<Resource>,
  resource: Resource,
): Promise<string> {
  try {
    const said = await userMessages(manila, resource.id);
    if (said.length > 0) {
      return `Manila says: ${said.join(" ")}`.replace(/\.$/, "");
    }
  } catch (error) {
    if (error instanceof ManilaError) {
      return `Manila's messages on it can't be read: ${error.message}`.replace(/\.$/, "");
    }
    throw error;
  }
  return api.scheduled && resource.host === undefined
    ? "no back end can take it: the scheduler's log tells which filter refused"
    : `the log of manila-share${api.scheduled ? ` for host ${resource.host ?? ""}` : ""} tells why`;
}

function generalRemedy(status: string, creating: boolean): string {
  if (status === DELETING) {
    return 'Somebody deletes it: once it is gone, "pulumi refresh" takes it out of the state';
  }
  return creating && status === ERROR
    ? 'It has never been available, so the next "pulumi up" replaces it'
    : 'Once an administrator has repaired it and reset its status, "pulumi up" goes on; ' +
        '"pulumi up --replace URN" makes a new one instead';
}

function stillBusy(api: Kind, resource: Provisioned, timeout: string, advice: string): StatusError {
  return new StatusError(
    `${label(api.noun, resource)} is still "${resource.status}" after ${timeout}${place(api, resource)}. ${advice}`,
  );
}

/** Such as `Consistency group "database" (1234)`. */
export function label(noun: string, resource: Provisioned): string {
  return `${capitalized(noun)} ${named(resource)}`;
}

/** Such as `"database" (1234)`, or the id alone. */
export function named({ id, name = "" }: Named): string {
  return name === "" ? id : `"${name}" (${id})`;
}

export function capitalized(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** Such as ` (host newton@alpha#pool)`. */
export function place({ scheduled }: Kind, { host }: Provisioned): string {
  if (!scheduled) {
    return "";
  }
  return host === undefined ? " (no host)" : ` (host ${host})`;
}
