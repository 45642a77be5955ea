/** The base of every error that is raised on purpose. Its message alone tells a user what failed and what to do. */
export class ManilaError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Keystone or Manila has answered with an error. */
export class ApiError extends ManilaError {
  /** The HTTP status. */
  readonly status: number;
  /** Manila's own name for the kind of error, such as `itemNotFound`; absent where the reply had none. */
  readonly fault: string | undefined;
  /** What the server said, without our additions. */
  readonly serverMessage: string;
  /** The id under which the server's logs tell more. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    reply: { status: number; fault?: string; serverMessage: string; requestId?: string },
  ) {
    super(message);
    this.status = reply.status;
    this.fault = reply.fault;
    this.serverMessage = reply.serverMessage;
    this.requestId = reply.requestId;
  }
}

/** No reply came: the name was not found, the connection failed, or time ran out. */
export class ConnectionError extends ManilaError {
  /** False only where it is certain that the server has not seen the request. */
  readonly sent: boolean;
  /** Whether the same request may succeed a little later. */
  readonly passing: boolean;

  constructor(
    message: string,
    { sent, passing, cause }: { sent: boolean; passing: boolean; cause?: unknown },
  ) {
    super(message, { cause });
    this.sent = sent;
    this.passing = passing;
  }
}

/** A reply came that is not what the API promises: HTML, broken JSON, other fields, another id. */
export class ReplyError extends ManilaError {}

/** The cloud lacks what is needed: no Manila in its catalog, or one that is too old. */
export class UnsupportedCloudError extends ManilaError {}

/** True if Manila says that something does not exist, of which it may not say what. */
export function isNotFound(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404 && error.fault === "itemNotFound";
}

/**
 * True if Manila says that the resource of this id does not exist. Its other 404s, which name no id, are about the
 * URL, the microversion or a missing header, and tell nothing of the resource.
 */
export function isMissing(error: unknown, id: string): boolean {
  return isNotFound(error) && error.serverMessage.toLowerCase().includes(id.toLowerCase());
}

/** True if Manila refuses because of the state the resource is in. */
export function isConflict(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.status === 409 || (error.status === 403 && stateForbids(error.serverMessage)))
  );
}

/** True of the words of a 403 that Manila gives, for shares, where it has 409 for everything else. */
export function stateForbids(serverMessage: string): boolean {
  return serverMessage.startsWith("Invalid share:");
}

/** True if the server may have done what was asked for, although it did not say so, or not so that it could be read. */
export function isOutcomeUnknown(error: unknown): error is ManilaError {
  return error instanceof ApiError
    ? error.status >= 500 || error.status === 408
    : (error instanceof ConnectionError && error.sent) || error instanceof ReplyError;
}

/** True if the server says that it has failed by itself, for example since its database is away. */
export function isServerFailure(error: unknown): boolean {
  return error instanceof ApiError && error.status === 500;
}

/** The statuses that say: the same request may succeed a little later. */
export const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** True if the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError
    ? PASSING_STATUSES.has(error.status)
    : error instanceof ConnectionError && error.passing;
}
