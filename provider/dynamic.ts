import { IncompleteError } from "./lifecycle";
import type { CheckResult, Lifecycle, Properties } from "./lifecycle";
import { ManilaError } from "./openstack/errors";

/** What Pulumi gives a dynamic provider of the stack's configuration, or of an explicit provider's. */
export interface ConfigureRequest {
  config: { get(key: string): unknown };
}

/**
 * A dynamic provider as Pulumi's engine calls it (`pulumi.dynamic.ResourceProvider`), told here without importing
 * Pulumi.
 */
export interface DynamicProvider {
  configure(request: ConfigureRequest): void;
  check(olds: Properties, news: Properties): Promise<CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<{ changes: boolean; replaces: string[] }>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** The key under which the engine keeps the text that names the provider; it is ours to carry, not to read. */
const PROVIDER = "__provider";

/** Puts Pulumi's protocol on top of a lifecycle. */
export function dynamicProvider(
  lifecycle: Lifecycle,
  configure: (request: ConfigureRequest) => void,
): DynamicProvider {
  return {
    configure,
    check: (olds, news) => attempt(() => lifecycle.check(own(news), own(olds))),
    diff: (id, olds, news) =>
      attempt(async () => {
        const { changes, replaces } = await lifecycle.diff(id, own(olds), own(news));
        return { changes: changes.length > 0, replaces };
      }),
    create: (inputs) =>
      keepingIncomplete(inputs, async () => {
        const { id, state } = await lifecycle.create(own(inputs));
        return { id, outs: state };
      }),
    read: (id, props) =>
      attempt(async () => {
        const read = await lifecycle.read(id, own(props));
        // To the engine, nothing at all means that the resource is gone.
        return read === undefined ? {} : { id: read.id, props: read.state, inputs: read.inputs };
      }),
    update: (id, olds, news) =>
      keepingIncomplete(news, async () => ({ outs: await lifecycle.update(id, own(olds), own(news)) })),
    delete: (id, props) => attempt(() => lifecycle.delete(id, own(props))),
  };
}

function own({ [PROVIDER]: _text, ...properties }: Properties): Properties {
  return properties;
}

/**
 * What is raised on purpose is shown once, with its resource. Pulumi also prints `${error}: ${error.stack}` on its own,
 * where the same text and our stack would bury it.
 */
async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ManilaError) {
      error.toString = () => "pulumi-manila";
      error.stack = "an operation failed; the reason is told with its resource";
    }
    throw error;
  }
}

/** A resource that exists but is not ready reaches the state by way of an error with these fields. */
async function keepingIncomplete<Result>(inputs: Properties, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IncompleteError) {
      const { id, state, message } = error;
      // Without the provider's text in the state, the resource could not be deleted any more.
      const properties = { ...state, [PROVIDER]: inputs[PROVIDER] };
      throw Object.assign(new Error(message), { id, properties, reasons: [message] });
    }
    throw error;
  }
}
