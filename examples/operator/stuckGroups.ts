import { ApiError, connect, ManilaError, StatusError } from "pulumi-manila/client";
import type { Client, ConsistencyGroup } from "pulumi-manila/client";

/** The groups in error of all projects. */
async function stuckGroups({ consistencyGroups }: Client): Promise<ConsistencyGroup[]> {
  const groups = await consistencyGroups.detail({}, { allTenants: true });
  return groups.filter(({ status }) => status === "error" || status === "error_deleting");
}

/** Removes a group, and tells what has come of it. */
async function remove({ consistencyGroups: groups }: Client, id: string): Promise<string> {
  // In error_deleting Manila would refuse to delete it.
  await groups.resetStatus(id, "error");
  try {
    await groups.delete(id);
    await groups.waitUntilGone(id, { timeout: "5m" });
    return "deleted";
  } catch (error) {
    // It still has shares or snapshots, or the back end has failed once more: that is for its owner, or for a look.
    if (error instanceof StatusError || (error instanceof ApiError && error.status === 409)) {
      return `left as it is: ${error.message}`;
    }
    throw error;
  }
}

async function main(): Promise<void> {
  const manila = await connect();
  for (const { id, name, projectId, status } of await stuckGroups(manila)) {
    const outcome = process.argv.includes("--delete") ? await remove(manila, id) : status;
    console.log(`${id} "${name ?? ""}" of project ${projectId}: ${outcome}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ManilaError ? error.message : error);
  process.exitCode = 1;
});
