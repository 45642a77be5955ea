import { z } from "zod";

const number = z.coerce.number().int().min(0).optional();

/** What `npm run test:faults` hands over to the tests. */
const options = z
  .object({ FAULTS_WHOLE: z.literal("1").optional(), FAULTS_KILLS: number, FAULTS_SEED: number })
  .parse(process.env);

/** Whether to try everything, which takes many minutes, and not only a part that finds most. */
export const isWhole = options.FAULTS_WHOLE !== undefined;

/** How often an `up` is killed. */
export const kills = options.FAULTS_KILLS ?? 2;

/** What chance depends on: the same seed gives the same tests. */
export const seed = options.FAULTS_SEED ?? Math.floor(Math.random() * 1_000_000);
