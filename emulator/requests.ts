/** A request the emulator has answered, or left without an answer. */
export interface RequestRecord {
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  /** Method and route, for example `POST /v2/{project_id}/consistency-groups`; `… (no route)` for a path unknown to it. */
  kind: string;
  /** 0 if the request was never answered. */
  status: number;
  /** The JSON body as it was sent to Manila; absent without one, and elsewhere: what Keystone is sent is secret. */
  body?: unknown;
}

/** All requests the emulator has answered, oldest first, so that a test can tell what was called. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  #inFlight = 0;
  #highWaterMark = 0;

  /** Notes that a request has come in. */
  begin(): void {
    this.#inFlight += 1;
    this.#highWaterMark = Math.max(this.#highWaterMark, this.#inFlight);
  }

  /** Notes that a request has been answered. */
  end(record: RequestRecord): void {
    this.#inFlight -= 1;
    this.#records.push(record);
  }

  /** How many requests of `kind` were answered; of any kind when left out. */
  count(kind?: string): number {
    return this.list(kind).length;
  }

  /** The requests of `kind`, oldest first; of any kind when left out. */
  list(kind?: string): RequestRecord[] {
    return this.#records.filter((record) => kind === undefined || record.kind === kind);
  }

  /** The most requests that were under way at the same time. */
  get highWaterMark(): number {
    return this.#highWaterMark;
  }

  /** Forgets all answered requests, and starts the high-water mark anew. */
  reset(): void {
    this.#records.length = 0;
    this.#highWaterMark = this.#inFlight;
  }
}
