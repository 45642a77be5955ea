import assert from "node:assert/strict";
import { Creations } from "../../provider/creation";
import type { Creation } from "../../provider/creation";
import { ApiError, ConnectionError, ReplyError } from "../../provider/openstack/errors";
import { failure, refusal } from "./failures";
import { FakeClock } from "./fakeClock";

interface Group {
  id: string;
  name: string;
  createdAt: string;
}

const LOST = new ConnectionError("The connection was cut.", { sent: true, passing: true });
const NOT_SENT = new ConnectionError("Nothing listens there.", { sent: false, passing: true });

function apiError(status: number): ApiError {
  return new ApiError(`It answered ${status}.`, { status, serverMessage: "" });
}

/** A moment as Manila writes it: in UTC, and without a zone. */
function wireTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "");
}

/** A cloud on which requests for groups get lost, before it acts or afterwards. */
class World {
  readonly clock = new FakeClock();
  readonly lines: string[] = [];
  readonly groups: Group[] = [];
  sent = 0;
  readonly creations = new Creations<Group>({
    connect: () => assert.fail("it connected"),
    clock: this.clock,
    tell: (line) => this.lines.push(line),
  });

  make(name = "database", madeAt = this.clock.now()): Group {
    const group = { id: `g${this.groups.length}`, name, createdAt: wireTime(madeAt) };
    this.groups.push(group);
    return group;
  }

  creation(given: Partial<Creation<Group>> & { name?: string } = {}): Creation<Group> {
    const { name = "database", ...more } = given;
    return {
      what: `group "${name}"`,
      likeness: name,
      send: () => Promise.resolve(this.make(name)),
      list: () => Promise.resolve([...this.groups]),
      isLike: (group) => group.name === name,
      now: () => this.clock.now(),
      ...more,
    };
  }

  /** Makes the group and loses the reply. */
  readonly losing = (): Promise<Group> => {
    this.sent++;
    this.make();
    return Promise.reject(LOST);
  };
}

describe("Creations", () => {
  for (const error of [LOST, apiError(500), apiError(502), apiError(504), new ReplyError("It was HTML.")]) {
    it(`find what a request has made that ended with: ${error.message}`, async () => {
      const world = new World();
      world.make("database", -60_000);
      const send = (): Promise<Group> => {
        world.sent++;
        world.make();
        return Promise.reject(error);
      };
      const made = await world.creations.make(world.creation({ send }));
      assert.equal(made.id, "g1");
      assert.equal(world.sent, 1);
      assert.match(world.lines.join(), /the reply to the creation of group "database" was lost, .*: g1$/);
    });
  }

  it("look for a while: a slow server may still be at it", async () => {
    const world = new World();
    const send = (): Promise<Group> => {
      world.sent++;
      world.clock.at(7_000, () => world.make());
      return Promise.reject(LOST);
    };
    const made = await world.creations.make(world.creation({ send }));
    assert.deepEqual([made.id, world.sent], ["g0", 1]);
  });

  it("send again what has surely made nothing, at most twice", async () => {
    const world = new World();
    const send = (): Promise<Group> =>
      ++world.sent < 3 ? Promise.reject(LOST) : Promise.resolve(world.make());
    assert.equal((await world.creations.make(world.creation({ send }))).id, "g0");
    const never = (): Promise<Group> => {
      world.sent++;
      return Promise.reject(LOST);
    };
    world.sent = 0;
    const error = await refusal(world.creations.make(world.creation({ name: "other", send: never })));
    assert.match(
      error.message,
      /^The connection was cut\. Whether group "other" was made all the same was looked for during 15 s: it was not\.$/,
    );
    assert.equal(world.sent, 3);
  });

  it("send nothing again that has failed at the server, or was refused, or was never sent", async () => {
    for (const [error, requests] of [
      [apiError(500), 1],
      [apiError(400), 1],
      [NOT_SENT, 1],
    ] as const) {
      const world = new World();
      const send = (): Promise<Group> => {
        world.sent++;
        return Promise.reject(error);
      };
      await failure(world.creations.make(world.creation({ send })), Error);
      assert.equal(world.sent, requests, error.message);
    }
  });

  it("never take what another creation of this process has got", async () => {
    const world = new World();
    await world.creations.make(world.creation());
    const send = (): Promise<Group> => {
      world.sent++;
      return world.sent === 1 ? Promise.reject(LOST) : Promise.resolve(world.make());
    };
    assert.equal((await world.creations.make(world.creation({ send }))).id, "g1");
  });

  it("wait for what others that are like them are about to get", async () => {
    const world = new World();
    const [slow, lost] = await Promise.all([
      world.creations.make(
        world.creation({
          send: async () => {
            const group = world.make();
            await new Promise((resolve) => setTimeout(resolve, 20));
            return group;
          },
        }),
      ),
      world.creations.make(world.creation({ send: world.losing })),
    ]);
    assert.deepEqual([slow.id, lost.id], ["g0", "g1"]);
    assert.equal(world.groups.length, 2);
  });

  it("share out what several have lost that are like each other", async () => {
    const world = new World();
    const made = await Promise.all(
      [1, 2, 3].map(() => world.creations.make(world.creation({ send: world.losing }))),
    );
    assert.deepEqual(made.map(({ id }) => id).sort(), ["g0", "g1", "g2"]);
    assert.equal(world.groups.length, 3);
  });

  it("take none of two, where the first request has made its own after all, too late to be found", async () => {
    const world = new World();
    const send = (): Promise<Group> => {
      world.sent++;
      if (world.sent === 1) {
        world.clock.at(15_001, () => world.make("database", 500));
      } else {
        world.clock.advance(10_000);
        world.make();
      }
      return Promise.reject(LOST);
    };
    const error = await refusal(world.creations.make(world.creation({ send })));
    assert.match(error.message, /"database" \(g0\), "database" \(g1\)/);
  });

  it("take none of several that are like it, and say which there are and how to take one over", async () => {
    const world = new World();
    const send = (): Promise<Group> => {
      world.make();
      return world.losing();
    };
    const error = await refusal(world.creations.make(world.creation({ send })));
    assert.match(
      error.message,
      /Several that are like it .*"database" \(g0\), "database" \(g1\)\..*importId/,
    );
  });

  it("go on while the API is away for a moment, and do not guess where it stays away", async () => {
    const world = new World();
    let looks = 0;
    const list = (): Promise<Group[]> =>
      ++looks < 3 ? Promise.reject(apiError(503)) : Promise.resolve([...world.groups]);
    assert.equal((await world.creations.make(world.creation({ send: world.losing, list }))).id, "g0");
    const away = (): Promise<Group[]> => Promise.reject(apiError(503));
    const error = await refusal(world.creations.make(world.creation({ send: world.losing, list: away })));
    assert.match(
      error.message,
      /^It is not known whether .*Nor could it be looked for: .*importId takes it over/,
    );
  });

  it("take a reply about another one for a lost reply", async () => {
    const world = new World();
    const send = (): Promise<Group> => {
      world.make();
      return Promise.resolve({ id: "x", name: "another", createdAt: wireTime(0) });
    };
    assert.equal((await world.creations.make(world.creation({ send }))).id, "g0");
  });
});
