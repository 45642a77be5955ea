import assert from "node:assert/strict";
import fc from "fast-check";
import { Semaphore } from "../../../provider/openstack/semaphore";

/** Tasks that a test ends one by one, with a note of how many ran at once. */
class Tasks {
  readonly started: number[] = [];
  running = 0;
  most = 0;
  private readonly ends = new Map<number, (error?: Error) => void>();

  readonly task = (name: number) => (): Promise<number> => {
    this.started.push(name);
    this.running++;
    this.most = Math.max(this.most, this.running);
    return new Promise((resolve, reject) => {
      this.ends.set(name, (error) => {
        this.running--;
        if (error === undefined) {
          resolve(name);
        } else {
          reject(error);
        }
      });
    });
  };

  async end(name: number, error?: Error): Promise<void> {
    this.ends.get(name)?.(error);
    await new Promise(setImmediate);
  }
}

describe("Semaphore", () => {
  it("lets no more tasks run at once than it has places, and the others in order", async () => {
    const tasks = new Tasks();
    const semaphore = new Semaphore(2);
    const work = [1, 2, 3, 4].map((name) => semaphore.run(tasks.task(name)));
    assert.deepEqual(tasks.started, [1, 2]);
    await tasks.end(2);
    assert.deepEqual(tasks.started, [1, 2, 3]);
    await tasks.end(1);
    await tasks.end(3);
    await tasks.end(4);
    assert.deepEqual(await Promise.all(work), [1, 2, 3, 4]);
    assert.equal(tasks.most, 2);
  });

  it("frees the place of a task that fails", async () => {
    const tasks = new Tasks();
    const semaphore = new Semaphore(1);
    const failing = assert.rejects(semaphore.run(tasks.task(1)), { message: "lost" });
    const next = semaphore.run(tasks.task(2));
    await tasks.end(1, new Error("lost"));
    await failing;
    await tasks.end(2);
    assert.equal(await next, 2);
  });

  it("frees the place of a task that throws before it has begun", async () => {
    const semaphore = new Semaphore(1);
    const throwing = (): Promise<never> => {
      throw new Error("never begun");
    };
    await assert.rejects(semaphore.run(throwing), { message: "never begun" });
    assert.equal(await semaphore.run(() => Promise.resolve("next")), "next");
  });

  it("runs every task, however many there are and however they end", async () => {
    const plan = fc.array(fc.boolean(), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), plan, async (places, outcomes) => {
        const semaphore = new Semaphore(places);
        let running = 0;
        let most = 0;
        const work = outcomes.map((good) =>
          semaphore.run(async () => {
            most = Math.max(most, ++running);
            await Promise.resolve();
            running--;
            return good ? "good" : Promise.reject(new Error("bad"));
          }),
        );
        const settled = await Promise.allSettled(work);
        assert.deepEqual(
          settled.map(({ status }) => status === "fulfilled"),
          outcomes,
        );
        assert.ok(most <= places && running === 0);
      }),
    );
  });
});
