import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startEmulator } from "../../emulator";
import type { Emulator, EmulatorSettings } from "../../emulator";
import { Stack } from "../engine/stack";
import { kills, seed } from "./options";
import { chance } from "./chance";
import { isCreation, lostOn, onServer } from "./onServer";

const GROUPS = 30;
const PROGRAM = `for (let index = 0; index < ${GROUPS}; index++) new manila.ConsistencyGroup(\`group-\${index}\`);`;

/** Groups with two shares and a snapshot each, a group a step behind the one before it. */
const STAGGERED = `
  ["one", "two", "three"].reduce((before, name) => {
    const group = new manila.ConsistencyGroup(name, {}, { dependsOn: before });
    const shares = ["tables", "logs"].map((each) => new manila.Share(\`\${name}-\${each}\`, {
      shareProtocol: "NFS", size: 1, consistencyGroupId: group.id,
    }));
    new manila.ConsistencyGroupSnapshot(\`\${name}-nightly\`, { consistencyGroupId: group.id }, { dependsOn: shares });
    return group;
  }, []);`;
const STAGGERED_RESOURCES = 12;

/** What is under way by the time that so many of them have been asked for. */
const UNDER_WAY = { resources: 8, names: ["one-nightly", "three", "two-logs", "two-tables"] };

/** A group with a share in it, and a snapshot of it. */
function replaceable(args: object = {}): string {
  return `
    const group = new manila.ConsistencyGroup("database", ${JSON.stringify(args)});
    const share = new manila.Share("tables", { shareProtocol: "NFS", size: 1, consistencyGroupId: group.id });
    new manila.ConsistencyGroupSnapshot("nightly", { consistencyGroupId: group.id }, { dependsOn: share });`;
}

/** How long the killer waits at most once it has seen the request that it waits for, in milliseconds. */
const LONGEST_HESITATION = 1_500;

const execute = promisify(execFile);

interface Process {
  pid: number;
  parent: number;
  command: string;
}

async function processes(): Promise<Process[]> {
  const { stdout } = await execute("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command = ""] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** All that a process has started, and what that has started. */
function descendants(all: Process[], pid: number): Process[] {
  const children = all.filter(({ parent }) => parent === pid);
  return [...children, ...children.flatMap((child) => descendants(all, child.pid))];
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has come to its end by itself.
    assert.match(String(error), /ESRCH/);
  }
}

/** The lines that the documentation gives. */
async function documented(): Promise<string> {
  const page = await readFile(join(__dirname, "../../docs/interrupted.md"), "utf8");
  const [, lines] = /```sh\n([^]*?)```/.exec(page) ?? [];
  assert.ok(lines);
  return lines;
}

/** Kills the engine or the provider's process once `isTime` says so; whatever is left of the update is ended. */
async function interrupt(
  stack: Stack,
  victim: "engine" | "plugin",
  isTime: () => boolean,
  hesitation = 0,
): Promise<void> {
  const update = stack.start("up", "--yes", "--skip-preview");
  const ended = once(update, "close");
  const output = Promise.all([text(update.stdout), text(update.stderr)]);
  while (!isTime()) {
    assert.equal(update.exitCode, null, "the update is over already");
    await sleep(20);
  }
  await sleep(hesitation);
  const { pid = 0 } = update;
  const started = descendants(await processes(), pid);
  const plugin = started.filter(({ command }) => command.includes("dynamic-provider"));
  (victim === "engine" ? [pid] : plugin.map((each) => each.pid)).forEach(end);
  if (victim === "engine") {
    started.forEach((each) => {
      end(each.pid);
    });
  }
  await ended;
  await output;
}

describe(`An interrupted update (seed ${seed})`, function () {
  this.timeout("10m");
  const random = chance(seed);
  let emulator: Emulator;
  let stack: Stack;

  async function start(program: string, settings: EmulatorSettings): Promise<void> {
    emulator = await startEmulator({ latencyMilliseconds: 50, ...settings });
    stack = await Stack.create(program, emulator.environment());
  }

  afterEach(async () => {
    await emulator.stop();
    await stack.remove();
  });

  /** How many resources were asked for. */
  function made(): number {
    return emulator.requests.list().filter(isCreation).length;
  }

  /** Does what the documentation says; gives what it printed. */
  async function recover(): Promise<string> {
    return await stack.shell(await documented());
  }

  /** The next up makes what the program still lacks, each once, and a destroy leaves nothing; gives the ids. */
  async function goOn(resources: number): Promise<string[]> {
    await stack.up();
    const ids = (await onServer(emulator)).map(({ id }) => id);
    assert.deepEqual((await stack.ids()).sort(), ids.sort());
    assert.deepEqual([ids.length, made()], [resources, resources], "none was made twice");
    await stack.destroy();
    assert.deepEqual(await onServer(emulator), []);
    return ids;
  }

  for (let round = 1; round <= kills; round++) {
    const victim = round % 2 === 1 ? "engine" : "plugin";
    const request = 1 + Math.floor(random() * GROUPS);
    const hesitation = Math.floor(random() * LONGEST_HESITATION);

    it(`leaves nothing behind: the ${victim} killed ${hesitation} ms after request ${request}`, async () => {
      await start(PROGRAM, { delayMilliseconds: 2_000 });
      await interrupt(stack, victim, () => made() >= request, hesitation);
      const { length: lost } = await lostOn(emulator, await stack.ids());
      const said = await recover();
      assert.equal(said.match(/was made, and is in the state now/g)?.length ?? 0, lost, said);
      await goOn(GROUPS);
      console.log(`        ${lost} groups were in no state`);
    });
  }

  for (const [victim, generation] of [
    ["engine", "consistencyGroups"],
    ["plugin", "shareGroups"],
  ] as const) {
    it(`leaves no group, snapshot or share behind: the ${victim} killed (${generation})`, async () => {
      await start(STAGGERED, { generation, delayMilliseconds: 4_000 });
      await interrupt(stack, victim, () => made() >= UNDER_WAY.resources);
      emulator.backEnd.delayMilliseconds = 0;
      const lost = await lostOn(emulator, await stack.ids());
      assert.deepEqual(lost.map(({ name }) => name).sort(), UNDER_WAY.names);
      const said = await recover();
      assert.equal(said.match(/was made, and is in the state now/g)?.length, lost.length, said);
      assert.match(said, /Share::three-logs can be looked for once .*: preview and recover again/);
      assert.doesNotMatch(await recover(), /recover again|was made/);
      await goOn(STAGGERED_RESOURCES);
    });
  }

  it("leaves nothing behind of a replacement with all that is in the group: the plugin killed", async () => {
    await start(replaceable(), {});
    await stack.up();
    const old = await stack.ids();
    emulator.requests.reset();
    emulator.backEnd.delayMilliseconds = 4_000;
    await stack.write(replaceable({ shareTypes: ["22222222-2222-4222-8222-222222222222"] }));
    await interrupt(stack, "plugin", () => made() > 0);
    emulator.backEnd.delayMilliseconds = 0;
    const said = await recover();
    assert.match(said, /ConsistencyGroup::database was made, and is in the state now/);
    const ids = await goOn(3);
    assert.deepEqual(
      ids.filter((id) => old.includes(id)),
      [],
    );
  });
});
