import { behaviours } from ".";
import { emulatedCloud } from "./emulator";

behaviours("the emulator with consistency groups", () => emulatedCloud("consistencyGroups"), 10_000);
behaviours("the emulator with share groups", () => emulatedCloud("shareGroups"), 10_000);
