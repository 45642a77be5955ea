import * as pulumi from "@pulumi/pulumi";

/**
 * The text by which a resource names its provider. The engine stores it in the state of every resource, twice, and
 * runs it to find the provider: so it holds no code but the way to it, never changes, and is as short as can be.
 * `docs/architecture.md` says why it is not left to `pulumi.dynamic.Resource`.
 */
function providerText(resource: string): string {
  return `exports.handler = () => require("pulumi-manila/provider").${resource};`;
}

/** The engine's name for a type of resource of ours. */
export function resourceType(name: string): string {
  return `pulumi-nodejs:dynamic/manila:${name}`;
}

/** True if the object is a resource of this type, even one of another copy of this package. */
export function isOfType(object: unknown, type: string): boolean {
  return pulumi.CustomResource.isInstance(object) && "__pulumiType" in object && object.__pulumiType === type;
}

/** How one class of resources presents itself to the engine. */
export interface Registered {
  /** The engine's name for the type. */
  type: string;
  /** What `provider/index.ts` calls the provider of it. */
  provider: string;
  /** The properties to fill in: those that a resource does not name stay empty. */
  outputs: pulumi.Inputs;
}

/** A resource whose provider is named in its state, and not kept there. */
export class NamedProviderResource extends pulumi.CustomResource {
  constructor(
    registered: Registered,
    name: string,
    args: { name?: pulumi.Input<string>; region?: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions,
  ) {
    // Pulumi notes a stack trace for each property, three times: most of the time that a program with many resources takes.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      super(registered.type, name, registration(registered, name, args, options), options);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) {
        Error.captureStackTrace(error);
      }
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}

/**
 * What a resource registers: its outputs, which the engine fills in, what the program gives, and its provider. What
 * has a name is called as the resource is in the program, unless that says otherwise, or looks it up.
 */
function registration(
  { provider, outputs }: Registered,
  name: string,
  args: { name?: pulumi.Input<string>; region?: pulumi.Input<string> },
  { id, import: imported }: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  if (imported !== undefined) {
    throw new pulumi.RunError(
      `${name}: Pulumi can't import a resource of this kind (option import, ${imported}), as the engine does not ask ` +
        "dynamic providers for it. Take it over with the input importId, or look it up with get, which does not " +
        "manage it.",
    );
  }
  const isNamed = id === undefined && "name" in outputs;
  const inputs = isNamed ? { ...args, name: named(args.name, name) } : args;
  return { ...outputs, ...inputs, __provider: providerText(provider) };
}

function named(given: pulumi.Input<string> | undefined, name: string): pulumi.Input<string> {
  return given === undefined || typeof given === "string"
    ? (given ?? name)
    : pulumi.output<string | undefined>(given).apply((value) => value ?? name);
}
