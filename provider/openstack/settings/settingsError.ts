import { ManilaError } from "../errors";

/** The connection settings cannot be used. Its message lists every problem, where it is and what to do. */
export class SettingsError extends ManilaError {
  /**
   * @param heading what cannot be done
   * @param problems one sentence each
   */
  constructor(
    heading: string,
    /** One sentence for each thing that is wrong. */
    readonly problems: readonly string[],
  ) {
    super([heading, ...problems.map((problem) => `- ${problem}`)].join("\n"));
  }
}
