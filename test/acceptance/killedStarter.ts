/** Run as a process: starts Keystone, prints its address, and stays until it is killed. */
import { closeSync, writeSync } from "node:fs";
import { startKeystone } from "./cloud";

const stdout = 1;

void startKeystone().then(({ authUrl }) => {
  writeSync(stdout, authUrl);
  closeSync(stdout);
});
