import assert from "node:assert/strict";
import { ApiError } from "../../provider/openstack/errors";
import { IncompleteError, ResourceError } from "../../provider/lifecycle";

/** The error of a resource that exists but is not ready. */
export async function incomplete(work: Promise<unknown>): Promise<IncompleteError> {
  return await failure(work, IncompleteError);
}

/** The error of a call that is refused with words of our own. */
export async function refusal(work: Promise<unknown>): Promise<ResourceError> {
  return await failure(work, ResourceError);
}

/** The error of the API with this status. */
export async function refusedWith(status: number, work: Promise<unknown>): Promise<ApiError> {
  const error = await failure(work, ApiError);
  assert.equal(error.status, status, error.message);
  return error;
}

export async function failure<Kind extends Error>(
  work: Promise<unknown>,
  kind: new (...parameters: never[]) => Kind,
): Promise<Kind> {
  const error: unknown = await work.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof kind, String(error));
  return error;
}
