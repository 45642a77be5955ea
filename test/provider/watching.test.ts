import assert from "node:assert/strict";
import { ApiError, ConnectionError, ReplyError } from "../../provider/openstack/errors";
import { Watcher } from "../../provider/watching";
import type { Listed, WatchedApi } from "../../provider/watching";
import { SteppedClock } from "./fakeClock";

interface Group {
  id: string;
  name?: string;
  status: string;
  projectId: string;
}

const FRESHNESS = 5_000;

class World implements WatchedApi<Group> {
  readonly noun = "consistency group";
  readonly clock = new SteppedClock();
  readonly lines: string[] = [];
  readonly groups = new Map<string, Group>();
  /** Those that a list does not show. */
  readonly hidden = new Set<string>();
  /** Those that a list shows, but not as the API does. */
  readonly unreadable = new Set<string>();
  /** The ids of those in lists that were read. */
  readonly readInLists: string[] = [];
  /** `list 0` for a page from an offset on, or the id of a single group. */
  readonly requests: string[] = [];
  /** How many a list holds at most. */
  pageSize = 1_000;
  failure: Error | undefined;
  readonly watcher = new Watcher(
    this,
    {
      connect: () => assert.fail("it connected"),
      clock: this.clock,
      tell: (line) => this.lines.push(line),
    },
    FRESHNESS,
  );

  constructor(count: number, status = "available") {
    for (let index = 0; index < count; index++) {
      this.groups.set(`g${index}`, { id: `g${index}`, name: `group ${index}`, status, projectId: "p" });
    }
  }

  look(id: string): Promise<Group> {
    this.requests.push(id);
    const group = this.groups.get(id);
    return this.failure !== undefined || group === undefined
      ? Promise.reject(this.failure ?? missing(id))
      : Promise.resolve({ ...group });
  }

  page(offset: number): Promise<Listed<Group>[]> {
    this.requests.push(`list ${offset}`);
    const shown = [...this.groups.values()].filter(({ id }) => !this.hidden.has(id));
    return this.failure === undefined
      ? Promise.resolve(shown.slice(offset, offset + this.pageSize).map((group) => this.listed({ ...group })))
      : Promise.reject(this.failure);
  }

  private listed(group: Group): Listed<Group> {
    const read = (): Group => {
      this.readInLists.push(group.id);
      assert.ok(!this.unreadable.has(group.id), `${group.id} is unreadable`);
      return group;
    };
    return { id: group.id, read };
  }

  /** What a read gives, once time has passed for it. */
  async read(...ids: string[]): Promise<(Group | undefined)[]> {
    const reading = Promise.all(ids.map((id) => this.watcher.read(id)));
    await this.clock.pass(100);
    return await reading;
  }

  set(id: string, status: string): void {
    this.groups.set(id, { id, status, projectId: "p" });
  }

  /** Makes groups, and waits for them, which takes a while; gives how late their end was noticed. */
  async make(count: number, milliseconds: number): Promise<number> {
    const ids = idsUpTo(count);
    const began = this.clock.now();
    ids.forEach((id) => {
      this.set(id, "creating");
    });
    this.clock.at(began + milliseconds, () => {
      ids.forEach((id) => {
        this.set(id, "available");
      });
    });
    let ended: number | undefined;
    void Promise.all(ids.map((id) => this.available(id))).then(() => (ended = this.clock.now()));
    while (ended === undefined) {
      await this.clock.pass(10);
    }
    return ended - began - milliseconds;
  }

  /** Waits until a group is available. */
  async available(id: string, deadline = 600_000): Promise<Group | undefined> {
    const group = this.groups.get(id);
    assert.ok(group !== undefined);
    return await this.watcher.wait(
      { ...group },
      {
        done: (seen) => seen?.status !== "creating",
        timedOut: () => new Error(`no ${id} in time`),
        deadline,
      },
    );
  }
}

function missing(id: string): ApiError {
  const reply = { status: 404, fault: "itemNotFound", serverMessage: `Group ${id} not found.` };
  return new ApiError(reply.serverMessage, reply);
}

function idsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `g${index}`);
}

describe("Watcher read", () => {
  it("asks for a few by themselves, and for many by one list", async () => {
    const few = new World(10);
    await few.read("g1", "g2");
    assert.deepEqual(few.requests, ["g1", "g2"]);
    const many = new World(10);
    const seen = await many.read("g1", "g2", "g3");
    assert.deepEqual(
      seen.map((group) => group?.id),
      ["g1", "g2", "g3"],
    );
    assert.deepEqual(many.requests, ["list 0"]);
  });

  it("answers waves of reads from one list as long as that is fresh, and then from another one", async () => {
    const world = new World(1_000);
    for (let wave = 0; wave < 60; wave++) {
      await world.read(...idsUpTo(1_000).slice(wave * 8, wave * 8 + 8));
    }
    // 60 waves of 100 ms each.
    assert.deepEqual(world.requests, ["list 0", "list 0"]);
  });

  it("answers those who come while a list is under way from that list", async () => {
    const world = new World(10);
    const page = world.page.bind(world);
    world.page = async (offset) => {
      await world.clock.sleep(50);
      return await page(offset);
    };
    const early = ["g1", "g2", "g3"].map((id) => world.watcher.read(id));
    await world.clock.pass(40);
    const late = ["g4", "g5", "g6"].map((id) => world.watcher.read(id));
    await world.clock.pass(200);
    await Promise.all([...early, ...late]);
    assert.deepEqual(world.requests, ["list 0"]);
  });

  it("asks for a list again when a single read begins the next wave", async () => {
    const world = new World(10);
    await world.read("g1", "g2", "g3");
    await world.clock.pass(FRESHNESS);
    await world.read("g4");
    assert.deepEqual(world.requests, ["list 0", "list 0"]);
  });

  it("never answers from a list that was asked for before something was done to the group", async () => {
    const world = new World(10);
    await world.read("g1", "g2", "g3");
    world.set("g4", "deleting");
    world.watcher.wrote("G4");
    const [seen] = await world.read("g4");
    assert.equal(seen?.status, "deleting");
  });

  it("takes only a group's own reply for a sign that it is gone", async () => {
    const world = new World(10);
    world.hidden.add("g1");
    const [hidden, gone, shown] = await world.read("g1", "nowhere", "g3");
    assert.deepEqual([hidden?.id, gone, shown?.id], ["g1", undefined, "g3"]);
    assert.deepEqual(world.requests, ["list 0", "g1", "nowhere"]);
  });

  it("goes on to further pages only for those that it has not found, and not for fewer than there are pages", async () => {
    const world = new World(3_500);
    await world.read("g1", "g2", "g3");
    assert.deepEqual(world.requests.splice(0), ["list 0"]);
    await world.read("g1500", "g3001", "g3002", "g3003");
    assert.deepEqual(world.requests.splice(0), ["list 0", "list 1000", "list 2000", "list 3000"]);
    await world.clock.pass(3 * FRESHNESS);
    await world.read("g1", "g2", "g3");
    assert.deepEqual(world.requests, ["g1", "g2", "g3"]);
  });

  it("finds out where Manila's operator allows fewer at once", async () => {
    const world = new World(250);
    world.pageSize = 100;
    await world.read("g99", "g100", "g199", "g200");
    assert.deepEqual(world.requests.splice(0), ["list 0", "list 100", "list 200"]);
    await world.clock.pass(FRESHNESS);
    await world.read("nowhere", "g1", "g2", "g249");
    assert.deepEqual(world.requests, ["list 0", "list 100", "list 200", "nowhere"]);
  });

  it("tries only once whether there is more when many are missing", async () => {
    const world = new World(10);
    ["g1", "g2", "g3"].forEach((id) => world.hidden.add(id));
    await world.read("g1", "g2", "g3", "g4");
    assert.deepEqual(world.requests.splice(0), ["list 0", "list 7", "g1", "g2", "g3"]);
    await world.clock.pass(FRESHNESS);
    await world.read("g1", "g2", "g3", "g4");
    assert.deepEqual(world.requests, ["list 0", "g1", "g2", "g3"]);
  });

  it("asks for each by itself where lists are forbidden, or can't be read", async () => {
    const forbidden = new ApiError("Forbidden.", { status: 403, serverMessage: "Forbidden." });
    for (const error of [forbidden, new ReplyError("One of them has no status.")]) {
      const world = new World(10);
      world.page = () => Promise.reject(error);
      const seen = await world.read("g1", "g2", "g3");
      assert.deepEqual(
        seen.map((group) => group?.id),
        ["g1", "g2", "g3"],
      );
    }
  });

  it("reads no more of a list than is wanted", async () => {
    const world = new World(1_000);
    await world.read("g1", "g2", "g3");
    assert.deepEqual(world.requests.splice(0), ["list 0"]);
    assert.deepEqual(world.readInLists.splice(0), ["g1", "g2", "g3"]);
    await world.read("g4");
    assert.deepEqual(world.requests, []);
    assert.deepEqual(world.readInLists, ["g4"]);
  });

  it("fails for a group that is listed otherwise than the API does, and for no other one", async () => {
    const world = new World(10);
    world.unreadable.add("g2").add("g4");
    const reading = Promise.allSettled(["g1", "g2", "g3"].map((id) => world.watcher.read(id)));
    await world.clock.pass(100);
    const outcomes = (await reading).map(({ status }) => status);
    assert.deepEqual(outcomes, ["fulfilled", "rejected", "fulfilled"]);
    await assert.rejects(world.watcher.read("g4"), { message: "g4 is unreadable" });
    assert.deepEqual(world.requests, ["list 0"]);
  });

  it("fails for all who wanted it when the list fails, and works again later", async () => {
    const world = new World(10);
    world.failure = new Error("away");
    const reading = Promise.allSettled(["g1", "g2", "g3"].map((id) => world.watcher.read(id)));
    await world.clock.pass(100);
    assert.deepEqual(
      (await reading).map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    world.failure = undefined;
    const [seen] = await world.read("g1");
    assert.equal(seen?.id, "g1");
  });
});

describe("Watcher wait", () => {
  it("asks at most twice a second, however many wait", async () => {
    const world = new World(200, "creating");
    const waiting: Promise<unknown>[] = [];
    for (const id of idsUpTo(200)) {
      waiting.push(world.available(id));
      await world.clock.pass(20);
    }
    for (const id of idsUpTo(200)) {
      world.set(id, "available");
    }
    await world.clock.pass(10_000);
    await Promise.all(waiting);
    assert.deepEqual(new Set(world.requests.slice(2)), new Set(["list 0"]));
    assert.ok(world.requests.length <= 2 * 5 + 2, `${world.requests.length} requests in 4 s`);
  });

  it("looks when those before have ended, and hardly before that", async () => {
    const world = new World(8);
    await world.make(8, 2_070);
    world.requests.length = 0;
    for (let wave = 0; wave < 20; wave++) {
      const late = await world.make(8, 2_070);
      assert.ok(late <= 300, `${late} ms late in wave ${wave}`);
    }
    assert.ok(world.requests.length <= 3 * 20, `${world.requests.length} requests in 20 waves`);
  });

  it("notices within two seconds what ends much sooner than those before, and soon from then on", async () => {
    const world = new World(8);
    await world.make(8, 60_000);
    const first = await world.make(8, 500);
    assert.ok(first <= 2_000, `${first} ms late`);
    await world.make(8, 500);
    const third = await world.make(8, 500);
    assert.ok(third <= 650, `${third} ms late`);
  });

  it("asks seldom for those that are waited for where lists are forbidden", async () => {
    const world = new World(20, "creating");
    world.page = () =>
      Promise.reject(new ApiError("Forbidden.", { status: 403, serverMessage: "Forbidden." }));
    const waiting = idsUpTo(20).map((id) => world.available(id));
    await world.clock.pass(60_000);
    assert.ok(world.requests.length <= 2 * 60, `${world.requests.length} requests in a minute`);
    idsUpTo(20).forEach((id) => {
      world.set(id, "available");
    });
    await world.clock.pass(30_000);
    await Promise.all(waiting);
  });

  it("ends for each as soon as anybody's look shows its end", async () => {
    const world = new World(4, "creating");
    const ended: string[] = [];
    for (const id of ["g0", "g1", "g2"]) {
      void world.available(id).then(() => ended.push(id));
    }
    // By now they look every 10 s.
    await world.clock.pass(60_000);
    world.set("g0", "available");
    void world.available("g3");
    await world.clock.pass(600);
    assert.deepEqual(ended, ["g0"]);
  });

  it("does not count what was seen before it began", async () => {
    const world = new World(3, "available");
    const reads = ["g0", "g1", "g2"].map((id) => world.watcher.read(id));
    await world.clock.pass(100);
    await Promise.all(reads);
    world.set("g0", "creating");
    const waiting = world.available("g0");
    await world.clock.pass(1_000);
    world.set("g0", "error");
    await world.clock.pass(10_000);
    assert.equal((await waiting)?.status, "error");
  });

  it("confirms that a group is gone by its own reply", async () => {
    const world = new World(3, "creating");
    const waiting = ["g0", "g1", "g2"].map((id) => world.available(id));
    world.groups.delete("g0");
    world.set("g1", "available");
    world.set("g2", "available");
    await world.clock.pass(1_000);
    const [gone] = await Promise.all(waiting);
    assert.equal(gone, undefined);
    assert.deepEqual(world.requests, ["list 0", "g0"]);
  });

  it("goes on while the API is away", async () => {
    const world = new World(1, "creating");
    world.failure = new ConnectionError("nothing listens there", { sent: false, passing: true });
    const waiting = world.available("g0");
    await world.clock.pass(30_000);
    world.failure = undefined;
    world.set("g0", "available");
    await world.clock.pass(15_000);
    assert.equal((await waiting)?.status, "available");
  });

  it("gives up at its own deadline, whatever the others do", async () => {
    const world = new World(3, "creating");
    const [short, ...others] = [world.available("g0", 2_000), world.available("g1"), world.available("g2")];
    const failed = assert.rejects(short, { message: "no g0 in time" });
    await world.clock.pass(2_500);
    await failed;
    world.set("g1", "available");
    world.set("g2", "available");
    await world.clock.pass(10_000);
    await Promise.all(others);
  });

  it("tells every half minute what is waited for, three by name", async () => {
    const world = new World(5, "creating");
    const waiting = idsUpTo(5).map((id) => world.available(id));
    await world.clock.pass(29_000);
    assert.deepEqual(world.lines, []);
    await world.clock.pass(61_000);
    assert.ok(world.lines.length === 2 || world.lines.length === 3, world.lines.join("\n"));
    assert.match(
      String(world.lines[0]),
      /^waiting for 5 consistency groups, 3\d s by now: "group 0" \(g0\) creating, .*, and 2 more$/,
    );
    idsUpTo(5).forEach((id) => {
      world.set(id, "available");
    });
    await world.clock.pass(15_000);
    await Promise.all(waiting);
  });
});
