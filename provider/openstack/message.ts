export interface HttpRequest {
  /** What it is for, in words that complete "Can't …", such as `read consistency group 1234`. */
  action: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Whether sending it twice does no harm. By default true, except for a POST. */
  repeatable?: boolean;
  /** Whether the caller finds out by itself what has come of a request of which the outcome is not known. */
  recovers?: boolean;
  /** What to do about an error status, where the caller knows better than the general advice. */
  advise?: (status: number, serverMessage: string, fault: string | undefined) => string | undefined;
}

export interface HttpReply {
  status: number;
  headers: Headers;
  text: string;
}

/** Whether sending a request twice does no harm. */
export function isRepeatable({ method, repeatable = method !== "POST" }: HttpRequest): boolean {
  return repeatable;
}

/** Whether it takes a person to find out what has come of a request that has failed on the way. */
export function needsLooking(request: HttpRequest): boolean {
  return !isRepeatable(request) && request.recovers !== true;
}

/** What to add where a request that is not repeatable has failed, and the server may have seen it. */
export const MAY_BE_DONE =
  "It may have been carried out all the same, so it was not repeated: look for what it makes before you try again.";
