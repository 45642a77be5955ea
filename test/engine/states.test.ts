import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { cloudOf } from "../../demo/byHand";
import { clientOf } from "../../provider/client";
import type { Client } from "../../provider/client";
import { systemClock } from "../../provider/openstack/clock";
import { Stack } from "./stack";

/** What each released version has left of the program below, as `pulumi stack export` printed it. */
const FOLDER = join(__dirname, "states");

const PROGRAM = `
const group = new manila.ConsistencyGroup("database", { description: "Tables", timeouts: { create: "20m" } });
const share = new manila.Share("tables", { shareProtocol: "NFS", size: 1, consistencyGroupId: group.id });
new manila.ConsistencyGroupSnapshot("sunday", { consistencyGroupId: group.id }, { dependsOn: share });
`;

const exported = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), id: z.string().optional() })),
  }),
});

async function client(emulator: Emulator): Promise<Client> {
  const manila = await cloudOf(emulator).manila();
  const tell = (): void => undefined;
  return clientOf(manila, { connect: () => Promise.resolve(manila), clock: systemClock, tell });
}

/** Makes what the program declares; gives the ids by name. */
async function make(emulator: Emulator): Promise<Record<string, string>> {
  const { consistencyGroups, shares, consistencyGroupSnapshots } = await client(emulator);
  const group = await consistencyGroups.create({ name: "database", description: "Tables" });
  await consistencyGroups.waitUntilAvailable(group.id);
  const consistencyGroupId = group.id;
  const share = await shares.create({ name: "tables", shareProtocol: "NFS", size: 1, consistencyGroupId });
  await shares.waitUntilAvailable(share.id);
  const snapshot = await consistencyGroupSnapshots.create({ name: "sunday", consistencyGroupId });
  await consistencyGroupSnapshots.waitUntilAvailable(snapshot.id);
  return { database: group.id, tables: share.id, sunday: snapshot.id };
}

/** The ids in a state, by the names of the resources. */
function idsIn(state: string): Record<string, string> {
  const { resources } = exported.parse(JSON.parse(state)).deployment;
  return Object.fromEntries(
    resources.flatMap(({ urn, id }) => (id === undefined ? [] : [[urn.split("::").at(-1) ?? "", id]])),
  );
}

describe("The state of a released version", function () {
  this.timeout("5m");
  let emulator: Emulator;
  let stack: Stack;

  beforeEach(async () => {
    emulator = await startEmulator();
    stack = await Stack.create(PROGRAM, emulator.environment());
  });

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  for (const file of readdirSync(FOLDER)) {
    it(`is refreshed, seen as up to date, and destroyed: ${file.replace(".json", "")}`, async () => {
      const made = await make(emulator);
      const old = await readFile(join(FOLDER, file), "utf8");
      const ids = Object.entries(idsIn(old)).filter(([name]) => name in made);
      assert.equal(ids.length, 3);
      const state = ids.reduce((text, [name, id]) => text.replaceAll(id, made[name] ?? ""), old);
      await writeFile(join(stack.folder, "old.json"), state);
      await stack.succeed("stack", "import", "--file", "old.json");
      assert.deepEqual(await stack.preview(), []);
      await stack.refresh();
      assert.deepEqual(await stack.preview(), []);
      const { default: _provider, ...refreshed } = idsIn(await stack.succeed("stack", "export"));
      assert.deepEqual(refreshed, made);
      await stack.destroy();
      const { consistencyGroups, shares, consistencyGroupSnapshots } = await client(emulator);
      const left = [
        await consistencyGroups.list(),
        await shares.list(),
        await consistencyGroupSnapshots.list(),
      ];
      assert.deepEqual(left.flat(), []);
    });
  }
});
