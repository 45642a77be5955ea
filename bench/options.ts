import { parseArgs } from "node:util";
import { z } from "zod";
import { contenders, type Parallel, type Provider, providers } from "./measurement";

export const USAGE = `Usage: npm run bench -- [options]

Measures this package on the real engine against the emulator, beside the engine alone (floor), a provider as others
write them (plain) and a script (openstacksdk). The whole takes more than an hour and writes docs/bench.md.

  --groups NUMBERS    how many groups, such as 10,100 (1,10,100,1000)
  --parallel WIDTHS   resources the engine works on at a time, such as default,128 (default,128)
  --only NAMES        of floor, plain, ours, openstacksdk (all)
  --runs NUMBER       times each life is lived (3, 2 from 100 groups on, 1 from 1000 on)
  --quick             only the commands of a stack's life; the report is printed, and docs/ left alone
  --help              print this text`;

/** What is to be measured. */
export interface Options {
  groups: number[];
  parallel: Parallel[];
  providers: Provider[];
  /** Whether the script is run as well. */
  openstacksdk: boolean;
  /** How many times, for so many groups. */
  runs: (groups: number) => number;
  quick: boolean;
  help: boolean;
}

const count = z
  .string()
  .regex(/^[1-9]\d*$/, "must be a number from 1 on")
  .transform(Number);

const listOf = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(item));

const optionsSchema = z.object({
  groups: listOf(count).prefault("1,10,100,1000"),
  parallel: listOf(z.union([z.literal("default"), count])).prefault("default,128"),
  only: listOf(z.enum(contenders)).prefault(contenders.join(",")),
  runs: count.optional(),
  quick: z.boolean().default(false),
  help: z.boolean().default(false),
});

/** @throws Error that names each option that is wrong, and why */
export function readOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { groups: text, parallel: text, only: text, runs: text, quick: flag, help: flag };
  const parsed = optionsSchema.safeParse(parseArgs({ args, options }).values);
  if (!parsed.success) {
    throw new Error(z.prettifyError(parsed.error));
  }
  const { runs, only, ...given } = parsed.data;
  return {
    ...given,
    providers: providers.filter((provider) => only.includes(provider)),
    openstacksdk: only.includes("openstacksdk"),
    runs: (groups) => runs ?? (groups < 100 ? 3 : groups < 1_000 ? 2 : 1),
  };
}
