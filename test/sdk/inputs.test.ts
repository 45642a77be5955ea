import assert from "node:assert/strict";
import { inputsSchema as groupInputs } from "../../provider/consistencyGroup/schema";
import { inputsSchema as snapshotInputs } from "../../provider/consistencyGroupSnapshot/schema";
import { inputsSchema as shareInputs } from "../../provider/share/schema";
import { groupReset, snapshotReset } from "../../provider/statusReset/schema";
import type {
  ConsistencyGroupArgs,
  ConsistencyGroupSnapshotArgs,
  ConsistencyGroupSnapshotStatusResetArgs,
  ConsistencyGroupStatusResetArgs,
  ShareArgs,
} from "../../sdk";

/*
 * One of each input; the compiler sees to it that none is missing, and the provider checks them.
 */

const ID = "6208610d-b1a4-4e4a-9d0e-47fe7e9583b8";

const common = { name: "database", description: "shop", importId: ID, region: "north", timeouts: {} };

const group: Required<ConsistencyGroupArgs> = {
  ...common,
  shareTypes: ["ssd"],
  shareNetworkId: ID,
  sourceCgsnapshotId: ID,
  shareGroupType: "gold",
  availabilityZone: "nova",
  requireConsistentSnapshots: true,
  forceDelete: false,
};

const snapshot: Required<ConsistencyGroupSnapshotArgs> = {
  ...common,
  consistencyGroupId: ID,
  forceDelete: false,
};

const share: Required<ShareArgs> = {
  ...common,
  shareProtocol: "NFS",
  size: 1,
  shareTypeId: ID,
  shareNetworkId: ID,
  availabilityZone: "nova",
  metadata: { team: "shop" },
  isPublic: false,
  consistencyGroupId: ID,
  snapshotId: ID,
  sourceCgsnapshotMemberId: ID,
};

const reset = { status: "error", triggers: [1], region: "north" };
const ofGroup: Required<ConsistencyGroupStatusResetArgs> = { ...reset, consistencyGroupId: ID };
const ofSnapshot: Required<ConsistencyGroupSnapshotStatusResetArgs> = {
  ...reset,
  consistencyGroupSnapshotId: ID,
};

const kinds = {
  ConsistencyGroup: { args: group, schema: groupInputs },
  ConsistencyGroupSnapshot: { args: snapshot, schema: snapshotInputs },
  Share: { args: share, schema: shareInputs },
  ConsistencyGroupStatusReset: { args: ofGroup, schema: groupReset },
  ConsistencyGroupSnapshotStatusReset: { args: ofSnapshot, schema: snapshotReset },
};

describe("What a program can say", () => {
  for (const [kind, { args, schema }] of Object.entries(kinds)) {
    it(`of a ${kind} is all that the provider takes, and no more`, () => {
      assert.deepEqual(Object.keys(args).sort(), Object.keys(schema.shape).sort());
      assert.deepEqual(schema.safeParse(args).error, undefined);
    });
  }
});
