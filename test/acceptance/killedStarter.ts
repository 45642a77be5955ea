/** Run as a process: starts Keystone, prints its address, and stays until it is killed. */
import { closeSync, writeSync } from "node:fs";
import { startCloud } from "./cloud";

const stdout = 1;

void startCloud({ manila: false }).then(({ authUrl }) => {
  writeSync(stdout, authUrl);
  closeSync(stdout);
});
