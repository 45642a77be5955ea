/** The time in milliseconds since the epoch. A test gives its own, to move time by hand. */
export type Clock = () => number;

type Action = (at: number) => void;

/**
 * What is to happen later on a clock. Nothing fires by itself: `runDue` brings the cloud up to date before each
 * request, so a test that moves its clock never waits.
 */
export class Schedule {
  readonly #clock: Clock;
  #entries: { at: number; action: Action }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `action` once the clock has reached `at`; it is given that time, however late it runs. */
  at(at: number, action: Action): void {
    // Nearly always the last place: time goes on.
    const index = this.#entries.findLastIndex((entry) => entry.at <= at);
    this.#entries.splice(index + 1, 0, { at, action });
  }

  /** Runs all that is due, earliest first, including what the actions themselves schedule. */
  runDue(): void {
    const now = this.#clock();
    for (let next = this.#entries[0]; next !== undefined && next.at <= now; next = this.#entries[0]) {
      this.#entries.shift();
      next.action(next.at);
    }
  }
}
