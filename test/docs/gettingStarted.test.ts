import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { stringify } from "yaml";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { groupIds } from "../engine/operator";
import { installed } from "../engine/installation";
import { codeBlocksOf, nodesOf, ROOT } from "./pages";

const PAGE = join(ROOT, "docs", "getting-started.md");

/** Ends the output of each block. */
const MARK = "--- end of block ---";

describe("docs/getting-started.md", function () {
  this.timeout("10m");
  let emulator: Emulator;
  let home: string;

  before(async () => {
    emulator = await startEmulator({ delayMilliseconds: 0 });
    home = await mkdtemp(join(tmpdir(), "pulumi-manila-newcomer-"));
    const auth = {
      auth_url: emulator.authUrl,
      username: "member",
      password: "emulator",
      project_name: "demo",
    };
    await mkdir(join(home, ".config", "openstack"), { recursive: true });
    await writeFile(
      join(home, ".config", "openstack", "clouds.yaml"),
      stringify({ clouds: { mycloud: { auth } } }),
    );
  });

  after(async () => {
    await emulator.stop();
    await rm(home, { recursive: true, force: true });
  });

  /** All that the page says to do: its commands, and its files, each named in the words in front of it. */
  function script(tarball: string): string {
    const names = new Map(
      nodesOf(PAGE).flatMap(({ type, next, lastChild }) => {
        const named = type === "paragraph" ? (lastChild?.prev?.literal ?? "") : "";
        return next?.type === "code_block" ? [[next.sourcepos[0][0], named] as const] : [];
      }),
    );
    return codeBlocksOf(PAGE)
      .map(({ language, line, text: code }) =>
        language === "sh"
          ? // The package is not yet in a registry: what is installed is what would be published.
            code.replace("npm install pulumi-manila ", `npm install --prefer-offline --no-audit ${tarball} `)
          : `cat > ${names.get(line) ?? ""} << "END OF FILE"\n${code}END OF FILE\n`,
      )
      .map((code) => `${code}echo "${MARK}"\n`)
      .join("");
  }

  /** What its commands print for somebody who has Node, Pulumi and a cloud, and nothing else; block by block. */
  async function follow(): Promise<string[]> {
    const { engine, tarball } = await installed();
    const shell = spawn("bash", ["--noprofile", "--norc", "-e"], {
      cwd: home,
      env: {
        HOME: home,
        PATH: [engine.directory, process.env.PATH].join(delimiter),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // Nobody is there to answer.
        PULUMI_SKIP_CONFIRMATIONS: "true",
      },
    });
    const ended = once(shell, "close");
    shell.stdin.end(script(tarball));
    const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
    await ended;
    assert.equal(shell.exitCode, 0, stdout + stderr);
    return stdout.split(`${MARK}\n`);
  }

  it("leads from nothing to a group, a change and back", async () => {
    const [, , , , , looked = "", deployed = "", , changed = "", removed = ""] = await follow();
    assert.match(looked, /\+ 2 to create/);
    assert.match(deployed, /\+ 2 created[^]*databaseId[^]*status +available/);
    assert.match(changed, /~ description: "Tables and logs of the shop" => "Tables, logs and configuration/);
    assert.match(changed, /~ 1 updated/);
    assert.match(removed, /- 2 deleted/);
    assert.deepEqual(await groupIds(emulator), []);
  });
});
