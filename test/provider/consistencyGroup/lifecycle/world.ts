import { ConsistencyGroupLifecycle } from "../../../../provider/consistencyGroup/lifecycle";
import type { Properties } from "../../../../provider/lifecycle";
import { FakeClock } from "../../fakeClock";
import { CONSISTENT, FakeManila, HOST, PROJECT, SNAPSHOT, SSD } from "../fakeManila";
import type { WireGroup } from "../fakeManila";

export { failure, incomplete, refusal } from "../../failures";

const SOURCE = "44444444-4444-4444-8444-444444444444";

/** A lifecycle with the Manila and the time that it sees. */
export interface World {
  manila: FakeManila;
  clock: FakeClock;
  /** What the user was told. */
  lines: string[];
  lifecycle: ConsistencyGroupLifecycle;
  /** The regions that were connected to. */
  regions: (string | undefined)[];
}

export function newWorld(): World {
  const manila = new FakeManila();
  const clock = new FakeClock();
  const lines: string[] = [];
  const regions: (string | undefined)[] = [];
  const connect = (region?: string): Promise<FakeManila> => {
    regions.push(region);
    return Promise.resolve(manila);
  };
  return {
    manila,
    clock,
    lines,
    regions,
    lifecycle: new ConsistencyGroupLifecycle({ connect, clock, tell: (line) => lines.push(line) }),
  };
}

/** A world whose cloud has share groups, where a group is available at once and `given` says what it is. */
export function newShareGroupsWorld(given: Partial<WireGroup> = {}): World {
  const world = newWorld();
  Object.assign(world.manila, { generation: "shareGroups", microversion: "2.99" });
  world.manila.onCreate = (group) => {
    const typed = {
      share_group_type_id: CONSISTENT,
      consistent_snapshot_support: "pool",
      availability_zone: "nova",
    };
    Object.assign(group, { ...typed, ...group, host: HOST, status: "available", ...given });
  };
  return world;
}

/** Puts a group of a type, or without one, into a world with share groups, and a snapshot of it. */
export function addSource({ manila }: World, typeId: string | null): void {
  const { id } = manila.add({ id: SOURCE, share_group_type_id: typeId });
  manila.snapshots.push({ id: SNAPSHOT, name: "nightly", consistency_group_id: id });
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
