import type { HttpRequest } from "./http";

/** Whether sending a request twice does no harm. */
export function isRepeatable({ method, repeatable = method !== "POST" }: HttpRequest): boolean {
  return repeatable;
}

/** What to add where a request that is not repeatable has failed, and the server may have seen it. */
export const MAY_BE_DONE =
  "It may have been carried out all the same, so it was not repeated: look for what it makes before you try again.";
