import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { installed } from "../engine/installation";
import { nodesOf } from "./pages";
import type { CodeBlock } from "./pages";

/** Ends the output of each block. */
const MARK = "--- end of block ---";

/** Somebody who has Node, Pulumi and a cloud, and nothing else, and does what a page says. */
export class Newcomer {
  private constructor(
    readonly emulator: Emulator,
    private readonly home: string,
  ) {}

  /** The cloud is `mycloud` in clouds.yaml. */
  static async arrive(): Promise<Newcomer> {
    const emulator = await startEmulator({ delayMilliseconds: 0 });
    const home = await mkdtemp(join(tmpdir(), "pulumi-manila-newcomer-"));
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
    return new Newcomer(emulator, home);
  }

  async leave(): Promise<void> {
    await this.emulator.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** What the commands on a page print, block by block; those of a file print nothing. */
  async follow(blocks: CodeBlock[], environment: Record<string, string> = {}): Promise<string[]> {
    const { engine, tarball } = await installed();
    const shell = spawn("bash", ["--noprofile", "--norc", "-e"], {
      cwd: this.home,
      env: {
        HOME: this.home,
        // What is kept locally is in the home folder of the user who runs the tests, whatever HOME says.
        PULUMI_HOME: join(this.home, ".pulumi"),
        PULUMI_BACKEND_URL: pathToFileURL(this.home).href,
        PATH: [engine.directory, process.env.PATH].join(delimiter),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // Nobody is there to answer.
        PULUMI_SKIP_CONFIRMATIONS: "true",
        ...environment,
      },
    });
    const ended = once(shell, "close");
    shell.stdin.end(script(blocks, tarball));
    const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
    await ended;
    assert.equal(shell.exitCode, 0, stdout + stderr);
    return stdout.split(`${MARK}\n`);
  }
}

/** All that blocks say to do: their commands, and their files, each named in the words in front of it. */
function script(blocks: CodeBlock[], tarball: string): string {
  return blocks
    .map((block) =>
      block.language === "sh"
        ? // The package is not yet in a registry: what is installed is what would be published.
          block.text.replace(
            "npm install pulumi-manila ",
            `npm install --prefer-offline --no-audit ${tarball} `,
          )
        : `cat > ${nameOf(block)} << "END OF FILE"\n${block.text}END OF FILE\n`,
    )
    .map((code) => `${code}echo "${MARK}"\n`)
    .join("");
}

/** The last code in the paragraph in front of a block. */
function nameOf({ page, line }: CodeBlock): string {
  const code = nodesOf(page).find(({ type, sourcepos }) => type === "code_block" && sourcepos[0][0] === line);
  return code?.prev?.type === "paragraph" ? (code.prev.lastChild?.prev?.literal ?? "") : "";
}
