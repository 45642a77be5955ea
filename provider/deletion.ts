import { ResourceError } from "./lifecycle";
import { ApiError, isConflict, isMissing, isOutcomeUnknown } from "./openstack/errors";
import {
  AVAILABLE,
  BUSY,
  capitalized,
  DELETING,
  ERROR,
  find,
  label,
  place,
  reasonFor,
  refuseOtherProject,
  StatusError,
  unlessMissing,
  whileIn,
} from "./provisioning";
import type { Operation, Provisioned, ProvisionedApi } from "./provisioning";

/** Deletes a resource and waits until it is gone; if need be and asked for, by force. One that is gone is no error. */
export async function remove<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
  { projectId, forceDelete }: { projectId?: string; forceDelete?: boolean },
): Promise<void> {
  try {
    if (await requestDeletion(operation, id)) {
      await untilGone(operation, id);
      return;
    }
  } catch (error) {
    if (forceDelete !== true || !(error instanceof StatusError || isConflict(error))) {
      throw error;
    }
    await removeByForce(operation, id, error);
    return;
  }
  refuseOtherProject(operation, id, projectId);
}

/** The last resort: it orphans whatever the resource still holds, so there must be nothing. */
async function removeByForce<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
  reason: Error,
): Promise<void> {
  const { api, outside } = operation;
  const resource = await find(api, id);
  if (resource === undefined) {
    return;
  }
  const inTheWay = (await api.inTheWay?.(resource)) ?? "";
  if (inTheWay !== "") {
    throw new ResourceError(
      `${label(api.noun, resource)} is not deleted by force, since that would orphan ${inTheWay}. Delete them first. ` +
        reason.message,
      { cause: reason },
    );
  }
  try {
    // What is asked for again because the reply was lost may be gone already.
    await unlessMissing(id, async () => await api.forceDelete?.(id));
  } catch (error) {
    throw error instanceof ApiError
      ? new ApiError(`${error.message} (Force was needed: ${reason.message})`, error)
      : error;
  }
  outside.tell(
    `warning: ${label(api.noun, resource)} was deleted by force: it is out of Manila's database, but its storage back ` +
      `end was not told and may still hold something of it. ${reason.message}`,
  );
}

/** Asks for the deletion, if need be once what is under way has ended. False if there is no such resource. */
async function requestDeletion<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
  again = false,
): Promise<boolean> {
  const { api } = operation;
  try {
    await api.delete(id);
    return true;
  } catch (error) {
    if (isMissing(error, id)) {
      return false;
    }
    if (!isConflict(error)) {
      return await isDeleted(operation, id, error);
    }
    const resource = await find(api, id);
    if (resource === undefined || resource.status === DELETING) {
      return true;
    }
    if (BUSY.includes(resource.status)) {
      await whileIn(resource.status, operation, resource);
      return await requestDeletion(operation, id);
    }
    const reason = await blocked(api, resource, error);
    if (reason !== error || again) {
      throw reason;
    }
    // What was in the way has gone between the two requests.
    return await requestDeletion(operation, id, true);
  }
}

/** Whether a deletion of which the outcome is not known is under way, or over; if not, its error counts. */
async function isDeleted<Resource extends Provisioned>(
  { api }: Operation<Resource>,
  id: string,
  error: unknown,
): Promise<true> {
  if (!isOutcomeUnknown(error)) {
    throw error;
  }
  const seen = await find(api, id);
  if (seen !== undefined && seen.status !== DELETING) {
    throw error;
  }
  return true;
}

/** Waits until a resource whose deletion was asked for is gone. */
async function untilGone<Resource extends Provisioned>(
  operation: Operation<Resource>,
  id: string,
): Promise<void> {
  const { api } = operation;
  const resource = await operation.watcher.look(id);
  const left = resource && (await whileIn(DELETING, operation, resource));
  if (left !== undefined) {
    throw new StatusError(
      `${label(api.noun, left)} could not be deleted: the back end failed, and its status is now ` +
        `"${left.status}"${place(api, left)}. It stays in the state. ${capitalized(await reasonFor(operation, left))}; ` +
        `"pulumi destroy" or "pulumi up" tries again.`,
    );
  }
}

/** Why a resource can't be deleted: its status, or what it still holds. */
async function blocked<Resource extends Provisioned>(
  api: ProvisionedApi<Resource>,
  resource: Resource,
  conflict: ApiError,
): Promise<Error> {
  if (resource.status !== AVAILABLE && resource.status !== ERROR) {
    return new StatusError(
      `${label(api.noun, resource)} can't be deleted in status "${resource.status}". ` +
        `An administrator can reset it to error; then delete it again. ${conflict.message}`,
    );
  }
  const inTheWay = (await api.inTheWay?.(resource)) ?? "";
  return inTheWay === ""
    ? conflict
    : new ResourceError(
        `${label(api.noun, resource)} can't be deleted: it still has ${inTheWay}. Delete them first. ` +
          conflict.message,
      );
}
