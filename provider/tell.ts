// Nobody may listen any more, such as an engine that was killed. Pulumi's plugin would tell of that on stderr too, for ever.
process.stderr.on("error", () => undefined);

/** Tells the user something that is no error, or a line of the debug log; nobody, if stderr is closed. */
export function tell(line: string): void {
  process.stderr.write(`pulumi-manila: ${line}\n`);
}
