import assert from "node:assert/strict";
import type { FaultKind, GenerationName } from "../../emulator";
import { FAULTS, Run } from "./matrix";
import type { Call, Findings } from "./matrix";
import { isWhole } from "./options";
import { scenarios } from "./scenarios";

const GENERATIONS: readonly GenerationName[] = ["consistencyGroups", "shareGroups"];

/** How many runs are under way at once: most of them wait for replies that do not come. */
const AT_ONCE = 16;

/** A call of an operation, and what goes wrong with it. */
interface Case {
  call: Call;
  fault: FaultKind;
}

/** Without `--whole`: half of the faults of each request that changes something, and one of each that reads. */
function chosen(cases: Case[], generation: GenerationName): Case[] {
  const half = GENERATIONS.indexOf(generation);
  const isChosen = ({ call, fault }: Case, index: number): boolean => {
    const turn = FAULTS.indexOf(fault);
    const isRead = call.kind.startsWith("GET ") || call.kind.endsWith("/tokens");
    return isRead
      ? Math.floor(index / FAULTS.length) % FAULTS.length === turn
      : (turn + call.nth) % 2 === half;
  };
  return isWhole ? cases : cases.filter(isChosen);
}

const totals = { cases: 0, duplicates: 0, orphans: 0, wrongDeletions: 0, secretsSeen: 0, unfinished: 0 };

function count(found: Findings): void {
  totals.cases++;
  totals.duplicates += found.duplicates.length;
  totals.orphans += found.orphans.length;
  totals.wrongDeletions += found.wrongDeletions.length;
  totals.secretsSeen += found.secretsSeen.length;
  totals.unfinished += found.unfinished.length;
}

/** Does all of it, some at once. */
async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const turns = Array.from({ length: AT_ONCE }, async () => {
    for (const item of left) {
      await work(item);
    }
  });
  await Promise.all(turns);
}

describe("After any single fault", function () {
  this.timeout("10m");

  after(() => {
    const { cases, duplicates, orphans, wrongDeletions, secretsSeen, unfinished } = totals;
    console.log(
      `    ${cases} cases: ${duplicates} duplicates, ${orphans} orphans, ${wrongDeletions} wrong deletions, ` +
        `${secretsSeen} secrets seen, ${unfinished} not mended by the next up and destroy`,
    );
  });

  for (const generation of GENERATIONS) {
    for (const scenario of scenarios) {
      it(`of ${scenario.operation} on a ${scenario.kind}, nothing is lost or made twice (${generation})`, async () => {
        const calls = await Run.calls(generation, scenario);
        const cases = calls.flatMap((call) => FAULTS.map((fault) => ({ call, fault })));
        const wrong: string[] = [];
        await inTurns(chosen(cases, generation), async ({ call, fault }) => {
          const found = await Run.struck(generation, scenario, call, fault);
          count(found);
          for (const [what, words] of Object.entries<string[]>({ ...found })) {
            wrong.push(
              ...words.map(
                (each) => `${JSON.stringify(fault)} on ${call.nth}. ${call.kind}: ${what}: ${each}`,
              ),
            );
          }
        });
        assert.deepEqual(wrong, []);
      });
    }
  }
});
