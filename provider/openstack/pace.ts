import type { Clock } from "./clock";

/** How many milliseconds' requests may be sent at once after a rest. */
const BURST = 1_000;
/** By what part it is asked less often than it would answer: a refusal costs more time. */
const CAUTION = 0.03;
/** By what part each request that is accepted quickens the pace, more the longer none was refused: limits may be raised. */
const QUICKENING = 1e-5;
/** The slowest pace, in milliseconds: whatever is asked too early is refused, and the API says for how long. */
const LONGEST_INTERVAL = 2_000;

/**
 * How often an API that limits its callers may be asked. What it has accepted from one refusal to the next one is what it
 * accepts in that time; until it has refused twice there is no pace.
 */
export class Pace {
  /** Milliseconds from one request to the next. */
  private interval = 0;
  /** When the next request would be due had there never been a rest. */
  private due = -Infinity;
  private refusedAt = -Infinity;
  /** How many were accepted since the last refusal, and whether there were requests all the time. */
  private accepted = 0;
  private isBusy = false;

  constructor(private readonly clock: Clock) {}

  /** In how many milliseconds the next request may be sent. */
  get nextIn(): number {
    return this.due - Math.max(0, BURST - this.interval) - this.clock.now();
  }

  /** Notes that a request is sent. */
  take(): void {
    this.due = Math.max(this.due, this.clock.now()) + this.interval;
  }

  /** Notes that there was nothing to ask: what is accepted in such a time tells nothing of what would be. */
  rest(): void {
    this.isBusy = false;
  }

  /** Notes that a request that was sent at a moment was accepted. */
  accept(began: number): void {
    this.accepted += began >= this.refusedAt ? 1 : 0;
    this.interval /= 1 + QUICKENING * this.accepted;
  }

  /** Notes that a request that was sent at a moment was refused. */
  refuse(began: number): void {
    if (began < this.refusedAt) {
      // It was under way with another one, which has been counted.
      return;
    }
    const now = this.clock.now();
    this.due = now + BURST;
    if (this.isBusy && this.accepted === 0) {
      // It goes on refusing, and what it accepts in such a time is not known yet.
      return;
    }
    if (this.isBusy) {
      const interval = ((now - this.refusedAt) / this.accepted) * (1 + CAUTION);
      this.interval = Math.min(interval, LONGEST_INTERVAL);
    }
    this.refusedAt = now;
    this.accepted = 0;
    this.isBusy = true;
  }
}
