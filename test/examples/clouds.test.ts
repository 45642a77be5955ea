import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { groupIds } from "../engine/operator";
import { Stack } from "../engine/stack";

describe("The example of several clouds", function () {
  this.timeout("5m");
  let production: Emulator;
  let archive: Emulator;
  let stack: Stack;

  before(async () => {
    production = await startEmulator({ delayMilliseconds: 0 });
    archive = await startEmulator({ generation: "shareGroups", delayMilliseconds: 0 });
    stack = await Stack.ofExample("clouds", { OS_CLIENT_CONFIG_FILE: "clouds.yaml" });
    await writeFile(join(stack.folder, "clouds.yaml"), cloudsYaml());
  });

  after(async () => {
    await Promise.all([stack.remove(), production.stop(), archive.stop()]);
  });

  /** As in the README, but that the emulator's catalog has one region: the others are told where their Manila is. */
  function cloudsYaml(): string {
    const auth = ({ authUrl }: Emulator): object => ({
      auth_url: authUrl,
      username: "member",
      password: "emulator",
      project_name: "demo",
    });
    const values = { share_endpoint_override: new URL("/v2", production.authUrl).href };
    const regions = ["north", "south"].map((name) => ({ name, values }));
    return stringify({
      clouds: { production: { auth: auth(production), regions }, archive: { auth: auth(archive) } },
    });
  }

  it("has a group in each place, on clouds of both ages, and leaves none behind", async () => {
    await stack.up();
    const groups = await stack.groups();
    const places = groups.map(
      ({ urn, outputs }) => `${urn.split("::").at(-1) ?? ""} in ${String(outputs.region)}`,
    );
    assert.deepEqual(places.sort(), [
      "database-archive-RegionOne in RegionOne",
      "database-production-north in north",
      "database-production-south in south",
    ]);
    assert.equal((await groupIds(production)).length, 2);
    assert.equal(archive.requests.count("POST /v2/{project_id}/share-groups"), 1);
    await stack.destroy();
    assert.deepEqual(await groupIds(production), []);
    assert.equal(archive.requests.count("DELETE /v2/{project_id}/share-groups/{id}"), 1);
  });
});
