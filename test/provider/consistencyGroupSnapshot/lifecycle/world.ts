import { ConsistencyGroupSnapshotLifecycle } from "../../../../provider/consistencyGroupSnapshot/lifecycle";
import type { Properties } from "../../../../provider/lifecycle";
import { GROUP, PROJECT } from "../../consistencyGroup/fakeManila";
import { FakeClock } from "../../fakeClock";
import { FakeManilaWithSnapshots, recordedMember, wireMember } from "../fakeManila";

export { failure, incomplete, refusal } from "../../failures";

/** A lifecycle with the Manila and the time that it sees. */
export interface World {
  manila: FakeManilaWithSnapshots;
  clock: FakeClock;
  /** What the user was told. */
  lines: string[];
  lifecycle: ConsistencyGroupSnapshotLifecycle;
  /** The regions that were connected to. */
  regions: (string | undefined)[];
}

/** A world with an available group of two shares in it. */
export function newWorld(): World {
  const manila = new FakeManilaWithSnapshots();
  manila.add();
  manila.members = [wireMember("logs"), wireMember("data")];
  const clock = new FakeClock();
  const lines: string[] = [];
  const regions: (string | undefined)[] = [];
  const connect = (region?: string): Promise<FakeManilaWithSnapshots> => {
    regions.push(region);
    return Promise.resolve(manila);
  };
  return {
    manila,
    clock,
    lines,
    regions,
    lifecycle: new ConsistencyGroupSnapshotLifecycle({ connect, clock, tell: (line) => lines.push(line) }),
  };
}

/** What the stack records of the fake's available snapshot, but for what the test says; undefined takes a property out. */
export function recordedState(given: Properties = {}): Properties {
  const state: Properties = {
    consistencyGroupId: GROUP,
    name: "nightly",
    status: "available",
    createdAt: "2016-11-02T12:30:15.000000",
    projectId: PROJECT,
    members: [recordedMember("data"), recordedMember("logs")],
    region: "RegionOne",
    ...given,
  };
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}
