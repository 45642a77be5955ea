import { isObject } from "./body";
import type { Cloud } from "./cloud";
import type { Share } from "./database";
import { badRequest } from "./faults";
import type { Call, Operation } from "./operation";

/** `extend` and `shrink`, with their forms before 2.7. */
export function resizing({ backEnd }: Cloud, find: (call: Call) => Share): Record<string, Operation> {
  const resize = (check: (share: Share, size: number) => void) => (call: Call) => {
    const share = find(call);
    const size = wantedSize(call);
    check(share, size);
    backEnd.resizeShare(share, size);
    return { status: 202 };
  };
  const [extend, shrink] = [resize(checkExtension), resize(checkShrinking)];
  const legacy = { until: "2.6", takesBody: true };
  const current = { since: "2.7", takesBody: true };
  return {
    "os-extend": { ...legacy, handle: extend },
    extend: { ...current, handle: extend },
    "os-shrink": { ...legacy, handle: shrink },
    shrink: { ...current, handle: shrink },
  };
}

function wantedSize({ body }: Call): number {
  const content: unknown = isObject(body) ? Object.values(body)[0] : undefined;
  const size = isObject(content) ? content.new_size : undefined;
  if (typeof size === "number") {
    return Math.trunc(size);
  }
  if (typeof size === "string" && /^\s*[+-]?\d+\s*$/.test(size)) {
    return Number(size);
  }
  throw badRequest("New share size must be specified as an integer.");
}

function checkExtension({ id, status, sizeGigabytes }: Share, size: number): void {
  if (status !== "available") {
    throw invalidShare(
      `Share ${id} status must be 'available' to extend, but current status is: ${status}..`,
    );
  }
  if (size > sizeGigabytes) {
    return;
  }
  const sizes = `(current: ${sizeGigabytes}, extended: ${size})`;
  throw badRequest(
    `Invalid input received: New size for extend must be greater than current size. ${sizes}..`,
  );
}

const SHRINKABLE = ["available", "shrinking_possible_data_loss_error"];

function checkShrinking({ id, status, sizeGigabytes }: Share, size: number): void {
  if (!SHRINKABLE.includes(status)) {
    const valid = SHRINKABLE.join(", ");
    throw invalidShare(`Share ${id} status must in (${valid}) to shrink, but current status is: ${status}..`);
  }
  if (size < sizeGigabytes && size > 0) {
    return;
  }
  const sizes = `(current: ${sizeGigabytes}, new: ${size})`;
  throw badRequest(
    `Invalid input received: New size for shrink must be less than current size and greater than 0 ${sizes}.`,
  );
}

const invalidShare = (reason: string) => badRequest(`Invalid share: ${reason}`);
