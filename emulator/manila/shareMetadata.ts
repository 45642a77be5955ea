import { isObject } from "./body";
import type { Share } from "./database";
import { badRequest } from "./faults";
import { serve, type Call, type Reply, type Scope } from "./operation";

const LONGEST_KEY = 255;
const LONGEST_VALUE = 1023;

/** Serves the metadata of a share as a whole. */
export function shareMetadata(scope: Scope, path: string, find: (call: Call, action: string) => Share): void {
  const shown = ({ metadata }: Share): Reply => ({ status: 200, body: { metadata } });
  serve(scope, "GET", path, { handle: (call) => shown(find(call, "get_share_metadata")) });
  serve(scope, "PUT", path, {
    takesBody: true,
    handle: (call) => {
      const given = contentOf(call);
      const share = find(call, "update_share_metadata");
      share.metadata = checkMetadata(given);
      return shown(share);
    },
  });
  serve(scope, "POST", path, {
    takesBody: true,
    handle: (call) => {
      const given = contentOf(call);
      const share = find(call, "update_share_metadata");
      share.metadata = { ...share.metadata, ...checkMetadata(given) };
      return shown(share);
    },
  });
}

/**
 * What is stored of given metadata.
 *
 * @throws Fault 400 for what is no object of texts, and for texts that are empty or too long
 */
export function checkMetadata(given: unknown): Record<string, string> {
  if (!isObject(given)) {
    throw badRequest("Malformed request body");
  }
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      checkText(key, "key", LONGEST_KEY);
      return [key, checkText(value, "value", LONGEST_VALUE)];
    }),
  );
}

function checkText(text: unknown, what: "key" | "value", longest: number): string {
  if (text === "" || text === null) {
    throw badRequest(`Metadata property ${what} is blank.`);
  }
  if (typeof text !== "string") {
    throw badRequest();
  }
  if (text.length <= longest) {
    return text;
  }
  throw badRequest(`Metadata property ${what} is greater than ${longest} characters.`);
}

function contentOf({ body }: Call): unknown {
  if (isObject(body) && "metadata" in body) {
    return body.metadata;
  }
  throw badRequest("Malformed request body");
}
