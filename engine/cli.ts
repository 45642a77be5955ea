/** Finds a Pulumi engine and prints its folder, to be put on PATH. */
import { findEngine } from ".";
import { messageOf } from "./errors";

findEngine()
  .then(({ version, source, directory }) => {
    console.error(`Pulumi ${version} (${source})`);
    console.log(directory);
  })
  .catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = 1;
  });
