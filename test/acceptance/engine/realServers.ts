import assert from "node:assert/strict";
import { afterEach, before } from "mocha";
import { installed } from "../../engine/installation";
import { Stack } from "../../engine/stack";
import { entryOf, startLimit } from "../cloud";
import type { RealCloud } from "../cloud";
import { sharedCloud } from "../sharedCloud";
import { everything } from "./operator";

/**
 * A suite's stacks on a real Keystone and Manila. After each test they are destroyed, and nothing of them may be left on
 * the servers.
 */
export class RealServers {
  private started: RealCloud | undefined;
  private stacks: Stack[] = [];

  /** To be called where a suite's hooks are declared. */
  constructor() {
    before("start Keystone and Manila, and install the package", async () => {
      [this.started] = await Promise.all([sharedCloud(), installed()]);
    }).timeout(startLimit);
    afterEach("destroy the stacks", () => this.destroy());
  }

  get cloud(): RealCloud {
    assert.ok(this.started !== undefined, "the servers are there once the tests run");
    return this.started;
  }

  /** A stack that logs in with an entry of the cloud's clouds.yaml, or with settings of its own. */
  async stack(program: string, entry: string | Record<string, string> = "demo"): Promise<Stack> {
    const settings = typeof entry === "string" ? entryOf(this.cloud, entry) : entry;
    const stack = await Stack.create(program, settings);
    this.stacks.unshift(stack);
    return stack;
  }

  private async destroy(): Promise<void> {
    const stacks = this.stacks;
    this.stacks = [];
    for (const stack of stacks) {
      await stack.destroy();
      await stack.remove();
    }
    assert.deepEqual(await everything(this.cloud), []);
  }
}
