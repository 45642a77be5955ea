import assert from "node:assert/strict";
import type { Created, Lifecycle, Properties, Read } from "../../provider/lifecycle";

/** What a diff says where program and state agree. */
export const SAME = { changes: [], replaces: [] };

/** What an `up` does about a resource that is new in the program. */
export async function make(lifecycle: Lifecycle, inputs: Properties): Promise<Created> {
  assert.deepEqual((await lifecycle.check(inputs, {})).failures, []);
  return await lifecycle.create(inputs);
}

/** What an `up` does about one that the program says something else of; it must not be replaced for that. */
export async function change(
  lifecycle: Lifecycle,
  { id, state }: Created,
  inputs: Properties,
): Promise<Created> {
  assert.deepEqual((await lifecycle.check(inputs, {})).failures, []);
  const { changes, replaces } = await lifecycle.diff(id, state, inputs);
  assert.notDeepEqual(changes, []);
  assert.deepEqual(replaces, []);
  return { id, state: await lifecycle.update(id, state, inputs) };
}

/** What a `refresh` does about one that is there. */
export async function refresh(lifecycle: Lifecycle, { id, state }: Created): Promise<Read> {
  const read = await lifecycle.read(id, state);
  assert.ok(read !== undefined, `${id} is gone`);
  return read;
}

/** The properties for which another one would be made. */
export async function replacedFor(
  lifecycle: Lifecycle,
  { id, state }: Created,
  inputs: Properties,
): Promise<string[]> {
  return (await lifecycle.diff(id, state, inputs)).replaces;
}
