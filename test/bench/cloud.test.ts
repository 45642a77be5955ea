import assert from "node:assert/strict";
import { EmulatedCloud } from "../../bench/cloud";

describe("The emulated cloud of a bench", () => {
  it("tells the calls since it was last asked, from a process of its own", async () => {
    const cloud = await EmulatedCloud.start({ delayMilliseconds: 0, latencyMilliseconds: 0 });
    try {
      const tokens = `${cloud.environment.OS_AUTH_URL ?? ""}/auth/tokens`;
      await fetch(tokens, { method: "POST" });
      await fetch(tokens, { method: "POST" });
      assert.equal((await cloud.takeCalls()).token, 2);
      assert.equal((await cloud.takeCalls()).token, 0);
    } finally {
      await cloud.stop();
    }
  }).timeout("1m");
});
