/** A subcommand of `pulumi-manila`. */
export interface Command {
  /** One line for the list of subcommands. */
  summary: string;
  /** What `pulumi-manila NAME --help` prints. */
  usage: string;
  /** Does it, and gives what to print. */
  run(args: string[]): Promise<string>;
}

/** The command was called the wrong way. */
export class UsageError extends Error {}
