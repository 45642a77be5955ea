/** Run as a process: an emulator for one contender. Its argument is the emulator's settings as JSON. */
import { startEmulator } from "../emulator";
import { countCalls } from "./calls";
import { emulatorSettings } from "./cloud";

async function main(settings: string): Promise<void> {
  const emulator = await startEmulator(emulatorSettings.parse(JSON.parse(settings)));
  process.send?.({ environment: emulator.environment() });
  process.on("message", () => {
    const calls = countCalls(emulator.requests.list());
    emulator.requests.reset();
    process.send?.({ calls });
  });
  process.once("disconnect", () => void emulator.stop());
}

// Ctrl-C is for the run itself, which closes its channel to this process when it ends.
process.on("SIGINT", () => undefined);

void main(process.argv[2] ?? "");
