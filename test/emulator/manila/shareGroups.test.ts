import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import { z } from "zod";
import { startEmulator, type Emulator } from "../../../emulator";
import { jsonOf, type Response } from "../http";
import { ManilaClient } from "./client";

const DELAY = 1000;
const NO_PROMISE = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
const NO_BACK_END = "cccccccc-cccc-4ccc-8ccc-cccccccccccc";

const group = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  host: z.string().nullable(),
  availability_zone: z.string().nullable(),
  consistent_snapshot_support: z.string().nullable(),
});
const one = z.object({ share_group: group });
const many = z.object({ share_groups: z.array(z.object({ name: z.string().nullable() })) });
const messages = z.object({
  messages: z.array(z.object({ resource_type: z.string(), user_message: z.string() })),
});

describe("Share groups of the emulator", () => {
  let emulator: Emulator;
  let member: ManilaClient;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-23T12:00:00Z");
    emulator = await startEmulator({ generation: "shareGroups", clock: () => now, delayMilliseconds: DELAY });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
  });
  afterEach(() => emulator.stop());

  const send = (method: string, path: string, body?: object): Promise<Response> =>
    member.send(method, path, body, "2.99");
  const create = (content: object = {}) => send("POST", "/share-groups", { share_group: content });
  const show = async (id: string) => one.parse(jsonOf(await send("GET", `/share-groups/${id}`))).share_group;
  const created = async (content: object = {}) => {
    const { id } = one.parse(jsonOf(await create(content))).share_group;
    now += DELAY;
    return show(id);
  };
  const messagesOf = async (id: string) =>
    messages.parse(jsonOf(await send("GET", `/messages?resource_id=${id}`))).messages;

  it("know their host, zone and promise only once they are there", async () => {
    const { id, host, availability_zone, consistent_snapshot_support } = one.parse(
      jsonOf(await create()),
    ).share_group;
    assert.deepEqual([host, availability_zone, consistent_snapshot_support], [null, null, null]);
    now += DELAY;
    const { status, ...there } = await show(id);
    assert.equal(status, "available");
    assert.deepEqual(
      [there.host, there.availability_zone, there.consistent_snapshot_support],
      ["emulator@plain#pool", "nova", "pool"],
    );
  });

  it("take as long as the back end to come and to go", async () => {
    const { id } = one.parse(jsonOf(await create())).share_group;
    now += DELAY / 2;
    assert.equal((await show(id)).status, "creating");
    now += DELAY;
    await send("DELETE", `/share-groups/${id}`);
    assert.equal((await show(id)).status, "deleting");
    now += DELAY;
    assert.equal((await send("GET", `/share-groups/${id}`)).status, 404);
  });

  it("end in error while the switches of the back end are set", async () => {
    const { id } = await created();
    emulator.backEnd.failCreate = true;
    emulator.backEnd.failDelete = true;
    assert.equal((await created()).status, "error");
    await send("DELETE", `/share-groups/${id}`);
    now += DELAY;
    assert.equal((await show(id)).status, "error");
  });

  it("have snapshots that fail as they do", async () => {
    const { id } = await created();
    const snapshot = z.object({ share_group_snapshot: z.object({ id: z.string(), status: z.string() }) });
    const settled = async (reply: Response) => {
      now += DELAY;
      const made = snapshot.parse(jsonOf(reply)).share_group_snapshot;
      const path = `/share-group-snapshots/${made.id}`;
      return { path, ...snapshot.parse(jsonOf(await send("GET", path))).share_group_snapshot };
    };
    const take = (name: string) =>
      send("POST", "/share-group-snapshots", { share_group_snapshot: { share_group_id: id, name } });
    assert.equal((await settled(await take("fail-create"))).status, "error");
    const { path, status } = await settled(await take("fail-delete"));
    assert.equal(status, "available");
    await send("DELETE", path);
    now += DELAY;
    assert.match((await send("GET", path)).text, /"status":"error"/);
  });

  it("have a message where no pool serves their type, and none where the pool has failed", async () => {
    const { id, status, host } = await created({ share_group_type_id: NO_BACK_END });
    assert.deepEqual([status, host], ["error", null]);
    assert.deepEqual(await messagesOf(id), [
      {
        resource_type: "SHARE_GROUP",
        user_message:
          "allocate host: No storage could be allocated for this share request. Trying again with a different size or share type may succeed.",
      },
    ]);
    const failed = await created({ name: "fail-create" });
    assert.deepEqual([failed.status, await messagesOf(failed.id)], ["error", []]);
  });

  it("have member shares, whose failures have messages too", async () => {
    const { id } = await created();
    const share = z.object({ share: z.object({ id: z.string(), share_group_id: z.string() }) });
    const made = async (name: string) => {
      const body = { share: { share_proto: "NFS", size: 1, share_group_id: id, name } };
      const reply = share.parse(jsonOf(await send("POST", "/shares", body))).share;
      now += DELAY;
      return reply;
    };
    const failed = await made("fail-create");
    assert.equal(failed.share_group_id, id);
    const kept = await made("fail-delete");
    await send("DELETE", `/shares/${kept.id}?share_group_id=${id}`);
    now += DELAY;
    const texts = [...(await messagesOf(failed.id)), ...(await messagesOf(kept.id))];
    assert.deepEqual(
      texts.map(({ user_message }) => user_message),
      ["create: An unknown error occurred.", "delete: An unknown error occurred."],
    );
  });

  it("come into the zone they ask for, or into error where it has no pool for them", async () => {
    await emulator.stop();
    const capabilities = { driver_handles_share_servers: "False", snapshot_support: "True" };
    const pools = [
      { name: "emulator@west#pool", capabilities, availabilityZone: "west" },
      { name: "emulator@east#pool", capabilities, availabilityZone: "east", consistentSnapshotSupport: null },
    ];
    emulator = await startEmulator({ generation: "shareGroups", seed: { pools }, clock: () => now });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
    const east = { availability_zone: "east", share_group_type_id: NO_PROMISE };
    const { host, consistent_snapshot_support } = await created(east);
    assert.deepEqual([host, consistent_snapshot_support], ["emulator@east#pool", null]);
    // Its default type asks for a promise that the only pool there does not give.
    assert.equal((await created({ availability_zone: "east" })).status, "error");
    assert.equal((await create({ availability_zone: "north" })).status, 404);
  });

  it("are limited by a quota, which a test can change while it runs", async () => {
    const [project] = emulator.seed.projects;
    const quota = { projectId: project?.id ?? "", shareGroups: 1 };
    emulator.seed.quotas.push(quota);
    const { id } = await created();
    const { status, headers, text } = await create();
    assert.deepEqual([status, headers["retry-after"]], [413, "0"]);
    assert.match(text, /"overLimit"[^]*Maximum number of allowed share-groups is exceeded/);
    quota.shareGroups = 2;
    assert.equal((await create()).status, 202);
    quota.shareGroups = 1;
    await send("DELETE", `/share-groups/${id}`);
    now += DELAY;
    assert.equal((await create()).status, 413);
  });

  it("are listed newest first, and can be searched and sorted", async () => {
    for (const name of ["Delta", "alpha", "Charlie", "bravo"]) {
      await created({ name });
    }
    const listed = async (query: string) =>
      many.parse(jsonOf(await send("GET", `/share-groups${query}`))).share_groups.map(({ name }) => name);
    assert.deepEqual(await listed(""), ["bravo", "Charlie", "alpha", "Delta"]);
    assert.deepEqual(await listed("?name~=L&sort_key=name&sort_dir=asc"), ["alpha", "Charlie", "Delta"]);
    assert.deepEqual(await listed("?name=delta&status=available"), ["Delta"]);
    assert.deepEqual(await listed("?limit=2&offset=1"), ["Charlie", "alpha"]);
    assert.equal((await send("GET", "/share-groups?marker=x")).status, 400);
  });

  it("need the types that an unknown or missing default leaves out", async () => {
    await emulator.stop();
    const shareGroupTypes = [
      {
        id: NO_PROMISE,
        name: "ssd only",
        shareTypeIds: ["22222222-2222-4222-8222-222222222222"],
      },
    ];
    emulator = await startEmulator({ generation: "shareGroups", seed: { shareGroupTypes } });
    member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
    assert.match((await create()).text, /default share group type has not been configured/);
    assert.match(
      (await create({ share_group_type_id: NO_PROMISE })).text,
      /must be a subset of the share types supported by the share group type/,
    );
    const ssd = { share_types: ["22222222-2222-4222-8222-222222222222"], share_group_type_id: NO_PROMISE };
    assert.equal((await create(ssd)).status, 202);
  });
});
