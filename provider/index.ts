import { z } from "zod";
import { ConsistencyGroupLifecycle } from "./consistencyGroup/lifecycle";
import { ConsistencyGroupSnapshotLifecycle } from "./consistencyGroupSnapshot/lifecycle";
import { dynamicProvider } from "./dynamic";
import type { ConfigureRequest } from "./dynamic";
import type { Outside } from "./lifecycle";
import { systemClock } from "./openstack/clock";
import type { Cloud } from "./openstack/cloud";
import type { Manila } from "./openstack/manila";
import { ShareLifecycle } from "./share/lifecycle";
import { ofGroups, ofSnapshots } from "./statusReset/kinds";
import { StatusResetLifecycle } from "./statusReset/lifecycle";
import { tell } from "./tell";

/*
 * Pulumi runs one process for each operation and configuration, and calls `configure` for each type of resource with
 * that same configuration. So one cloud serves them all, with one token.
 */
let configuration: ConfigureRequest["config"] | undefined;
let cloud: Promise<Cloud> | undefined;

const text = z.string().optional();

function configure({ config }: ConfigureRequest): void {
  configuration ??= config;
}

async function connect(region?: string): Promise<Manila> {
  cloud ??= openCloud();
  return await (await cloud).manila(region);
}

/** What talks to clouds is loaded only now: a preview that changes nothing has no use for it. */
async function openCloud(): Promise<Cloud> {
  const config = configuration;
  if (config === undefined) {
    throw new Error("The provider was called before it was configured.");
  }
  const { newCloud } = await import("./openstack/newCloud.js");
  return newCloud((key) => text.parse(config.get(key)), tell);
}

const outside: Outside = { connect, clock: systemClock, tell };

/*
 * The texts in the states of users' stacks reach these by name (sdk/shim.ts): a name, once released, stays.
 */

export const consistencyGroup = dynamicProvider(new ConsistencyGroupLifecycle(outside), configure);

export const consistencyGroupSnapshot = dynamicProvider(
  new ConsistencyGroupSnapshotLifecycle(outside),
  configure,
);

export const consistencyGroupStatusReset = dynamicProvider(
  new StatusResetLifecycle(outside, ofGroups),
  configure,
);

export const consistencyGroupSnapshotStatusReset = dynamicProvider(
  new StatusResetLifecycle(outside, ofSnapshots),
  configure,
);

export const share = dynamicProvider(new ShareLifecycle(outside), configure);
