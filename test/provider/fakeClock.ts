import type { Clock } from "../../provider/openstack/clock";

/** Time that passes only while somebody sleeps, and then at once. */
export class FakeClock implements Clock {
  /** How long was slept each time, in milliseconds. */
  readonly pauses: number[] = [];
  private time = 0;
  private events: { at: number; action: () => void }[] = [];

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.pauses.push(milliseconds);
    this.advance(milliseconds);
    await Promise.resolve();
  }

  /** Does something once the time has come, in milliseconds since the start. */
  at(time: number, action: () => void): void {
    this.events.push({ at: time, action });
  }

  /** Lets time pass without anybody sleeping. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.events.filter(({ at }) => at <= this.time);
    this.events = this.events.filter(({ at }) => at > this.time);
    due.forEach(({ action }) => {
      action();
    });
  }
}

/** Time that passes only when the test says so, with everybody's sleep ending at its own moment. */
export class SteppedClock extends FakeClock {
  private sleepers: { at: number; wake: () => void }[] = [];

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.now() + milliseconds, wake });
      signal?.addEventListener("abort", () => {
        wake();
      });
    });
  }

  /** Lets time pass, sleep by sleep, and all that wakes up do its work. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now() + milliseconds;
    for (;;) {
      await settle();
      const next = Math.min(...this.sleepers.map(({ at }) => at));
      if (next > end) {
        break;
      }
      this.advance(Math.max(0, next - this.now()));
      const due = this.sleepers.filter(({ at }) => at <= this.now());
      this.sleepers = this.sleepers.filter(({ at }) => at > this.now());
      due.forEach(({ wake }) => {
        wake();
      });
    }
    this.advance(end - this.now());
    await settle();
  }
}

/** Until all promises that can go on have gone on. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
