import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ConsistencyGroupLifecycle } from "../provider/consistencyGroup/lifecycle";
import { ConsistencyGroupSnapshotLifecycle } from "../provider/consistencyGroupSnapshot/lifecycle";
import { systemClock } from "../provider/openstack/clock";
import { Cloud } from "../provider/openstack/cloud";
import { processSources } from "../provider/openstack/settings";
import { ShareLifecycle } from "../provider/share/lifecycle";
import { tell } from "../provider/tell";
import type { Command } from "./command";
import { UsageError } from "./command";
import { parseCreations, parseExported } from "./recover/deployment";
import type { Exported } from "./recover/deployment";
import { recovered } from "./recover/recovery";
import type { Findable } from "./recover/recovery";

const TYPE = "pulumi-nodejs:dynamic/manila:";
const HOUR = 3_600_000;

/** `pulumi-manila recover`: finds what a killed `pulumi up` has made, and puts it into the state. */
export const recover: Command = {
  summary: "put into the state what an interrupted update has made",
  usage: `Usage: pulumi stack export | pulumi-manila recover [options] | pulumi stack import

Reads a stack's state from standard input, looks on the cloud for groups, snapshots and shares that an interrupted
"pulumi up" has asked for, and prints the state with them. It says on standard error what it has found. The cloud
comes from OS_* variables or clouds.yaml. It changes nothing on the cloud.

  --preview FILE  what "pulumi preview --json" has printed: looks for all that it would make as well
  --since TIME    when the interrupted update began, such as 2026-11-24T17:30:00Z; by default an hour before the
                  state was written last

docs/interrupted.md tells when to use it.
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { preview: { type: "string" }, since: { type: "string" } },
    });
    if (process.stdin.isTTY) {
      throw new UsageError(`Give what "pulumi stack export" prints on standard input.`);
    }
    const exported = parseExported(await text(process.stdin));
    const { preview } = values;
    const creations = preview === undefined ? [] : parseCreations(await readFile(preview, "utf8"));
    const since = beginning(exported, values.since);
    const state = await recovered({ exported, creations, since, kinds: kinds(), tell });
    return `${JSON.stringify(state, undefined, 4)}\n`;
  },
};

function beginning({ deployment }: Exported, given: string | undefined): number {
  const since = given === undefined ? Date.parse(deployment.manifest.time) - HOUR : Date.parse(given);
  if (Number.isNaN(since)) {
    throw new UsageError(`--since must be a time such as 2026-11-24T17:30:00Z, not "${String(given)}".`);
  }
  return since;
}

function kinds(): ReadonlyMap<string, Findable> {
  const cloud = new Cloud(
    processSources(() => undefined),
    systemClock,
    tell,
  );
  const outside = { connect: (region?: string) => cloud.manila(region), clock: systemClock, tell };
  return new Map<string, Findable>([
    [`${TYPE}ConsistencyGroup`, new ConsistencyGroupLifecycle(outside)],
    [`${TYPE}ConsistencyGroupSnapshot`, new ConsistencyGroupSnapshotLifecycle(outside)],
    [`${TYPE}Share`, new ShareLifecycle(outside)],
  ]);
}
