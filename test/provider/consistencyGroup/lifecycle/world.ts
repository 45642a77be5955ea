import assert from "node:assert/strict";
import { ConsistencyGroupLifecycle } from "../../../../provider/consistencyGroup/lifecycle";
import { IncompleteError, ResourceError } from "../../../../provider/lifecycle";
import type { Properties } from "../../../../provider/lifecycle";
import { FakeClock } from "../../fakeClock";
import { FakeManila, HOST, PROJECT, SSD } from "../fakeManila";

/** A lifecycle with the Manila and the time that it sees. */
export interface World {
  manila: FakeManila;
  clock: FakeClock;
  lifecycle: ConsistencyGroupLifecycle;
  /** The regions that were connected to. */
  regions: (string | undefined)[];
}

export function newWorld(): World {
  const manila = new FakeManila();
  const clock = new FakeClock();
  const regions: (string | undefined)[] = [];
  const connect = (region?: string): Promise<FakeManila> => {
    regions.push(region);
    return Promise.resolve(manila);
  };
  return { manila, clock, regions, lifecycle: new ConsistencyGroupLifecycle(connect, clock) };
}

/** What the stack records of the fake's available group, but for what the test says; undefined takes a property out. */
export function recordedState(given: Properties = {}): Properties {
  const state: Properties = {
    name: "database",
    status: "available",
    createdAt: "2016-11-02T12:30:15.000000",
    projectId: PROJECT,
    host: HOST,
    shareTypes: [SSD],
    region: "RegionOne",
    ...given,
  };
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

/** The error of a group that exists but is not ready. */
export async function incomplete(work: Promise<unknown>): Promise<IncompleteError> {
  return await failure(work, IncompleteError);
}

/** The error of a call that is refused with words of our own. */
export async function refusal(work: Promise<unknown>): Promise<ResourceError> {
  return await failure(work, ResourceError);
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
