import type { Clock } from "./clock";

/** A token bucket: as many requests as it holds at once, and then as many as flow in. */
export class RateLimit {
  #tokens: number;
  #filledAt: number;

  /** It holds what flows in within a second, and at least one request. */
  constructor(
    private readonly clock: Clock,
    private readonly requestsPerSecond: number,
  ) {
    this.#tokens = this.#capacity;
    this.#filledAt = clock();
  }

  /** Lets a request through: returns 0, or else in how many seconds there is room for one. */
  take(): number {
    this.#fill();
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.requestsPerSecond));
  }

  get #capacity(): number {
    return Math.max(1, this.requestsPerSecond);
  }

  #fill(): void {
    const now = this.clock();
    const inflow = ((now - this.#filledAt) / 1000) * this.requestsPerSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + inflow);
    this.#filledAt = now;
  }
}
