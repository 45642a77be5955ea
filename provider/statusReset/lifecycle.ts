import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { checkInputs, given } from "../inputs";
import type { CheckResult, Created, DiffResult, Lifecycle, Outside, Properties, Read } from "../lifecycle";
import type { Manila } from "../openstack/manila";
import type { Status } from "../resourceApi";

interface Reset {
  id: string;
  status: Status;
  region?: string;
}

/** What status resets are of. */
export interface ResetKind {
  /** What a program may say. */
  inputs: z.ZodType<Properties>;
  /** The same, as a reset of what has the id. */
  reset: z.ZodType<Reset>;
  api(manila: Manila): { resetStatus(id: string, status: Status): Promise<void> };
}

/**
 * The life of a status reset: it is done once, when it is created, and again when anything that the program says of it
 * changes. There is nothing to look at and nothing to delete.
 */
export class StatusResetLifecycle implements Lifecycle {
  constructor(
    private readonly outside: Outside,
    private readonly kind: ResetKind,
  ) {}

  check(properties: Properties): Promise<CheckResult> {
    return Promise.resolve(checkInputs(this.kind.inputs, properties));
  }

  diff(_id: string, state: Properties, inputs: Properties): Promise<DiffResult> {
    const names = [...new Set([...Object.keys(given(state)), ...Object.keys(given(inputs))])];
    const changes = names.filter((name) => !isDeepStrictEqual(state[name], inputs[name]));
    return Promise.resolve({ changes, replaces: changes });
  }

  async create(properties: Properties): Promise<Created> {
    const { id, status, region } = this.kind.reset.parse(properties);
    await this.kind.api(await this.outside.connect(region)).resetStatus(id, status);
    return { id, state: this.kind.inputs.parse(properties) };
  }

  read(id: string, state: Properties): Promise<Read> {
    return Promise.resolve({ id, state, inputs: state });
  }

  update(_id: string, _state: Properties, inputs: Properties): Promise<Properties> {
    return Promise.resolve(inputs);
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }
}
