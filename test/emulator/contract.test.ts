import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator, type EmulatorSettings, type SeedInput } from "../../emulator";
import { login, type Login } from "./http";
import { readRecording, type Exchange, type Recording } from "./recordings/recording";
import { assertReproduced, isObject, replay } from "./recordings/replay";

/** A recording, and how the emulator replays it. */
interface Contract {
  title: string;
  recording: Recording;
  /** When the recording began, by the times in its replies. */
  start: number;
  settings: EmulatorSettings & { seed: SeedInput };
  /** Who stands behind the recorded tokens. */
  callers: Record<string, Login>;
  /** Ids of what the cloud holds at first. */
  firstIds: string[];
  /** Exchanges the emulator does not reproduce, and why. One that it does reproduce fails the test. */
  leftOut: Record<string, string>;
}

replaying(newton());
replaying(today());

function newton(): Contract {
  const recording = readRecording("manila-3.0.0-consistency-groups");
  const roles = { p1: ["member"], p2: ["member"] };
  const callers = ["admin", "member"].flatMap((user) =>
    ["p1", "p2"].map((project) => [`${user}:${project}`, { user, project }] as const),
  );
  return {
    title: "Manila 3.0.0",
    recording,
    start: Date.parse("2026-11-23T12:47:11.765Z"),
    settings: {
      delayMilliseconds: 700,
      seed: {
        ...seedOf(recording),
        projects: ["p1", "p2"].map((id) => ({ id, name: id })),
        users: [
          { id: "u-admin", name: "admin", password: "emulator", administrator: true },
          { id: "u-member", name: "member", password: "emulator", roles },
        ],
      },
    },
    callers: Object.fromEntries(callers),
    firstIds: [],
    leftOut: {
      "limits: GET /limits": "the emulator has no quotas, so it shows none",
      "cgsnapshot list detail limit=1 offset=1":
        "the order of a detailed snapshot list is an accident of the real server's query plan; the emulator's is by id",
    },
  };
}

function today(): Contract {
  const recording = readRecording("manila-23.0.1-share-groups");
  const projects = ["admin", "demo", "other"];
  const user = (name: string) => ({ id: `u-${name}`, name, password: "emulator" });
  return {
    title: "Manila 23.0.1",
    recording,
    start: startOf(recording),
    settings: {
      generation: "shareGroups",
      delayMilliseconds: 300,
      seed: {
        ...seedOf(recording),
        projects: projects.map((id) => ({ id, name: id })),
        users: [
          { ...user("admin"), administrator: true },
          { ...user("demo"), roles: { demo: ["member"] } },
          { ...user("reader"), roles: { demo: ["reader"] } },
          { ...user("other"), roles: { other: ["member"] } },
        ],
      },
    },
    callers: {
      "admin:admin": { user: "admin", project: "admin" },
      "member:demo": { user: "demo", project: "demo" },
      "reader:demo": { user: "reader", project: "demo" },
      "member:other": { user: "other", project: "other" },
    },
    firstIds: [...idsOf(recording, "share_network_subnets"), ...idsOf(recording, "availability_zones")],
    leftOut: {
      "versions: /v2 without a slash": "the emulator's redirection has no content type",
      "list ?share_types=x": "the real server fails over a filter that is a relation and no column",
      "reset_status: unknown": "the real server names the statuses in another order each time it is started",
      "snapshot: reset_status unknown": "as above",
      "member: export locations": "their ids and paths are the driver's own making",
    },
  };
}

function replaying({ title, recording, start, settings, callers, firstIds, leftOut }: Contract): void {
  const { exchanges } = recording;
  describe(`The emulator replays the recording of ${title}`, () => {
    let emulator: Emulator;
    let now = start;
    const recordedIds = [...firstIds];
    const tokens = new Map<string, string>();
    let reproduced = 0;

    before(async () => {
      const newId = () => recordedIds.shift() ?? randomUUID();
      emulator = await startEmulator({ ...settings, clock: () => now, newId });
      for (const [token, who] of Object.entries(callers)) {
        tokens.set(token, await login(emulator.authUrl, who));
      }
    });

    after(async () => {
      await emulator.stop();
      const count = Object.keys(leftOut).length;
      process.stdout.write(
        `  ${reproduced} of ${exchanges.length} exchanges reproduced, ${count} left out\n`,
      );
    });

    for (const exchange of exchanges) {
      const reason = leftOut[exchange.name];
      it(reason === undefined ? exchange.name : `${exchange.name} (left out: ${reason})`, async () => {
        now = start + exchange.at * 1000;
        recordedIds.push(...idsMadeBy(exchange, exchanges));
        const response = await replay(emulator.url, exchange, tokens);
        if (reason === undefined) {
          assertReproduced(response, exchange, start);
          reproduced += 1;
        } else {
          assert.throws(() => {
            assertReproduced(response, exchange, start);
          }, "it is reproduced: take it off the list of those left out");
        }
      });
    }

    it("leaves out only what was recorded", () => {
      const names = new Set(exchanges.map(({ name }) => name));
      assert.deepEqual(
        Object.keys(leftOut).filter((name) => !names.has(name)),
        [],
      );
    });
  });
}

/** What the recorded server held; its types and pools have all that its drivers ask for. */
function seedOf({ seed }: Recording): SeedInput {
  const capabilities = (handlesServers: string) => ({
    snapshot_support: "True",
    create_share_from_snapshot_support: "True",
    driver_handles_share_servers: handlesServers,
  });
  const handled = ["False", "True"];
  return {
    applicationCredentials: [],
    shareTypes: seed.share_types.map(({ id, name, extra_specs: extraSpecs, is_default: isDefault }) => ({
      id,
      name,
      extraSpecs,
      isDefault,
    })),
    ...(seed.share_group_types !== undefined && {
      shareGroupTypes: seed.share_group_types.map((type) => ({
        id: type.id,
        name: type.name,
        groupSpecs: type.group_specs,
        shareTypeIds: type.share_types,
        isDefault: type.is_default,
      })),
    }),
    shareNetworks: seed.share_networks.map(({ id, project_id: projectId, name = null }) => ({
      id,
      projectId,
      name,
    })),
    pools: seed.pools.map((name, index) => ({ name, capabilities: capabilities(handled[index] ?? "False") })),
    quotas: seed.quotas.map((quota) => ({
      projectId: quota.project_id,
      shareGroups: quota.share_groups,
      shareGroupSnapshots: quota.share_group_snapshots,
    })),
  };
}

/** When a recording began, by the first time that a reply has given to what it made. */
function startOf({ exchanges }: Recording): number {
  const made = exchanges.find(
    ({ request, response }) => request.method === "POST" && response.status === 202,
  );
  const shape = z.record(z.string(), z.object({ created_at: z.string() }));
  const [content] = Object.values(shape.parse(made?.response.body));
  return Date.parse(`${content?.created_at ?? ""}Z`) - (made?.at ?? 0) * 1000;
}

/** The ids the real server gave to what this request made, so that the emulator gives the same. */
function idsMadeBy({ request, response }: Exchange, exchanges: readonly Exchange[]): string[] {
  const [made] = isObject(response.body) ? Object.values(response.body) : [];
  if (request.method !== "POST" || response.status >= 300 || !isObject(made)) {
    return [];
  }
  const { id } = made;
  return typeof id === "string" ? [id, ...idsMadeAlong(id, exchanges)] : [];
}

/** The members of a snapshot, the shares of a copy, the messages about a group: by the replies that show them. */
function idsMadeAlong(id: string, exchanges: readonly Exchange[]): string[] {
  const shown = (key: string) => exchanges.flatMap(({ response: { body } }) => listIn(body, key));
  const along = [
    ...shown("cgsnapshot_members").filter((member) => member.cgsnapshot_id === id),
    ...shown("share_group_snapshot_members").filter((member) => member.share_group_snapshot_id === id),
    ...shown("shares").filter(
      (share) =>
        share.share_group_id === id && typeof share.source_share_group_snapshot_member_id === "string",
    ),
    ...shown("messages").filter((message) => message.resource_id === id),
  ];
  return [...new Set(along.map((each) => z.string().parse(each.id)))];
}

function idsOf({ exchanges }: Recording, key: string): string[] {
  const lists = exchanges.flatMap(({ response: { body } }) => [
    ...listIn(body, key),
    ...(isObject(body) ? Object.values(body).flatMap((content) => listIn(content, key)) : []),
  ]);
  return [...new Set(lists.map((each) => z.string().parse(each.id)))];
}

function listIn(body: Exchange["response"]["body"], key: string) {
  const list = isObject(body) ? body[key] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}
