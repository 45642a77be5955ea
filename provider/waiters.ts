import { durationText } from "./duration";
import type { Outside } from "./lifecycle";
import type { Manila } from "./openstack/manila";
import { SettingsError } from "./openstack/settings";
import { AVAILABLE, beginOperation, DELETING, settled, unusable, whileIn } from "./provisioning";
import type { Operation, Provisioned, ProvisionedApi } from "./provisioning";
import { Watcher } from "./watching";

/** How long to wait. */
export interface WaitOptions {
  /** Such as "90s", "10m" or "1h30m". "10m" by default. */
  timeout?: string;
}

/** Waiting for what Manila does in its own time. While the API is away or limits its callers, a wait goes on. */
export interface Waiters<Resource> {
  /**
   * Waits until what is under way has ended, and gives the resource, which is available then.
   *
   * @throws StatusError if it ends in another status, with Manila's reason where it tells one, or takes too long
   * @throws ApiError if there is no such resource, or none any more
   */
  waitUntilAvailable(id: string, options?: WaitOptions): Promise<Resource>;
  /**
   * Waits until a resource whose deletion was asked for is gone; one that is gone already is no error.
   *
   * @throws StatusError if it is not being deleted, or not any more since that has failed, or takes too long
   */
  waitUntilGone(id: string, options?: WaitOptions): Promise<void>;
}

const LONGER = "Wait again, or longer: timeout says how long.";
const REPAIR = "An administrator can repair it and reset its status";

/** The waiters of one kind of resource. */
export function waiters<Resource extends Provisioned>(
  api: ProvisionedApi<Resource>,
  manila: Manila,
  outside: Outside,
): Waiters<Resource> {
  const watcher = new Watcher(api, outside, manila.listFreshnessMilliseconds);
  const begin = ({ timeout }: WaitOptions = {}): Operation<Resource> =>
    beginOperation(manila, api, watcher, outside, checkedTimeout(timeout));
  return {
    waitUntilAvailable: async (id, options) => await untilAvailable(begin(options), id),
    waitUntilGone: async (id, options) => {
      await untilGone(begin(options), id);
    },
  };
}

async function untilAvailable<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
): Promise<Resource> {
  const resource = await settled(operation, await operation.api.get(id), LONGER);
  if (resource.status !== AVAILABLE) {
    throw await unusable(operation, resource, REPAIR);
  }
  return resource;
}

async function untilGone<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
): Promise<void> {
  const resource = await operation.watcher.look(id);
  const left = resource && (await whileIn(DELETING, operation, resource, LONGER));
  if (left !== undefined) {
    throw await unusable(operation, left, "It is not being deleted, or not any more: delete it again");
  }
}

function checkedTimeout(timeout: string | undefined): string | undefined {
  const parsed = durationText.optional().safeParse(timeout);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(({ message }) => `timeout ${message}.`);
    throw new SettingsError("Can't wait as long as is asked:", reasons);
  }
  return parsed.data;
}
