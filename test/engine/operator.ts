import { z } from "zod";
import { cloudOf } from "../../demo/byHand";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";

const idsReply = z
  .object({ consistency_groups: z.array(z.object({ id: z.string() })) })
  .transform(({ consistency_groups: groups }) => groups.map(({ id }) => id));

/** The emulator's groups, for changes made by hand. */
export async function byHand(emulator: Emulator): Promise<ConsistencyGroupApi> {
  return new ConsistencyGroupApi(await cloudOf(emulator).manila());
}

/** The ids of all groups on the cloud. */
export async function groupIds(emulator: Emulator): Promise<string[]> {
  const manila = await cloudOf(emulator).manila();
  const list = { action: "list consistency groups", method: "GET", path: "/consistency-groups" } as const;
  return await manila.request({ ...list, reply: idsReply });
}
