import type { Properties } from "../../provider/lifecycle";
import type { User } from "./user";

/** A cloud that the behaviours are shown on, and what this one calls the things that every cloud has. */
export interface TestedCloud {
  /** Member of a project. */
  member: User;
  /** Member of another project. */
  other: User;
  /** Works in a project of its own. */
  administrator: User;
  /** Id of the share type that is taken where a program names none. */
  defaultShareType: string;
  /** One that needs no share network either. */
  otherShareType: { id: string; name: string };
  /** What a program says of a group that needs share servers, in the member's project. */
  onShareServers: Properties;
  /** What a program says of a group that no back end can take. */
  unschedulable: Properties;
  stop(): Promise<void>;
}
