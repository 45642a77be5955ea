import { z } from "zod";
import type { Properties } from "../../provider/lifecycle";
import type { Kind, Plugin } from "./plugin";

/** A resource as a program declares it. */
export interface Declared {
  kind: Kind;
  name: string;
  /** What it is made with; ids of others are known by their names in the program. */
  args: (idOf: (name: string) => string) => Properties;
}

/** Resources in the order in which they are made, those of a step at once. */
export type Program = Declared[][];

/** A resource as the state has it. */
export interface Recorded {
  kind: Kind;
  name: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Whether another one is in its place, and it is only to be deleted. */
  replaced: boolean;
  /** Whether the last operation on it has failed half-way. */
  failed: boolean;
}

/** What an error tells the engine of a resource that exists all the same. */
const partial = z.object({ id: z.string(), properties: z.record(z.string(), z.unknown()) });

const PROVIDER_TEXT = "the text that names the provider";

/**
 * What Pulumi's engine does with a dynamic provider, as far as the state is concerned: what is kept of results and of
 * errors, what is called when, and that nothing new is begun after a failure.
 */
export class LittleEngine {
  recorded: Recorded[] = [];
  /** Everything that has ever been written into the state. */
  readonly written: string[] = [];

  /** `start` starts the plugin, once for each operation. */
  constructor(private readonly start: () => Plugin) {}

  /** Brings about what a program declares; gives the errors. */
  async up(program: Program): Promise<Error[]> {
    const plugin = this.start();
    for (const step of program) {
      const errors = await inParallel(step.map((declared) => () => this.bringAbout(plugin, declared)));
      if (errors.length > 0) {
        return errors;
      }
    }
    const names = program.flat().map(({ name }) => name);
    const left = this.recorded.filter(({ name, replaced }) => replaced || !names.includes(name));
    return await this.deleteAll(plugin, left);
  }

  /** Records what the resources have become; gives the errors. */
  async refresh(): Promise<Error[]> {
    const plugin = this.start();
    return await inParallel(this.recorded.map((record) => () => this.read(plugin, record)));
  }

  /** Deletes everything; gives the errors. */
  async destroy(): Promise<Error[]> {
    return await this.deleteAll(this.start(), [...this.recorded]);
  }

  /** The record of a resource of the program, if there is one. */
  find(wanted: string): Recorded | undefined {
    return this.recorded.find(({ name, replaced }) => name === wanted && !replaced);
  }

  private readonly idOf = (name: string): string => {
    const found = this.find(name);
    if (found === undefined) {
      throw new Error(`${name} is needed before it is made.`);
    }
    return found.id;
  };

  private async bringAbout(plugin: Plugin, { kind, name, args }: Declared): Promise<void> {
    const provider = plugin[kind];
    const old = this.find(name);
    const given = { name, ...args(this.idOf), __provider: PROVIDER_TEXT };
    const { inputs: checked, failures } = await provider.check(old?.inputs ?? {}, given);
    if (failures.length > 0) {
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    const inputs = { ...checked, __provider: PROVIDER_TEXT };
    if (old === undefined) {
      await this.create(plugin, { kind, name }, inputs);
      return;
    }
    const { changes, replaces } = await provider.diff(old.id, old.outputs, inputs);
    if (replaces.length > 0) {
      await this.create(plugin, { kind, name }, inputs, old);
    } else if (changes || old.failed) {
      await this.update(plugin, old, inputs);
    } else {
      old.inputs = inputs;
    }
  }

  private async create(
    plugin: Plugin,
    { kind, name }: Pick<Recorded, "kind" | "name">,
    inputs: Properties,
    old?: Recorded,
  ): Promise<void> {
    const add = (id: string, outputs: Properties, failed: boolean): void => {
      this.recorded.push({ kind, name, id, inputs, outputs: this.stored(outputs), replaced: false, failed });
      if (old !== undefined) {
        old.replaced = true;
      }
    };
    try {
      const { id, outs } = await plugin[kind].create(inputs);
      add(id, outs, false);
    } catch (error) {
      const told = partial.safeParse(error);
      if (told.success) {
        add(told.data.id, told.data.properties, true);
      }
      throw error;
    }
  }

  private async update(plugin: Plugin, record: Recorded, inputs: Properties): Promise<void> {
    try {
      const { outs } = await plugin[record.kind].update(record.id, record.outputs, inputs);
      Object.assign(record, { inputs, outputs: this.stored(outs), failed: false });
    } catch (error) {
      const told = partial.safeParse(error);
      if (told.success) {
        Object.assign(record, { inputs, outputs: this.stored(told.data.properties), failed: true });
      }
      throw error;
    }
  }

  private async read(plugin: Plugin, record: Recorded): Promise<void> {
    const { id, props = {}, inputs = {} } = await plugin[record.kind].read(record.id, record.outputs);
    if (id === undefined) {
      this.forget(record);
    } else {
      Object.assign(record, { id, inputs, outputs: this.stored(props) });
    }
  }

  /** The last one first: whatever needs others is made after them. */
  private async deleteAll(plugin: Plugin, records: Recorded[]): Promise<Error[]> {
    for (const record of records.toReversed()) {
      const errors = await inParallel([() => plugin[record.kind].delete(record.id, record.outputs)]);
      if (errors.length > 0) {
        return errors;
      }
      this.forget(record);
    }
    return [];
  }

  /** What is left of properties once they have been in a file. */
  private stored(properties: Properties): Properties {
    const text = JSON.stringify(properties);
    this.written.push(text);
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  }

  private forget(record: Recorded): void {
    this.recorded = this.recorded.filter((each) => each !== record);
  }
}

/** Lets everything that has begun come to its end; gives the errors. */
async function inParallel(work: (() => Promise<void>)[]): Promise<Error[]> {
  const outcomes = await Promise.allSettled(work.map((each) => each()));
  return outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [errorOf(outcome.reason)] : []));
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
