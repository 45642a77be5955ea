import type { HTTPMethods } from "fastify";
import type { Status } from "./database";

/** Which API a cloud has for groups: a Manila has one of the two. */
export type GenerationName = "consistencyGroups" | "shareGroups";

/** What groups, or their snapshots, are called. */
export interface Words {
  /** In paths. */
  path: string;
  /** Of one in a body; lists and fields that hold an id are named after it. */
  key: string;
  /** Of the links to the next page of a list. */
  linksKey: string;
  /** In links. */
  collection: string;
  /** At the beginning of a sentence. */
  title: string;
  /** What `… could not be found` begins with. */
  missing: string;
  /** What a refusal of one that is in the wrong state begins with. */
  invalid: string;
  /** The refusal of a body without one. */
  notInBody: string;
  /** The methods of the path that actions are sent to. */
  actionMethods: HTTPMethods[];
}

/** What sets the Manila of one generation apart from that of the other. */
export interface Generation {
  name: GenerationName;
  /** The newest microversion. */
  maximumVersion: string;
  /** Where groups and their snapshots are offered. */
  offered: { since: string; until?: string; experimentalUntil: string };
  group: Words & {
    /** What the real server's exception for a missing one is called. */
    exception: string;
  };
  snapshot: Words & {
    /** Several of them, where only groups have any. */
    plural: string;
    /** One of them, where a share is in the way of one. */
    short: string;
    /** Parts of them, where a share has any. */
    members: string;
    /** The refusal of a group from a snapshot that is being made. */
    mustBeAvailable: string;
  };
  /** What a create request of a group may hold. */
  createFields: readonly string[];
  /** What an administrator may set a status to, in the order of a refusal. */
  statuses: readonly Status[];
  /** Keys as they are listed in a refusal. */
  listOfKeys: (keys: readonly string[]) => string;
  /** The refusal of a share in a group that is not available. */
  groupNotAvailable: (status: string) => string;
  noSuchShareType: (id: string) => string;
  /** A time as the database gives it back. */
  storedTime: (milliseconds: number) => string;
}
