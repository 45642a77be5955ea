import type { Status } from "./database";
import { badRequest, notFound } from "./faults";
import { isObject, type JsonObject } from "./body";
import type { Call, Operation } from "./operation";

/** In the order in which the real server names them in its refusal. */
const STATUSES: readonly Status[] = ["available", "error_deleting", "deleting", "creating", "error"];

interface Target<Row> {
  /** The row an action means, when the caller may see it. */
  find: (call: Call) => Row | undefined;
  remove: (row: Row) => void;
}

/** `reset_status` and `force_delete`, with their forms before 2.7. They touch the database only, whatever the status. */
export function adminActions<Row extends { status: Status }>(target: Target<Row>): Record<string, Operation> {
  const resetStatus = (call: Call) => {
    const status = wantedStatus(call.body);
    found(target, call).status = status;
    return { status: 202 };
  };
  const forceDelete = (call: Call) => {
    target.remove(found(target, call));
    return { status: 202 };
  };
  const shared = { experimental: true, adminOnly: true, takesBody: true };
  return {
    "os-reset_status": { ...shared, since: "2.4", until: "2.6", handle: resetStatus },
    reset_status: { ...shared, since: "2.7", handle: resetStatus },
    "os-force_delete": { ...shared, since: "2.4", until: "2.6", handle: forceDelete },
    force_delete: { ...shared, since: "2.7", handle: forceDelete },
  };
}

function found<Row>(target: Target<Row>, call: Call): Row {
  const row = target.find(call);
  if (row === undefined) {
    throw notFound();
  }
  return row;
}

function wantedStatus(body: unknown): Status {
  const content: unknown = isObject(body) ? Object.values(body)[0] : undefined;
  if (!hasStatus(content)) {
    throw badRequest("Must specify 'status'");
  }
  const { status } = content;
  if (typeof status === "object" && status !== null) {
    throw badRequest();
  }
  const known = STATUSES.find((one) => one === status);
  if (known === undefined) {
    throw badRequest(`Invalid state. Valid states: ${STATUSES.join(", ")}.`);
  }
  return known;
}

function hasStatus(content: unknown): content is JsonObject & { status: unknown } {
  return isObject(content) && "status" in content;
}
