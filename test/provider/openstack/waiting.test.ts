import assert from "node:assert/strict";
import { waitUntil } from "../../../provider/openstack/waiting";
import type { Wait } from "../../../provider/openstack/waiting";
import { ApiError, ConnectionError } from "../../../provider/openstack/errors";
import { FakeClock } from "../fakeClock";

/** A wait for a number that grows by one with each look, and starts with 0. */
function counting(clock: FakeClock, given: Partial<Wait<number>>): Wait<number> {
  let looks = 0;
  const { look = () => Promise.resolve(++looks), ...more } = given;
  return {
    seen: 0,
    look: async (pause) => {
      await clock.sleep(pause);
      return await look(pause);
    },
    done: () => false,
    timedOut: () => new Error(`nothing after ${looks} looks`),
    deadline: 600_000,
    clock,
    ...more,
  };
}

describe("waitUntil", () => {
  it("gives what was seen when the wait was over", async () => {
    const clock = new FakeClock();
    assert.equal(await waitUntil(counting(clock, { done: (seen) => seen === 4 })), 4);
    assert.equal(clock.pauses.length, 4);
  });

  it("does not look when the end is known already", async () => {
    const look = (): Promise<number> => assert.fail("it looked");
    assert.equal(await waitUntil(counting(new FakeClock(), { look, done: () => true })), 0);
  });

  it("looks again within a second, then less often, and at least every 10 s", async () => {
    const clock = new FakeClock();
    await waitUntil(counting(clock, { done: (seen) => seen === 40 }));
    const [first = 0] = clock.pauses;
    assert.ok(first > 0 && first < 1_000);
    assert.deepEqual(
      clock.pauses,
      [...clock.pauses].sort((one, other) => one - other),
    );
    assert.equal(clock.pauses.at(-1), 10_000);
  });

  it("gives up at the deadline and not later, after a last look", async () => {
    const clock = new FakeClock();
    let lookedAt = 0;
    const look = (): Promise<number> => {
      lookedAt = clock.now();
      return Promise.resolve(1);
    };
    await assert.rejects(waitUntil(counting(clock, { look, deadline: 12_345 })), {
      message: /nothing after/,
    });
    assert.equal(clock.now(), 12_345);
    assert.equal(lookedAt, 12_345);
  });

  it("does not look at all when the deadline is over before it starts", async () => {
    const clock = new FakeClock();
    await assert.rejects(waitUntil(counting(clock, { deadline: 0 })), { message: "nothing after 0 looks" });
  });

  const passing: Record<string, Error> = {
    "is away": new ConnectionError("nothing listens there", { sent: false, passing: true }),
    fails: new ApiError("answered 500", { status: 500, serverMessage: "" }),
  };
  for (const [happens, error] of Object.entries(passing)) {
    it(`goes on while the API ${happens}, and ends with its error once the time is over`, async () => {
      let looks = 0;
      const look = (): Promise<number> => (++looks < 6 ? Promise.reject(error) : Promise.resolve(looks));
      assert.equal(await waitUntil(counting(new FakeClock(), { look, done: (seen) => seen === 6 })), 6);
      const clock = new FakeClock();
      const never = counting(clock, { look: () => Promise.reject(error), deadline: 60_000 });
      await assert.rejects(waitUntil(never), error);
      assert.equal(clock.now(), 60_000);
    });
  }

  it("ends with the error of a look, and with that of an end that can only be bad", async () => {
    const lost = new Error("connection lost");
    const clock = new FakeClock();
    await assert.rejects(waitUntil(counting(clock, { look: () => Promise.reject(lost) })), lost);
    const done = (seen: number): boolean => {
      if (seen === 2) {
        throw lost;
      }
      return false;
    };
    await assert.rejects(waitUntil(counting(clock, { done })), lost);
  });
});
