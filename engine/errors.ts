import { engineProgram, minimumVersion } from "./pins";

/** Whether `error` is the operating system's error of one of these codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}

/** What an unknown error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One way to an engine that failed, and why. */
export interface Failure {
  /** What was tried, such as `pulumi on PATH`. */
  readonly tried: string;
  readonly error: unknown;
}

/** No way led to an engine. The message has each one's reason and what the user can do; `errors` the originals. */
export class EngineNotFoundError extends AggregateError {
  override readonly name = "EngineNotFoundError";

  constructor(failures: readonly Failure[]) {
    const reasons = failures.map(({ tried, error }) => `- ${tried}: ${messageOf(error)}`);
    super(
      failures.map(({ error }) => error),
      [
        "There is no Pulumi engine. What was tried:",
        ...reasons,
        `Install Pulumi ${minimumVersion} or newer (https://www.pulumi.com/docs/install/),`,
        `or Go ${engineProgram.goVersion} or newer (https://go.dev/doc/install) to have it built, and try again.`,
      ].join("\n"),
    );
  }
}
