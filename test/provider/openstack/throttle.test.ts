import assert from "node:assert/strict";
import fc from "fast-check";
import { RateLimit } from "../../../emulator/rateLimit";
import { Throttle } from "../../../provider/openstack/throttle";
import type { Strain } from "../../../provider/openstack/throttle";
import { FakeClock, SteppedClock } from "../fakeClock";

const NONE: Strain = { overloaded: false, limited: false, pause: 0 };
const REFUSED: Strain = { overloaded: true, limited: false, pause: 0 };

const noStrain = (): Strain => NONE;

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

describe("Throttle", () => {
  it("lets no more tasks run at once than it has places, and the others in order", async () => {
    const tasks = new Tasks();
    const throttle = new Throttle(2, new FakeClock());
    const work = [1, 2, 3, 4].map((name) => throttle.run(tasks.task(name), noStrain));
    await new Promise(setImmediate);
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
    const throttle = new Throttle(1, new FakeClock());
    const failing = assert.rejects(throttle.run(tasks.task(1), noStrain), { message: "lost" });
    const next = throttle.run(tasks.task(2), noStrain);
    await new Promise(setImmediate);
    await tasks.end(1, new Error("lost"));
    await failing;
    await tasks.end(2);
    assert.equal(await next, 2);
  });

  it("frees the place of a task that throws before it has begun", async () => {
    const throttle = new Throttle(1, new FakeClock());
    const throwing = (): Promise<never> => {
      throw new Error("never begun");
    };
    await assert.rejects(throttle.run(throwing, noStrain), { message: "never begun" });
    assert.equal(await throttle.run(() => Promise.resolve("next"), noStrain), "next");
  });

  it("runs every task, however many there are and however they end", async () => {
    const plan = fc.array(fc.boolean(), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), plan, async (places, outcomes) => {
        const throttle = new Throttle(places, new FakeClock());
        let running = 0;
        let most = 0;
        const work = outcomes.map((good) =>
          throttle.run(async () => {
            most = Math.max(most, ++running);
            await Promise.resolve();
            running--;
            return good ? "good" : Promise.reject(new Error("bad"));
          }, noStrain),
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

describe("Throttle on an API", () => {
  /** How many of many requests an API gets at once, wave by wave, each wave answered after some time with some strain. */
  async function waves(
    most: number,
    answers: { milliseconds?: number; strain?: Strain }[],
  ): Promise<number[]> {
    const clock = new FakeClock();
    const throttle = new Throttle(most, clock);
    const underWay: ((strain: Strain) => void)[] = [];
    const asked = Array.from({ length: 1_000 }, () =>
      throttle.run(
        () => new Promise<Strain>((resolve) => underWay.push(resolve)),
        (strain) => strain,
      ),
    );
    const sizes: number[] = [];
    for (const { milliseconds = 50, strain = NONE } of answers) {
      await new Promise(setImmediate);
      sizes.push(underWay.length);
      clock.advance(milliseconds);
      underWay.splice(0).forEach((answer) => {
        answer(strain);
      });
    }
    assert.equal(asked.length, 1_000);
    return sizes;
  }

  it("asks more at once while it answers swiftly, up to the most", async () => {
    assert.deepEqual(await waves(64, [{}, {}, {}, {}, {}]), [8, 16, 32, 64, 64]);
    assert.deepEqual(await waves(20, [{}, {}, {}]), [8, 16, 20]);
    assert.deepEqual(await waves(2, [{}, {}, {}]), [2, 2, 2]);
  });

  it("asks half as much once it refuses, and then grows slowly again", async () => {
    const refusing = [{}, {}, { strain: REFUSED }, {}, {}, {}];
    assert.deepEqual(await waves(64, refusing), [8, 16, 32, 16, 16, 17]);
  });

  it("asks a little less when it gets slower", async () => {
    const slower = [{}, {}, { milliseconds: 2_000 }, { milliseconds: 2_000 }, {}];
    assert.deepEqual(await waves(64, slower), [8, 16, 32, 31, 30]);
  });

  it("never asks less than one at once", async () => {
    const refusing = Array.from({ length: 6 }, () => ({ strain: REFUSED }));
    assert.deepEqual(await waves(64, refusing), [8, 4, 2, 1, 1, 1]);
  });

  it("leaves it alone for as long as it asks, and that holds for all", async () => {
    const clock = new FakeClock();
    const throttle = new Throttle(64, clock);
    await throttle.run(
      () => Promise.resolve(),
      () => ({ overloaded: true, limited: true, pause: 17_000 }),
    );
    await Promise.all([1, 2].map(() => throttle.run(() => Promise.resolve(), noStrain)));
    assert.equal(clock.now(), 17_000);
  });
});

/** An API that limits its callers, takes 50 ms for each answer and wants to be left alone for a time when it refuses. */
class LimitedApi {
  readonly clock = new SteppedClock();
  readonly throttle = new Throttle(64, this.clock);
  refused = 0;
  answered = 0;

  constructor(
    public isAllowed: (now: number) => boolean,
    private readonly pause = 1_000,
  ) {}

  /** Asks so often, each time again until it is answered, and lets time pass until all are; gives how long that took. */
  async ask(times: number): Promise<number> {
    const began = this.clock.now();
    let ended: number | undefined;
    void Promise.all(Array.from({ length: times }, () => this.answer())).then(
      () => (ended = this.clock.now()),
    );
    while (ended === undefined) {
      await this.clock.pass(10);
    }
    return ended - began;
  }

  private async answer(): Promise<void> {
    const strainOf = (isAnswered: boolean): Strain =>
      isAnswered ? NONE : { overloaded: true, limited: true, pause: this.pause };
    while (!(await this.throttle.run(() => this.request(), strainOf))) {
      this.refused++;
    }
    this.answered++;
  }

  private async request(): Promise<boolean> {
    const isAllowed = this.isAllowed(this.clock.now());
    await this.clock.sleep(50);
    return isAllowed;
  }
}

/** So many requests a second, of which a second's are saved up. */
function bucket(perSecond: number): (now: number) => boolean {
  let time = 0;
  const limit = new RateLimit(() => time, perSecond);
  return (now) => {
    time = now;
    return limit.take() === 0;
  };
}

/** So many requests in each minute. */
function minutes(perMinute: number): (now: number) => boolean {
  const used = new Map<number, number>();
  return (now) => {
    const minute = Math.floor(now / 60_000);
    const count = (used.get(minute) ?? 0) + 1;
    used.set(minute, count);
    return count <= perMinute;
  };
}

describe("Throttle on an API that limits its callers", () => {
  for (const perSecond of [2, 20, 100]) {
    it(`takes hardly longer than ${perSecond} requests a second allow, and is refused seldom`, async () => {
      const api = new LimitedApi(bucket(perSecond));
      const took = await api.ask(20 * perSecond);
      assert.ok(took <= 1.1 * 19_000, `${took} ms`);
      assert.ok(api.refused <= api.answered / 4, `${api.refused} of ${api.answered} refused`);
    });
  }

  it("uses what is left of each minute, though it is refused for half of one", async () => {
    const api = new LimitedApi(minutes(100), 30_000);
    const took = await api.ask(350);
    assert.ok(took <= 300_000, `${took} ms`);
  });

  it("is quick again where the limit is raised", async () => {
    const api = new LimitedApi(bucket(10));
    await api.ask(100);
    api.isAllowed = bucket(1_000);
    const took = await api.ask(1_000);
    assert.ok(took <= 40_000, `${took} ms`);
  });

  it("is not slow for long after a time in which everything was refused", async () => {
    const api = new LimitedApi((now) => now > 120_000, 10_000);
    const took = await api.ask(200);
    assert.ok(took <= 135_000, `${took} ms`);
  });

  it("does not take a time in which nobody asked for a sign of a limit", async () => {
    const api = new LimitedApi(bucket(20));
    await api.ask(40);
    await api.clock.pass(600_000);
    await api.ask(40);
    await api.clock.pass(600_000);
    assert.ok((await api.ask(20)) <= 1_000);
  });
});
