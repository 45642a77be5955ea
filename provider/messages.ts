import { z } from "zod";
import type { Manila } from "./openstack/manila";
import { isAtLeast } from "./openstack/microversion";

const messagesReply = z.object({
  messages: z.array(z.object({ created_at: z.string(), user_message: z.string() })),
});

/**
 * What Manila tells its users about why something of theirs has failed, oldest first. From microversion 2.37 on;
 * before, there is nothing.
 *
 * @see https://docs.openstack.org/api-ref/shared-file-system/#user-messages-since-api-v2-37
 */
export async function userMessages(manila: Manila, resourceId: string): Promise<string[]> {
  if (!isAtLeast(manila.microversion, "2.37")) {
    return [];
  }
  const { messages } = await manila.request({
    action: `list the user messages about ${resourceId}`,
    method: "GET",
    path: "/messages",
    query: { resource_id: resourceId },
    reply: messagesReply,
  });
  const ordered = messages.sort((one, other) => (one.created_at < other.created_at ? -1 : 1));
  return [...new Set(ordered.map(({ user_message: text }) => text))];
}
