import type { Cloud } from "./cloud";
import { isVisible, type Message } from "./database";
import { notFound } from "./faults";
import { lastOf, links, nextLink, page } from "./lists";
import { serve, type Call, type Reply, type Scope } from "./operation";

const COLLECTION = "messages";
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;

/** Serves `/messages`: why something has failed. */
export function messages(scope: Scope, cloud: Cloud): void {
  const path = "/:projectId/messages";
  const since = "2.37";
  serve(scope, "GET", path, { since, handle: (call) => list(cloud, call) });
  serve(scope, "GET", `${path}/:id`, {
    since,
    handle: (call) => ({ status: 200, body: { message: view(call, find(cloud, call)) } }),
  });
  serve(scope, "DELETE", `${path}/:id`, {
    since,
    handle: (call) => {
      cloud.database.messages.remove(find(cloud, call).id);
      return { status: 204 };
    },
  });
}

/** Unknown parameters are ignored. */
function list({ database }: Cloud, call: Call): Reply {
  const matches = (message: Message) =>
    Object.entries(filters(message)).every(([key, value]) => {
      const wanted = lastOf(call.query, key);
      return wanted === undefined || wanted === value;
    });
  const found = database.messages
    .select((message) => isVisible(call.caller, message) && matches(message))
    .sort((one, other) => other.createdAt - one.createdAt);
  const shown = page(found, call);
  const next = nextLink(call, "messages_links", COLLECTION, shown, ({ id }) => id);
  return { status: 200, body: { messages: shown.map((message) => view(call, message)), ...next } };
}

function filters(message: Message): Record<string, string> {
  return {
    request_id: message.requestId,
    resource_type: message.resourceType,
    resource_id: message.resourceId,
    action_id: message.action.id,
    detail_id: message.detail.id,
    message_level: "ERROR",
  };
}

function view(call: Call, message: Message): object {
  const { generation } = call;
  const expiresAt = Math.floor((message.createdAt + KEPT_MILLISECONDS) / 1000) * 1000;
  return {
    id: message.id,
    project_id: message.projectId,
    ...filters(message),
    created_at: generation.storedTime(message.createdAt),
    expires_at: generation.storedTime(expiresAt),
    links: links(call, COLLECTION, message.id),
    user_message: `${message.action.text}: ${message.detail.text}`,
  };
}

function find({ database }: Cloud, { id, caller }: Call): Message {
  const message = database.messages.find(id);
  if (message === undefined || !isVisible(caller, message)) {
    throw notFound(`Message ${id} could not be found.`);
  }
  return message;
}
