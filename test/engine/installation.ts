import { after } from "mocha";
import { install, type Installation, uninstall } from "../../bench/installation";

let installation: Promise<Installation> | undefined;

/** Made for the first test that needs it, removed after the last test of all. */
export function installed(): Promise<Installation> {
  return (installation ??= install());
}

after("remove the installed package", async function () {
  this.timeout("1m");
  if (installation !== undefined) {
    await uninstall(await installation);
  }
});
