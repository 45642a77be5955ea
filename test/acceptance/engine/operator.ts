import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connect } from "../../../provider/client";
import type { Client } from "../../../provider/client";
import { systemClock } from "../../../provider/openstack/clock";
import { entryOf } from "../cloud";
import type { Account, RealCloud } from "../cloud";

const POLL = 100;

const execute = promisify(execFile);

/** Manila as this user sees it, for what is done without Pulumi. */
export async function manilaOf({ authUrl }: RealCloud, account: Account): Promise<Client> {
  const { userId, password, projectId } = account;
  return await connect({ authUrl, userId, password, tenantId: projectId });
}

/** The ids of all groups, snapshots of groups, and shares, of all projects. */
export async function everything(cloud: RealCloud): Promise<string[]> {
  const manila = await manilaOf(cloud, cloud.admin);
  const kinds = [manila.consistencyGroups, manila.consistencyGroupSnapshots, manila.shares];
  const lists = await Promise.all(kinds.map((kind) => kind.list({ allTenants: true })));
  return lists.flat().map(({ id }) => id);
}

/** What OpenStack's command line prints for demo. */
export async function openstack(cloud: RealCloud, ...command: string[]): Promise<unknown> {
  return await python(cloud, "-m", "openstackclient.shell", ...command, "--format", "json");
}

/** What a Python program prints that uses openstacksdk as demo. */
export async function openstackSdk(cloud: RealCloud, program: string): Promise<unknown> {
  return await python(cloud, "-c", program);
}

/** Returns once something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await systemClock.sleep(POLL);
  }
}

async function python(cloud: RealCloud, ...args: string[]): Promise<unknown> {
  const { stdout } = await execute(cloud.python, args, { env: entryOf(cloud, "demo") });
  return JSON.parse(stdout);
}
