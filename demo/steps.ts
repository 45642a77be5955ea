import { ConsistencyGroupApi } from "../provider/consistencyGroup/api";
import { cloudOf } from "./byHand";
import type { DemoCloud } from "./cloud";
import type { Pulumi } from "./pulumi";

/** A step of the demo, and what it promises. */
export interface Step {
  heading: string;
  /** Gives what the engine printed. */
  run: (pulumi: Pulumi, cloud: DemoCloud) => Promise<string>;
  /** What the engine must have counted. */
  counted: RegExp;
  /** The requests that may change something on the cloud. */
  writes: string[];
}

const update = ["up", "--yes", "--skip-preview"];

export const steps: Step[] = [
  {
    heading: "Create two consistency groups",
    run: (pulumi) => pulumi.run(...update),
    counted: /\+ 3 created/,
    writes: ["POST", "POST"],
  },
  {
    heading: "Rename one of them in the program: the preview shows one update in place, and calls no API",
    run: async (pulumi) => {
      await pulumi.quietly("config", "set", "databaseName", "shop-database");
      return await pulumi.run("preview", "--diff");
    },
    counted: /~ 1 to update\s+2 unchanged/,
    writes: [],
  },
  {
    heading: "Deploy the new name: a single request",
    run: (pulumi) => pulumi.run(...update),
    counted: /~ 1 updated\s+2 unchanged/,
    writes: ["PUT"],
  },
  {
    heading: "Ask for another share type, which no group can change: the preview announces a replacement",
    run: async (pulumi, cloud) => {
      await pulumi.quietly("config", "set", "--path", "shareTypes[0]", cloud.otherShareType);
      return await pulumi.run("preview", "--diff");
    },
    counted: /\+-1 to replace\s+2 unchanged/,
    writes: [],
  },
  {
    heading: "Deploy the replacement: the new group is there before the old one goes",
    run: (pulumi) => pulumi.run(...update),
    counted: /\+-1 replaced\s+2 unchanged/,
    writes: ["POST", "DELETE"],
  },
  {
    heading: "Somebody renames a group by hand, and a refresh finds it",
    run: async (pulumi, cloud) => {
      const id = await pulumi.quietly("stack", "output", "databaseId");
      const groups = new ConsistencyGroupApi(await cloudOf(cloud).manila());
      await groups.update(id.trim(), { name: "renamed by hand" });
      return await pulumi.run("refresh", "--yes", "--skip-preview", "--diff");
    },
    counted: /~ 1 updated\s+2 unchanged/,
    writes: ["PUT"],
  },
  {
    heading: "Deploy once more: what the program says is restored",
    run: (pulumi) => pulumi.run(...update, "--diff"),
    counted: /~ 1 updated\s+2 unchanged/,
    writes: ["PUT"],
  },
  {
    heading: "Destroy the stack",
    run: (pulumi) => pulumi.run("destroy", "--yes", "--skip-preview", "--remove"),
    counted: /- 3 deleted/,
    writes: ["DELETE", "DELETE"],
  },
];
