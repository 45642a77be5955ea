import type { Outside } from "./lifecycle";
import { ApiError, isPassing, ReplyError } from "./openstack/errors";
import { waitUntil } from "./openstack/waiting";
import type { Wait } from "./openstack/waiting";
import { named, unlessMissing } from "./provisioning";
import type { Provisioned } from "./provisioning";

/** The requests that watching needs: about one resource, and about many in one. */
export interface WatchedApi<Resource> {
  readonly noun: string;
  /** One resource, as lists describe it. */
  look(id: string): Promise<Resource>;
  /** @internal The resources of the project from an offset on, as many as Manila gives at once. */
  page(offset: number): Promise<Listed<Resource>[]>;
}

/** A resource in a list, which is read only where it is wanted. */
export interface Listed<Resource> {
  id: string;
  read(): Resource;
}

/** Somebody who wants to know of a resource. */
interface Watch<Resource> extends Haste {
  id: string;
  /** When it is to be looked at, unless somebody else looks earlier, in the clock's milliseconds. */
  due: number;
  sight(resource: Resource | undefined): void;
  fail(error: unknown): void;
}

interface Haste {
  /** Whether what a fresh list has told will do; otherwise only what is seen from now on. */
  reads: boolean;
  /** From when on it may have come about, going by the wait that ended last, in the clock's milliseconds. */
  ripe: number;
  /** Up to when it can wait while others rest, in the clock's milliseconds. */
  latest: number;
}

const READ: Haste = { reads: true, ripe: -Infinity, latest: -Infinity };
const LOOK: Haste = { reads: false, ripe: -Infinity, latest: Infinity };

/** The resources of the project by id, and when they were asked for, in the clock's milliseconds. */
interface List<Resource> {
  at: number;
  resources: Map<string, Listed<Resource>>;
}

/** How long a read waits for others to be asked together with it, in milliseconds. */
const GATHERING = 25;
/** From so many resources on, a list is asked for. */
const MANY = 3;
/** How long waits rest for each request, in milliseconds: on average they take three in two seconds, however many wait. */
const REST = 650;
/** The shortest rest. What is saved up makes rests short, at first and when something may have come about. */
const SHORT_REST = 300;
/** How much rest can be saved up, and so how long it pays to rest while nothing is expected. */
const SAVED_REST = 2_000;
/** As many as Manila gives at once, unless its operator has chosen less. */
const USUAL_PAGE = 1_000;
/** How often users are told what is waited for, in milliseconds, and how many by name. */
const TELLING = 30_000;
const TOLD_BY_NAME = 3;

/**
 * Looks at the resources of one kind in one region, for all operations of this process together. Whoever reads or waits
 * says so, and one request answers them all: a list or, where few are wanted, one for each. So the number of requests
 * depends on the time that it all takes, and hardly on the number of resources.
 */
export class Watcher<Resource extends Provisioned> {
  private readonly watches = new Set<Watch<Resource>>();
  /** What is waited for, and since when. */
  private readonly waiting = new Map<Resource, number>();
  private readonly writes = new Map<string, number>();
  private list: List<Resource> = { at: -Infinity, resources: new Map() };
  /** How many pages the last list took, and how many reads it has answered. */
  private pages = 1;
  private answered = 0;
  /** How many Manila gives at once; undefined until a second page has been asked for. */
  private pageSize: number | undefined;
  private isLooking = false;
  /** The sleep up to the next look, and how to end it. */
  private sleep: { until: number; end: AbortController } | undefined;
  private askedAt = -Infinity;
  /** Until when waits would rest had they never saved any. */
  private wholeRestUntil = -Infinity;
  /** For how long the wait that ended last had surely not been over, in milliseconds. */
  private lasting = 0;
  private toldAt = -Infinity;

  /** @param freshness how long a list may answer reads, in milliseconds */
  constructor(
    private readonly api: WatchedApi<Resource>,
    private readonly outside: Outside,
    private readonly freshness: number,
  ) {}

  /** The resource as it was a short while ago, but after all that this process has done to it; undefined if it is gone. */
  async read(id: string): Promise<Resource | undefined> {
    return this.listed(id)?.read() ?? (await this.next(id, GATHERING, READ));
  }

  /** The resource as it is now; undefined if it is gone. */
  async look(id: string): Promise<Resource | undefined> {
    return await this.next(id, GATHERING, LOOK);
  }

  /** Waits for something to come about, by itself or with others who wait; undefined if the resource is gone. */
  async wait(
    resource: Resource,
    wait: Pick<Wait<Resource | undefined>, "done" | "timedOut" | "deadline">,
  ): Promise<Resource | undefined> {
    const began = this.now();
    this.waiting.set(resource, began);
    const haste: Haste = { reads: false, ripe: began + this.lasting, latest: wait.deadline };
    let lasting = 0;
    const look = (pause: number): Promise<Resource | undefined> => {
      lasting = this.now() - began;
      return this.next(resource.id, pause, haste);
    };
    try {
      const seen = await waitUntil({ ...wait, seen: resource, look, clock: this.outside.clock });
      this.lasting = lasting;
      return seen;
    } finally {
      this.waiting.delete(resource);
    }
  }

  /** Notes that something is done to a resource: what was seen before it does not count any more. */
  wrote(id: string): void {
    this.writes.set(key(id), this.now());
  }

  /** What is seen of a resource after a pause, or before, if somebody else looks earlier. */
  private next(id: string, pause: number, haste: Haste): Promise<Resource | undefined> {
    return new Promise((sight, fail) => {
      const watch = { id, due: this.now() + pause, ...haste, sight, fail };
      this.watches.add(watch);
      if (!this.isLooking) {
        void this.keepLooking();
      } else if (this.sleep !== undefined && this.dueOf(watch) < this.sleep.until) {
        this.sleep.end.abort();
      }
    });
  }

  /** Looks whenever somebody is due, and at everything that is watched then, as long as anything is. */
  private async keepLooking(): Promise<void> {
    this.isLooking = true;
    while (this.watches.size > 0) {
      const until = Math.min(...[...this.watches].map((watch) => this.dueOf(watch)));
      if (until > this.now()) {
        this.sleep = { until, end: new AbortController() };
        await this.outside.clock.sleep(until - this.now(), this.sleep.end.signal);
        this.sleep = undefined;
      } else {
        await this.lookAtAll();
      }
    }
    this.isLooking = false;
  }

  private dueOf({ due, ripe, latest }: Watch<Resource>): number {
    const rested = Math.max(this.askedAt + SHORT_REST, this.wholeRestUntil - SAVED_REST);
    const worthIt = Math.min(ripe, this.askedAt + SAVED_REST);
    return Math.max(due, Math.min(Math.max(rested, worthIt), latest));
  }

  private async lookAtAll(): Promise<void> {
    // Those who came while a list was under way may find what they want in it.
    [...this.watches]
      .filter(({ reads }) => reads)
      .forEach((watch) => {
        const listed = this.listed(watch.id);
        if (listed !== undefined) {
          this.answer(watch, listed);
        }
      });
    const watches = [...this.watches];
    if (watches.length === 0) {
      return;
    }
    const ids = new Set(watches.map(({ id }) => key(id)));
    this.tell();
    if (this.listIsCheaper(ids.size)) {
      await this.lookOneByOne(await this.lookByList(watches, ids));
    } else {
      this.rest(ids.size);
      await this.lookOneByOne(watches);
    }
  }

  /** Begins the rest that requests cost, of which a part may be saved already. */
  private rest(requests: number): void {
    this.askedAt = this.now();
    this.wholeRestUntil = Math.max(this.wholeRestUntil, this.askedAt) + REST * requests;
  }

  /** What a fresh list has told of a resource, unless something has been done to it since. */
  private listed(id: string): Listed<Resource> | undefined {
    const { at, resources } = this.list;
    const isFresh = this.now() - at <= this.freshness && at > (this.writes.get(key(id)) ?? -Infinity);
    const seen = isFresh ? resources.get(key(id)) : undefined;
    this.answered += seen === undefined ? 0 : 1;
    return seen;
  }

  private listIsCheaper(wanted: number): boolean {
    // Reads come in small waves: after one that a list has answered, another one is due.
    const expected = this.now() - this.list.at <= 2 * this.freshness ? this.answered : 0;
    const many = Math.max(wanted, expected);
    return many >= MANY && many > this.pages;
  }

  /** Answers those whose resources are in the list, and gives the others. */
  private async lookByList(watches: Watch<Resource>[], ids: Set<string>): Promise<Watch<Resource>[]> {
    const at = this.now();
    try {
      this.list = { at, resources: await this.pagesWith(ids) };
    } catch (error) {
      if (!isPassing(error) && (error instanceof ApiError || error instanceof ReplyError)) {
        // A policy may forbid lists.
        this.rest(ids.size);
        return watches;
      }
      watches.forEach((watch) => {
        this.close(watch).fail(error);
      });
      return [];
    }
    const { resources } = this.list;
    this.answered = 0;
    return watches.filter((watch) => {
      const listed = resources.get(key(watch.id));
      if (listed !== undefined) {
        this.answer(watch, listed);
        this.answered += watch.reads ? 1 : 0;
      }
      return listed === undefined;
    });
  }

  /** The resources of one page after another, until all of the wanted ones are among them or there is no more. */
  private async pagesWith(ids: Set<string>): Promise<Map<string, Listed<Resource>>> {
    const found = new Map<string, Listed<Resource>>();
    for (this.pages = 1; ; this.pages++) {
      this.rest(1);
      const page = await this.api.page(found.size);
      const before = found.size;
      page.forEach((resource) => found.set(key(resource.id), resource));
      const missing = [...ids].filter((id) => !found.has(id)).length;
      if (this.pages === 2) {
        this.pageSize ??= found.size > before ? before : USUAL_PAGE;
      }
      // Where many are missing, it pays to try once whether this is all, or all that Manila gives at once.
      const full = this.pageSize ?? (missing < MANY ? USUAL_PAGE : 1);
      if (missing === 0 || found.size === before || page.length < full) {
        return found;
      }
    }
  }

  /** What a list does not have may be of another project, or have moved between pages: only its own reply counts. */
  private async lookOneByOne(watches: Watch<Resource>[]): Promise<void> {
    const looks = new Map<string, Promise<Resource | undefined>>();
    await Promise.all(
      watches.map(async (watch) => {
        const look = looks.get(key(watch.id)) ?? unlessMissing(watch.id, () => this.api.look(watch.id));
        looks.set(key(watch.id), look);
        try {
          const resource = await look;
          this.close(watch).sight(resource);
        } catch (error) {
          this.close(watch).fail(error);
        }
      }),
    );
  }

  private answer(watch: Watch<Resource>, listed: Listed<Resource>): void {
    this.close(watch);
    try {
      watch.sight(listed.read());
    } catch (error) {
      watch.fail(error);
    }
  }

  private close(watch: Watch<Resource>): Watch<Resource> {
    this.watches.delete(watch);
    return watch;
  }

  /** A long wait is told of now and then. */
  private tell(): void {
    const now = this.now();
    const oldest = Math.min(...this.waiting.values());
    if (now - oldest < TELLING || now - this.toldAt < TELLING) {
      return;
    }
    this.toldAt = now;
    const resources = [...this.waiting.keys()];
    const names = resources.slice(0, TOLD_BY_NAME).map((each) => `${named(each)} ${each.status}`);
    const more = resources.length > TOLD_BY_NAME ? `, and ${resources.length - TOLD_BY_NAME} more` : "";
    this.outside.tell(
      `waiting for ${resources.length} ${this.api.noun}${resources.length === 1 ? "" : "s"}, ` +
        `${Math.round((now - oldest) / 1_000)} s by now: ${names.join(", ")}${more}`,
    );
  }

  private now(): number {
    return this.outside.clock.now();
  }
}

/** Ids are the same in any case of letters. */
function key(id: string): string {
  return id.toLowerCase();
}
