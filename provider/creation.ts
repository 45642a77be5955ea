import { IncompleteError, ResourceError } from "./lifecycle";
import type { Outside } from "./lifecycle";
import { ApiError, isMissing, isOutcomeUnknown, isPassing, ReplyError } from "./openstack/errors";
import { named } from "./provisioning";
import type { Named } from "./provisioning";

/** What is made, and when by the server's clock. */
interface Dated extends Named {
  createdAt?: string;
}

/** What is asked for, and how to tell what that has made from everything else. */
export interface Creation<Resource extends Dated> {
  /** What it is about in words, such as `consistency group "database"`. */
  what: string;
  /** The same for requests that ask for the same. */
  likeness: string;
  send(): Promise<Resource>;
  /** All that the request can have made, among other things. */
  list(): Promise<Resource[]>;
  /** Whether a resource is as it was asked for. */
  isLike(resource: Resource): boolean;
  /** The moment by the server's clock, in milliseconds. */
  now(): number;
}

/** By how much the clocks of an API's servers may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5_000;
/** How often a request is sent in all. */
const ATTEMPTS = 3;
/** When to look for what a lost request has made, in milliseconds after each other: a slow server may still be at it. */
const LOOKS = [0, 1_000, 2_000, 4_000, 8_000];
const LOOKED_FOR = LOOKS.reduce((sum, pause) => sum + pause, 0) / 1_000;

/**
 * The creations of one kind of resource in this process. Where the outcome of a request is not known, what it has made is
 * looked for, and counts for one creation only. docs/lost-replies.md tells the method, and what it can't know.
 */
export class Creations<Resource extends Dated> {
  /** What belongs to this process. */
  private readonly claimed = new Set<string>();
  /** What of it was there already. */
  private readonly takenOver = new Set<string>();
  /** The requests under way, by likeness. */
  private readonly sending = new Map<string, Set<Promise<unknown>>>();
  /** How many creations look for what their requests have made, by likeness. */
  private readonly lost = new Map<string, number>();

  constructor(private readonly outside: Outside) {}

  /** Notes that a resource belongs to this process: it is not what another creation has lost. */
  claim(id: string): void {
    this.claimed.add(id);
  }

  /** Notes that a resource that is there already belongs to this process from now on. */
  takeOver(id: string): void {
    this.claim(id);
    this.takenOver.add(id);
  }

  /** Whether this process has taken a resource over, or found it again: it is nobody else's, nor made to go again. */
  hasTakenOver(id: string): boolean {
    return this.takenOver.has(id);
  }

  /**
   * Has one made and waits until it is ready. If the resource that the reply told of does not exist, the reply was about
   * another one, or somebody has deleted this one: what was made instead is looked for.
   */
  async makeReady<Ready>(
    creation: Creation<Resource>,
    ready: (made: Resource) => Promise<Ready>,
  ): Promise<Ready> {
    const sentAt = creation.now();
    const made = await this.make(creation);
    try {
      return await ready(made);
    } catch (error) {
      if (!(error instanceof IncompleteError && isMissing(error.cause, made.id))) {
        throw error;
      }
      return await ready(await this.instead(creation, sentAt, error));
    }
  }

  /** Has one made, once: by its reply or, if that is lost, by looking for it. */
  async make(creation: Creation<Resource>): Promise<Resource> {
    const sentAt = creation.now();
    for (let attempt = 1; ; attempt++) {
      try {
        const made = await this.send(creation);
        this.claim(made.id);
        return made;
      } catch (error) {
        if (!isOutcomeUnknown(error)) {
          throw error;
        }
        const found = await this.recover(creation, sentAt, error);
        if (found !== undefined) {
          return found;
        }
        if (attempt === ATTEMPTS || !mayBeSentAgain(error)) {
          throw notMade(creation, error);
        }
      }
    }
  }

  /** What a creation has made instead of the one that its reply told of. */
  private async instead(
    creation: Creation<Resource>,
    sentAt: number,
    missing: IncompleteError,
  ): Promise<Resource> {
    try {
      const found = await this.recover(creation, sentAt, missing);
      if (found !== undefined) {
        return found;
      }
    } catch (error) {
      throw new IncompleteError(missing.id, missing.state, error);
    }
    throw missing;
  }

  private async send(creation: Creation<Resource>): Promise<Resource> {
    const { likeness } = creation;
    const alike = this.sending.get(likeness) ?? new Set();
    this.sending.set(likeness, alike);
    const sent = creation.send();
    alike.add(sent);
    try {
      const made = await sent;
      if (!creation.isLike(made) || this.claimed.has(made.id)) {
        throw new ReplyError(
          `Manila was asked to create ${creation.what} and answered about another one, ${made.id}.`,
        );
      }
      return made;
    } finally {
      alike.delete(sent);
    }
  }

  /** What a request has made whose reply is lost, or about nothing there is; undefined if that is surely nothing. */
  private async recover(
    creation: Creation<Resource>,
    sentAt: number,
    error: Error,
  ): Promise<Resource | undefined> {
    const { likeness, what } = creation;
    const lost = (change: number): void => {
      this.lost.set(likeness, (this.lost.get(likeness) ?? 0) + change);
    };
    lost(1);
    try {
      for (const [index, pause] of LOOKS.entries()) {
        await this.outside.clock.sleep(pause);
        const isLast = index === LOOKS.length - 1;
        const found = await this.look(creation, sentAt, error, isLast);
        if (found !== undefined) {
          this.outside.tell(
            `the reply to the creation of ${what} was lost, and it was found on the cloud: ${found.id}`,
          );
          return found;
        }
      }
      return undefined;
    } finally {
      lost(-1);
    }
  }

  private async look(
    creation: Creation<Resource>,
    sentAt: number,
    error: Error,
    isLast: boolean,
  ): Promise<Resource | undefined> {
    // What those are about to get must not be taken for what this one has lost.
    await Promise.allSettled([...(this.sending.get(creation.likeness) ?? [])]);
    const listed = await this.listed(creation, error, isLast);
    const found = listed.filter(
      (each) => !this.claimed.has(each.id) && creation.isLike(each) && isSince(sentAt, each),
    );
    if (found.length > (this.lost.get(creation.likeness) ?? 0)) {
      throw ambiguous(creation, found, error);
    }
    const [first] = found;
    if (first !== undefined) {
      this.takeOver(first.id);
    }
    return first;
  }

  /** An API that is away for a moment may answer the next look; what the last one can't see is not surely absent. */
  private async listed(creation: Creation<Resource>, lost: Error, isLast: boolean): Promise<Resource[]> {
    try {
      return await creation.list();
    } catch (error) {
      if (isPassing(error) && !isLast) {
        return [];
      }
      throw new ResourceError(
        `It is not known whether ${creation.what} was made: ${lost.message} Nor could it be looked for: ${messageOf(error)} ` +
          "If there is one, the input importId takes it over.",
        { cause: error },
      );
    }
  }
}

/** Whether a resource can have been made after this moment of the server's clock. */
export function isSince(moment: number, { createdAt }: Dated): boolean {
  return createdAt === undefined || Date.parse(`${createdAt}Z`) >= moment - CLOCK_TOLERANCE;
}

/** Where the server has failed by itself, it would fail again. */
function mayBeSentAgain(error: Error): boolean {
  return !(error instanceof ApiError) || isPassing(error);
}

function ambiguous(creation: Creation<Named>, found: Named[], lost: Error): ResourceError {
  return new ResourceError(
    `It is not known whether ${creation.what} was made: ${lost.message} Several that are like it have been made since: ` +
      `${found.map(named).join(", ")}. If one of them is meant, the input importId takes it over; delete the others.`,
    { cause: lost },
  );
}

function notMade({ what }: Creation<Named>, lost: Error): ResourceError {
  return new ResourceError(
    `${lost.message} Whether ${what} was made all the same was looked for during ${LOOKED_FOR} s: it was not.`,
    { cause: lost },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
