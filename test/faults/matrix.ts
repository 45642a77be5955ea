import { inspect } from "node:util";
import type { Emulator, FaultKind, GenerationName, RequestRecord } from "../../emulator";
import { LittleEngine } from "./littleEngine";
import type { Program } from "./littleEngine";
import { isCreation, lostOn, onServer } from "./onServer";
import { holdsSecret, startCloud, startPlugin } from "./plugin";
import type { Scenario } from "./scenarios";

/** Everything that can go wrong with one request. */
export const FAULTS: readonly FaultKind[] = [
  { kind: "resetBeforeActing" },
  { kind: "resetAfterActing" },
  { kind: "noReplyBeforeActing" },
  { kind: "noReplyAfterActing" },
  { kind: "reply", status: 500 },
  { kind: "reply", status: 502 },
  { kind: "reply", status: 503, retryAfterSeconds: 1 },
  { kind: "reply", status: 504 },
  { kind: "reply", status: 429, retryAfterSeconds: 1 },
  { kind: "html" },
  { kind: "html", status: 502 },
  { kind: "unauthorized" },
  { kind: "truncatedBody" },
  { kind: "anotherId" },
];

/** A request of an operation: the nth of its kind. */
export interface Call {
  kind: string;
  nth: number;
}

/** What a run has got wrong, each in words. */
export interface Findings {
  duplicates: string[];
  orphans: string[];
  wrongDeletions: string[];
  secretsSeen: string[];
  /** Whatever else is not as the program says in the end. */
  unfinished: string[];
}

/** One run of a scenario on a cloud of its own. */
export class Run {
  private readonly log: string[] = [];
  private readonly engine: LittleEngine;
  private readonly findings: Findings = {
    duplicates: [],
    orphans: [],
    wrongDeletions: [],
    secretsSeen: [],
    unfinished: [],
  };

  private constructor(
    private readonly emulator: Emulator,
    private readonly scenario: Scenario,
  ) {
    this.engine = new LittleEngine(() => startPlugin(emulator, (line) => this.log.push(line)));
  }

  /** Gives the requests of the operation when nothing goes wrong. */
  static async calls(generation: GenerationName, scenario: Scenario): Promise<Call[]> {
    return await Run.on(generation, scenario, async (run) => {
      await run.prepare();
      await run.operate();
      const kinds = run.emulator.requests.list().map(({ kind }) => kind);
      return kinds.map((kind, index) => ({
        kind,
        nth: kinds.slice(0, index + 1).filter((each) => each === kind).length,
      }));
    });
  }

  /** Lets a fault strike one request of the operation; then runs the program once more, and removes everything. */
  static async struck(
    generation: GenerationName,
    scenario: Scenario,
    call: Call,
    fault: FaultKind,
  ): Promise<Findings> {
    return await Run.on(generation, scenario, async (run) => {
      const deletable = await run.prepare();
      run.emulator.faults.add({ ...fault, on: call.kind, nth: call.nth });
      const errors = await run.operate();
      run.emulator.faults.clear();
      await run.findOrphans(errors);
      run.report(await run.engine.up(scenario.after), "the next up");
      run.judgeRequests(deletable, { ...call, fault });
      await run.compare(scenario.after);
      run.emulator.requests.reset();
      run.report(await run.engine.destroy(), "destroy");
      await run.compare([]);
      run.findSecrets();
      return run.findings;
    });
  }

  private static async on<Result>(
    generation: GenerationName,
    scenario: Scenario,
    work: (run: Run) => Promise<Result>,
  ): Promise<Result> {
    const emulator = await startCloud({ generation });
    try {
      return await work(new Run(emulator, scenario));
    } finally {
      await emulator.stop();
    }
  }

  /** Brings the cloud to where the scenario begins; gives the ids of what it deletes. */
  private async prepare(): Promise<Set<string>> {
    const [error] = await this.engine.up(this.scenario.before);
    if (error !== undefined) {
      throw error;
    }
    this.emulator.requests.reset();
    return new Set(this.scenario.deletes.flatMap((name) => this.engine.find(name)?.id ?? []));
  }

  private async operate(): Promise<Error[]> {
    const { operation, after } = this.scenario;
    const errors = operation === "read" ? await this.engine.refresh() : await this.engine.up(after);
    this.log.push(...errors.map((error) => inspect(error)));
    return errors;
  }

  private report(errors: Error[], operation: string): void {
    this.log.push(...errors.map((error) => inspect(error)));
    this.findings.unfinished.push(...errors.map(({ message }) => `${operation} fails: ${message}`));
  }

  /** What is on the server is in the state, or an error tells of it. */
  private async findOrphans(errors: Error[]): Promise<void> {
    const told = errors.map(({ message }) => message).join("\n");
    const recorded = this.engine.recorded.map(({ id }) => id);
    const lost = await lostOn(this.emulator, recorded, told);
    this.findings.orphans.push(
      ...lost.map(({ id, name }) => `${name ?? ""} (${id}) is in no state; told: ${told}`),
    );
  }

  /** No more was made, and nothing else deleted, than the scenario says. */
  private judgeRequests(deletable: Set<string>, { kind, nth, fault }: Call & { fault: FaultKind }): void {
    const struck = this.emulator.requests.list(kind)[nth - 1];
    const acted = this.emulator.requests
      .list()
      // A page of a proxy may say 200 as well, and the server has done nothing then.
      .filter((each) => isSuccess(each) && !(each === struck && fault.kind === "html"));
    const made = acted.filter(isCreation);
    if (made.length !== this.scenario.creates) {
      this.findings.duplicates.push(`${made.length} were made, not ${this.scenario.creates}`);
    }
    const deleted = acted.filter(({ method }) => method === "DELETE").map(idIn);
    const wrong = deleted.filter((id) => !deletable.has(id));
    this.findings.wrongDeletions.push(...wrong.map((id) => `${id} was deleted`));
  }

  /** Server, state and program agree, resource by resource. */
  private async compare(program: Program): Promise<void> {
    const { recorded } = this.engine;
    const wanted = program.flat().map((declared) => {
      const record = this.engine.find(declared.name);
      return `${String(record?.inputs.name)} ${record?.id ?? "is not in the state"}`;
    });
    const inState = recorded.map(({ id, outputs }) => `${String(outputs.name)} ${id}`);
    const there = (await onServer(this.emulator)).map(({ id, name }) => `${String(name)} ${id}`);
    const [expected, state, server] = [wanted, inState, there].map((each) => each.sort().join(", "));
    if (expected !== state || state !== server) {
      this.findings.unfinished.push(`program: ${expected}; state: ${state}; server: ${server}`);
    }
  }

  private findSecrets(): void {
    const seen = [...this.log, ...this.engine.written].filter(holdsSecret);
    this.findings.secretsSeen.push(...seen);
  }
}

function isSuccess({ status }: RequestRecord): boolean {
  return status >= 200 && status <= 299;
}

function idIn({ path }: RequestRecord): string {
  return path.split("?")[0]?.split("/").at(-1) ?? "";
}
