import { clientOf } from "../../provider/client";
import type { Client } from "../../provider/client";
import { ConsistencyGroupLifecycle } from "../../provider/consistencyGroup/lifecycle";
import { ConsistencyGroupSnapshotLifecycle } from "../../provider/consistencyGroupSnapshot/lifecycle";
import type { Lifecycle, Outside } from "../../provider/lifecycle";
import type { Clock } from "../../provider/openstack/clock";
import { systemClock } from "../../provider/openstack/clock";
import { Cloud } from "../../provider/openstack/cloud";
import { ShareLifecycle } from "../../provider/share/lifecycle";
import { ofGroups, ofSnapshots } from "../../provider/statusReset/kinds";
import { StatusResetLifecycle } from "../../provider/statusReset/lifecycle";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import type { Outside as SettingsOutside } from "../provider/openstack/settings/fakeSources";

/** What one run of Pulumi has: a lifecycle for each kind of resource. */
export interface Run {
  groups: Lifecycle;
  snapshots: Lifecycle;
  shares: Lifecycle;
  groupResets: Lifecycle;
  snapshotResets: Lifecycle;
}

/** Somebody who has a stack on a cloud, and also does things there by hand. */
export interface User {
  byHand: Client;
  /** Another run begins: nothing is left of the one before but the stack's state. */
  run(): Run;
}

/** @param settings where the cloud's settings come from */
export async function userOf(settings: SettingsOutside, clock: Clock = systemClock): Promise<User> {
  const cloud = new Cloud(fakeSources(settings), clock, () => undefined);
  const outside: Outside = {
    connect: (region) => cloud.manila(region),
    clock,
    tell: () => undefined,
  };
  return { byHand: clientOf(await outside.connect(), outside), run: () => runOf(outside) };
}

function runOf(outside: Outside): Run {
  return {
    groups: new ConsistencyGroupLifecycle(outside),
    snapshots: new ConsistencyGroupSnapshotLifecycle(outside),
    shares: new ShareLifecycle(outside),
    groupResets: new StatusResetLifecycle(outside, ofGroups),
    snapshotResets: new StatusResetLifecycle(outside, ofSnapshots),
  };
}
