/** API calls by what they are. */
export interface Calls {
  token: number;
  POST: number;
  PUT: number;
  DELETE: number;
  /** Of one resource by its id. */
  GET: number;
  /** Of many, a page each. */
  list: number;
  /** What the API is: its versions. */
  discovery: number;
  /** How many of all these were refused for the limit of calls. */
  refused: number;
}

export type CallKind = Exclude<keyof Calls, "refused">;

export const callKinds: readonly CallKind[] = ["token", "POST", "PUT", "DELETE", "GET", "list", "discovery"];

/** What is counted of a request that the emulator has answered. */
export interface AnsweredRequest {
  method: string;
  /** Method and route, such as `GET /v2/{project_id}/consistency-groups/{id}`. */
  kind: string;
  status: number;
}

const TOO_MANY_REQUESTS = 429;

export function countCalls(requests: readonly AnsweredRequest[]): Calls {
  const calls = { token: 0, POST: 0, PUT: 0, DELETE: 0, GET: 0, list: 0, discovery: 0, refused: 0 };
  for (const request of requests) {
    calls[kindOf(request)] += 1;
    calls.refused += request.status === TOO_MANY_REQUESTS ? 1 : 0;
  }
  return calls;
}

/** How many of the calls only look whether something has come to its end, in an operation that reads nothing else. */
export function polls({ GET, list }: Calls): number {
  return GET + list;
}

export function total(calls: Calls): number {
  return callKinds.reduce((sum, kind) => sum + calls[kind], 0);
}

/** Such as `1 token, 100 POST, 12 list`; `none` for no call. */
export function describeCalls(calls: Calls): string {
  const made = callKinds.filter((kind) => calls[kind] > 0).map((kind) => `${calls[kind]} ${kind}`);
  const refused = calls.refused > 0 ? ` (${calls.refused} refused)` : "";
  return made.length === 0 ? "none" : made.join(", ") + refused;
}

function kindOf({ method, kind }: AnsweredRequest): CallKind {
  if (kind.includes("/auth/tokens")) {
    return "token";
  }
  if (method === "POST" || method === "PUT" || method === "DELETE") {
    return method;
  }
  const route = kind.replace(/^\w+ /, "");
  if (!route.includes("{project_id}/")) {
    return "discovery";
  }
  return route.endsWith("}") ? "GET" : "list";
}
