import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { readSeed, startEmulator } from "../../emulator";
import { ManilaClient } from "./manila/client";

const UNKNOWN = "99999999-9999-4999-8999-999999999999";

describe("A seed of the emulator", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-seed-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const file = (content: unknown): string => {
    const path = join(folder, "seed.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };

  it("gives the cloud its share types and share networks", async () => {
    const id = "77777777-7777-4777-8777-777777777777";
    const extraSpecs = { driver_handles_share_servers: "False" };
    const seed = readSeed(file({ shareTypes: [{ id, name: "mine", extraSpecs }], shareNetworks: [] }));
    const emulator = await startEmulator({ seed });
    try {
      const member = await ManilaClient.connect(emulator, { user: "member", project: "demo" });
      assert.match((await member.send("GET", "/types")).text, /"name":"mine"/);
      assert.deepEqual((await member.send("GET", "/share-networks")).text, '{"share_networks":[]}');
      assert.equal((await member.createGroup({ share_types: [id] })).status, "creating");
      // No type is the default, so one must be named.
      assert.equal(await member.status("POST", "/consistency-groups", { consistency_group: {} }), 400);
    } finally {
      await emulator.stop();
    }
  });

  it("keeps the built-in parts that a file leaves out", () => {
    const seed = readSeed(file({ shareNetworks: [] }));
    assert.deepEqual(
      seed.shareTypes.map(({ name }) => name),
      ["default", "ssd", "share-servers", "no-back-end"],
    );
    assert.deepEqual(
      seed.projects.map(({ name }) => name),
      ["demo", "alt"],
    );
  });

  it("is as docs/emulator.md says: its example is one, and it has every built-in id", () => {
    const page = readFileSync(join(__dirname, "../../docs/emulator.md"), "utf8");
    const example = /```json\n([^]*?)```/.exec(page)?.[1] ?? "";
    assert.equal(readSeed(file(example)).shareTypes[0]?.name, "gold");
    const seed = readSeed(file({}));
    const { projects, applicationCredentials, shareTypes, shareGroupTypes, shareNetworks } = seed;
    const types = [...shareTypes, ...shareGroupTypes];
    for (const { id } of [...projects, ...applicationCredentials, ...types, ...shareNetworks]) {
      assert.ok(page.includes(id), `${id} is not in docs/emulator.md`);
    }
  });

  it("is refused with the file's name and the place that is wrong", () => {
    const wrong: [unknown, RegExp][] = [
      [
        { shareTypes: [{ id: "x", name: "a", extraSpecs: {} }] },
        /seed\.json[^]*Invalid UUID[^]*shareTypes\[0\]\.id/,
      ],
      [{ shareType: [] }, /seed\.json[^]*Unrecognized key: "shareType"/],
      [
        { shareGroupTypes: [{ id: UNKNOWN, name: "a", shareTypeIds: [UNKNOWN] }] },
        /there is no share type with the id 9{8}[^]*shareGroupTypes\[0\]\.shareTypeIds/,
      ],
      [{ quotas: [{ projectId: "p" }] }, /there is no project with the id p[^]*quotas\[0\]/],
      [{ projects: [] }, /there is no project with the id de3[^]*users\[1\]\.roles/],
      ["{", /seed file .*seed\.json is not JSON/],
    ];
    for (const [content, message] of wrong) {
      assert.throws(() => readSeed(file(content)), message);
    }
    assert.throws(() => readSeed(join(folder, "absent.json")), /Cannot read the seed file .*absent\.json/);
  });
});
