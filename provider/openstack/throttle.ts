import type { Clock } from "./clock";
import { Pace } from "./pace";

/** How a request has gone, as far as it tells how many the API can take. */
export interface Strain {
  /** Whether the API has refused or failed because too much is asked of it. */
  overloaded: boolean;
  /** Whether it has refused because it is asked too often. */
  limited: boolean;
  /** For how long it wants to be left alone, in milliseconds. */
  pause: number;
}

/** How many requests are under way at first. */
const FIRST = 8;
/** An answer that takes so many times as long as the fastest, and this much more in milliseconds, tells of a queue. */
const SLOW_FACTOR = 3;
const SLOW_MARGIN = 200;

/**
 * Lets as many requests be under way as the API takes well: more while it answers swiftly, fewer when it slows down, half
 * as many when it refuses, and none while it wants to be left alone. Where it limits how often it may be asked, requests
 * are sent as often as that. The others wait for their turn, in order.
 */
export class Throttle {
  private limit: number;
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private openAt = -Infinity;
  private readonly pace: Pace;
  /** A refusal counts once for all requests that were under way at the time. */
  private loweredAt = -Infinity;
  private fastest = Infinity;
  /** Up to the first strain the limit doubles, then it goes up by one, each time that all places were taken. */
  private strained = false;

  /** `most` is how many requests may be under way, however well the API takes them. */
  constructor(
    private readonly most: number,
    private readonly clock: Clock,
  ) {
    this.limit = Math.min(FIRST, most);
    this.pace = new Pace(clock);
  }

  async run<Result>(request: () => Promise<Result>, strainOf: (result: Result) => Strain): Promise<Result> {
    await this.enter();
    const began = this.clock.now();
    try {
      const result = await request();
      this.adapt(began, strainOf(result));
      return result;
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.inFlight === 0 && this.waiting.length === 0 && this.closedFor <= 0) {
      this.pace.rest();
    }
    if (this.inFlight < this.places && this.waiting.length === 0) {
      this.inFlight++;
    } else {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    for (let closed = this.closedFor; closed > 0; closed = this.closedFor) {
      await this.clock.sleep(closed);
    }
    this.pace.take();
  }

  private leave(): void {
    this.inFlight--;
    while (this.inFlight < this.places) {
      const next = this.waiting.shift();
      if (next === undefined) {
        return;
      }
      this.inFlight++;
      next();
    }
  }

  private adapt(began: number, { overloaded, limited, pause }: Strain): void {
    const now = this.clock.now();
    this.openAt = Math.max(this.openAt, now + pause);
    if (limited) {
      this.pace.refuse(began);
    } else {
      this.pace.accept(began);
    }
    if (overloaded) {
      if (began >= this.loweredAt) {
        this.lower(this.limit / 2, now);
      }
      return;
    }
    const took = now - began;
    this.fastest = Math.min(this.fastest, took);
    const isSlow = took > SLOW_FACTOR * this.fastest + SLOW_MARGIN;
    if (isSlow && began >= this.loweredAt) {
      this.lower(this.limit - 1, now);
    } else if (!isSlow && this.inFlight >= this.places) {
      this.limit = Math.min(this.limit + (this.strained ? 1 / this.limit : 1), this.most);
    }
  }

  private lower(limit: number, now: number): void {
    this.limit = Math.max(1, limit);
    this.loweredAt = now;
    this.strained = true;
  }

  private get places(): number {
    return Math.floor(this.limit);
  }

  private get closedFor(): number {
    return Math.max(this.openAt - this.clock.now(), this.pace.nextIn);
  }
}
