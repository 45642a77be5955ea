/** Tells the user something that is no error, or a line of the debug log. */
export function tell(line: string): void {
  process.stderr.write(`pulumi-manila: ${line}\n`);
}
