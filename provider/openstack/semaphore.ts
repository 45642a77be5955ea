/** Lets a limited number of tasks run at once; the others wait for their turn, in order. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];

  /** `free` is how many tasks may run at once. */
  constructor(private free: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.free === 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.free--;
    }
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) {
        this.free++;
      } else {
        next();
      }
    }
  }
}
