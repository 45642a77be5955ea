import { isObject, type JsonObject } from "./body";
import type { Status } from "./database";
import { badRequest, notFound } from "./faults";
import type { Generation } from "./generation";
import type { Call, Operation } from "./operation";

interface Target<Row> {
  /** The row an action means, when the caller may see it. */
  find: (call: Call) => Row | undefined;
  remove: (row: Row) => void;
}

const FOR_ADMINISTRATORS = { adminOnly: true, takesBody: true };

/**
 * `reset_status` and `force_delete`, of consistency groups with their forms before 2.7. They touch the database only,
 * whatever the status.
 */
export function adminActions<Row extends { status: Status }>(
  { name, offered }: Generation,
  target: Target<Row>,
): Record<string, Operation> {
  const reset = { ...offered, ...resetStatus(target.find) };
  const remove: Operation = {
    ...offered,
    ...FOR_ADMINISTRATORS,
    handle: (call) => {
      target.remove(found(target.find(call)));
      return { status: 202 };
    },
  };
  if (name === "shareGroups") {
    return { reset_status: reset, force_delete: remove };
  }
  return {
    "os-reset_status": { ...reset, until: "2.6" },
    reset_status: { ...reset, since: "2.7" },
    "os-force_delete": { ...remove, until: "2.6" },
    force_delete: { ...remove, since: "2.7" },
  };
}

/** Sets a status by hand. */
export function resetStatus(find: (call: Call) => { status: string } | undefined): Operation {
  return {
    ...FOR_ADMINISTRATORS,
    handle: (call) => {
      const status = wantedStatus(call);
      found(find(call)).status = status;
      return { status: 202 };
    },
  };
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) {
    throw notFound();
  }
  return row;
}

function wantedStatus({ body, generation: { statuses } }: Call): Status {
  const content: unknown = isObject(body) ? Object.values(body)[0] : undefined;
  if (!hasStatus(content)) {
    throw badRequest("Must specify 'status'");
  }
  const { status } = content;
  if (typeof status === "object" && status !== null) {
    throw badRequest();
  }
  const known = statuses.find((one) => one === status);
  if (known === undefined) {
    throw badRequest(`Invalid state. Valid states: ${statuses.join(", ")}.`);
  }
  return known;
}

function hasStatus(content: unknown): content is JsonObject & { status: unknown } {
  return isObject(content) && "status" in content;
}
