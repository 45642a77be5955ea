import { after } from "mocha";
import { startCloud } from "./cloud";
import type { RealCloud } from "./cloud";

let running: Promise<RealCloud> | undefined;

/** The cloud of all tests that leave it as they find it: started for the first, stopped after the last test of all. */
export function sharedCloud(): Promise<RealCloud> {
  return (running ??= startCloud());
}

after("stop Keystone and Manila", async () => {
  // One that has not started has been told of.
  const cloud = await running?.catch(() => undefined);
  await cloud?.stop();
});
