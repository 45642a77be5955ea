import type { Properties } from "../../../../provider/lifecycle";
import { ShareLifecycle } from "../../../../provider/share/lifecycle";
import { HOST, PROJECT, SSD } from "../../consistencyGroup/fakeManila";
import { FakeClock } from "../../fakeClock";
import { FakeManilaWithShares, PATHS } from "../fakeManila";
import type { WireShare } from "../fakeManila";

/** A lifecycle with the Manila and the time that it sees. */
export interface World {
  manila: FakeManilaWithShares;
  clock: FakeClock;
  /** What the user was told. */
  lines: string[];
  lifecycle: ShareLifecycle;
  /** The regions that were connected to. */
  regions: (string | undefined)[];
}

/** A world in which creating, resizing and deleting a share take a minute each. */
export function newWorld(): World {
  const manila = new FakeManilaWithShares();
  const clock = new FakeClock();
  const lines: string[] = [];
  const regions: (string | undefined)[] = [];
  const connect = (region?: string): Promise<FakeManilaWithShares> => {
    regions.push(region);
    return Promise.resolve(manila);
  };
  const soon = (action: () => void): void => {
    clock.at(clock.now() + 60_000, action);
  };
  manila.onShare = (share) => {
    soon(() => Object.assign(share, { status: "available", host: HOST, availability_zone: "nova" }));
  };
  manila.onResize = (share, size) => {
    share.status = size > share.size ? "extending" : "shrinking";
    soon(() => Object.assign(share, { status: "available", size }));
  };
  manila.onShareDelete = (share) => {
    share.status = "deleting";
    soon(() => manila.stored.delete(share.id));
  };
  return {
    manila,
    clock,
    lines,
    regions,
    lifecycle: new ShareLifecycle({ connect, clock, tell: (line) => lines.push(line) }),
  };
}

/** A world with the available share in it. */
export function worldWithShare(given: Partial<WireShare> = {}): World {
  const world = newWorld();
  world.manila.addShare(given);
  return world;
}

/** What the stack records of the fake's available share, but for what the test says; undefined takes a property out. */
export function recordedState(given: Properties = {}): Properties {
  const state: Properties = {
    name: "tables",
    status: "available",
    createdAt: "2016-11-02T12:30:15.000000",
    projectId: PROJECT,
    host: HOST,
    shareProtocol: "NFS",
    size: 2,
    shareTypeId: SSD,
    availabilityZone: "nova",
    metadata: {},
    isPublic: false,
    exportLocations: PATHS,
    region: "RegionOne",
    ...given,
  };
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

/** What the program says of that share. */
export const DECLARED = { name: "tables", shareProtocol: "NFS", size: 2 };
