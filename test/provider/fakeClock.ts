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
