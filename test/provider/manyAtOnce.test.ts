import assert from "node:assert/strict";
import { cloudOf } from "../../demo/byHand";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { ConsistencyGroupLifecycle } from "../../provider/consistencyGroup/lifecycle";
import { systemClock } from "../../provider/openstack/clock";

const MANY = 500;
const LIMIT = 8;

describe("Many resources at once", function () {
  this.timeout("2m");
  let emulator: Emulator;

  before(async () => {
    emulator = await startEmulator();
  });

  after(() => emulator.stop());

  it(`cost one token, one look for versions, and at most ${LIMIT} requests in flight`, async () => {
    const cloud = cloudOf(emulator, { "manila:maxRequestsInFlight": String(LIMIT) });
    const lifecycle = new ConsistencyGroupLifecycle({
      connect: (region) => cloud.manila(region),
      clock: systemClock,
      tell: () => undefined,
    });
    const names = Array.from({ length: MANY }, (_, index) => `group-${index}`);
    const created = await Promise.all(names.map((name) => lifecycle.create({ name })));
    assert.equal(new Set(created.map(({ id }) => id)).size, MANY);
    assert.equal(emulator.requests.count("POST /identity/v3/auth/tokens"), 1);
    assert.equal(emulator.requests.count("GET /v2/"), 1);
    assert.equal(emulator.requests.count("POST /v2/{project_id}/consistency-groups"), MANY);
    assert.ok(emulator.requests.highWaterMark <= LIMIT, `${emulator.requests.highWaterMark} at once`);
  });
});
