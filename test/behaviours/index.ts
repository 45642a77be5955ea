import type { User } from "./user";
import type { TestedCloud } from "./cloud";
import { behavioursOfAdministration } from "./administration";
import { behavioursOfTheClient } from "./client";
import { behavioursOfGroups } from "./groups";
import { behavioursOfShares } from "./shares";
import { behavioursOfSnapshots } from "./snapshots";

const KINDS = {
  "of groups": behavioursOfGroups,
  "of snapshots": behavioursOfSnapshots,
  "of shares": behavioursOfShares,
  "of administration": behavioursOfAdministration,
  "of the client": behavioursOfTheClient,
};

/**
 * The suite of what the provider does on every cloud, whichever API this one has for groups. Nobody else may use the
 * cloud meanwhile.
 *
 * @param name what the cloud is, such as "the emulator with share groups"
 * @param timeout how long starting it may take, in milliseconds
 */
export function behaviours(name: string, start: () => Promise<TestedCloud>, timeout: number): void {
  describe(`Behaviours on ${name}`, function () {
    this.timeout("1m");
    let cloud: TestedCloud;
    let shown = 0;

    before("start the cloud", async () => {
      cloud = await start();
    }).timeout(timeout);

    after("stop the cloud", () => cloud.stop());

    afterEach("clear the cloud", async function () {
      shown += this.currentTest?.state === "passed" ? 1 : 0;
      await clear(cloud.administrator);
    });

    after("count", () => {
      console.info(`      ${shown} behaviours on ${name}`);
    });

    for (const [kind, declare] of Object.entries(KINDS)) {
      describe(kind, () => {
        declare(() => cloud);
      });
    }
  });
}

/** Deletes everything there is, whatever its status. */
async function clear({ byHand }: User): Promise<void> {
  const { consistencyGroups, consistencyGroupSnapshots, shares } = byHand;
  for (const kind of [consistencyGroupSnapshots, shares, consistencyGroups]) {
    const left = await kind.list({ allTenants: true });
    await Promise.all(
      left.map(async ({ id }) => {
        await kind.resetStatus(id, "error");
        await kind.delete(id);
        await kind.waitUntilGone(id);
      }),
    );
  }
}
