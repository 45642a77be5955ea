import { parseArgs } from "node:util";
import { z } from "zod";
import { readSeed, startEmulator, type Emulator } from ".";

const USAGE = `Usage: emulator [options]

Serves Keystone v3 and Manila on 127.0.0.1, as docs/emulator.md describes: Manila 2.0 to 2.22 with consistency groups,
or 2.0 to 2.99 with share groups.

  --share-groups             serve share groups, as today's clouds do
  --port NUMBER              port to listen on; 0 takes a free one (8786)
  --delay DURATION           how long the back end takes to create or delete something (2s)
  --latency DURATION         how long every request takes on top (0s)
  --token-lifetime DURATION  how long a token is in force (1h)
  --seed FILE                what the cloud holds at first, as JSON (a built-in seed)
  --log                      print a line for each request
  --help                     print this text

A DURATION is a number and one of ms, s, m, h: 500ms, 2s, 1h.`;

const MILLISECONDS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

const duration = z.string().transform((text, context) => {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = MILLISECONDS.get(unit);
  if (factor !== undefined) {
    return Number(number) * factor;
  }
  context.addIssue(`"${text}" is no duration: write a number and one of ms, s, m, h, for example 2s`);
  return z.NEVER;
});

const port = z
  .string()
  .regex(/^\d+$/, "is no port number")
  .transform(Number)
  .refine((number) => number <= 65_535, "is no port number: they end at 65535");

const optionsSchema = z.object({
  port: port.default(8786),
  delay: duration.default(2000),
  latency: duration.default(0),
  "token-lifetime": duration.default(3_600_000),
  seed: z.string().optional(),
  "share-groups": z.boolean().default(false),
  log: z.boolean().default(false),
  help: z.boolean().default(false),
});

type Options = z.output<typeof optionsSchema>;

function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const texts = { port: text, delay: text, latency: text, "token-lifetime": text, seed: text };
  const options = { ...texts, "share-groups": flag, log: flag, help: { ...flag, short: "h" } };
  const { values } = parseArgs({ args, options });
  const parsed = optionsSchema.safeParse(values);
  if (parsed.success) {
    return parsed.data;
  }
  throw new Error(z.prettifyError(parsed.error));
}

async function main(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const emulator = await startEmulator({
    generation: options["share-groups"] ? "shareGroups" : "consistencyGroups",
    port: options.port,
    delayMilliseconds: options.delay,
    latencyMilliseconds: options.latency,
    tokenLifetimeMilliseconds: options["token-lifetime"],
    ...(options.seed !== undefined && { seed: readSeed(options.seed) }),
    ...(options.log && { log: console.log }),
  });
  console.log(greeting(emulator));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.stop());
  }
}

/** Where the cloud is, and how to log in as the first user who has a role in a project. */
function greeting({ url, authUrl, environment }: Emulator): string {
  const exports = Object.entries(environment()).map(([name, value]) => `export ${name}=${value}`);
  return [`Manila listens at ${url}, Keystone at ${authUrl}/v3. Stop with Ctrl-C.`, "", ...exports, ""].join(
    "\n",
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  console.error(cause instanceof Error ? `${message}: ${cause.message}` : message);
  process.exitCode = 1;
});
