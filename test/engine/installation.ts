import { after } from "mocha";
import { install, type Installation, uninstall } from "../../bench/installation";

let installation: Promise<Installation> | undefined;

/** Made for the first test that needs it, removed after the last test of all. */
export function installed(): Promise<Installation> {
  return (installation ??= install());
}

after("remove the installed package", async function () {
  this.timeout("1m");
  // One that has failed has left nothing, and has been told of: an error here would keep other hooks from their work.
  const made = await installation?.catch(() => undefined);
  if (made !== undefined) {
    await uninstall(made);
  }
});
