import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

interface Showing {
  shown: boolean;
  color?: "always" | "never";
}

/** Runs `pulumi` commands in one project, and shows what they print as they print it. */
export class Pulumi {
  constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Runs a command to its end, and gives what it printed, without colours. Fails if the command does. */
  async run(...command: string[]): Promise<string> {
    console.log(`\n$ pulumi ${command.join(" ")}\n`);
    const printed = await this.execute([...command, "--suppress-progress"], { shown: true });
    return stripVTControlCharacters(printed);
  }

  /** The same for a command that only prepares the next one: nothing is shown. */
  async quietly(...command: string[]): Promise<string> {
    return stripVTControlCharacters(await this.execute(command, { shown: false }));
  }

  /** What a command prints on a terminal, colours included. Nothing is shown. */
  async inColour(...command: string[]): Promise<string> {
    return await this.execute([...command, "--suppress-progress"], { shown: false, color: "always" });
  }

  private async execute(
    command: string[],
    { shown, color = process.stdout.isTTY ? "always" : "never" }: Showing,
  ): Promise<string> {
    const child = spawn("pulumi", [...command, "--non-interactive", "--color", color], {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        if (shown) {
          process.stdout.write(text);
        }
      });
    }
    await once(child, "close");
    if (child.exitCode !== 0) {
      throw new Error(`pulumi ${command.join(" ")} failed${shown ? "" : `:\n${printed}`}`);
    }
    return printed;
  }
}
