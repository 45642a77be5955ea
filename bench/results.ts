import type { Measurement } from "./measurement";
import type { StartUp } from "./startUp";

/** All that one run has measured. */
export interface Results {
  /** On what and with what, in words. */
  setting: string;
  measurements: readonly Measurement[];
  startUp?: StartUp;
}
