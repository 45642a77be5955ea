import * as pulumi from "@pulumi/pulumi";
import type { LookUps } from "pulumi-manila/lookups";
import { settingsOf } from "./provider";
import { resourceType } from "./shim";

/** How a look-up is made. */
export interface LookUpOptions {
  /** The cloud to look at. By default that of `parent`, else the one that stack configuration or environment names. */
  provider?: pulumi.ProviderResource;
  /** A resource whose provider is used where no other one is given. */
  parent?: pulumi.Resource;
}

/** What to list by ids and names alone. By default all of the project. */
export interface GetSummariesArgs {
  /** Name, as a whole. */
  name?: string;
  /** Whether to look in all projects, which takes an administrator; for others it changes nothing. False by default. */
  allTenants?: boolean;
  /** Region whose Manila to look in. By default the configured one. */
  region?: string;
}

/** What a plain list tells of each. */
export interface GetSummaryResult {
  /** The id. */
  id: string;
  /** The name, if there is one. */
  name?: string;
}

/** Arguments that a program may not know yet. */
export type LookUpInputs<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

type Look<Result> = (lookUps: LookUps, args: unknown) => Promise<Result>;

type Settings = Record<string, string | undefined>;

/** The clouds of this process: each has one token, however many look-ups there are. */
const clouds = new Map<string, LookUps>();

/** Looks something up now. */
export async function lookUp<Result>(
  args: object,
  options: LookUpOptions,
  look: Look<Result>,
): Promise<Result> {
  const settings = settingsFor(options);
  if (!(await isKnown(settings))) {
    throw new pulumi.RunError(
      "A look-up can't be made yet: a preview does not know the settings of its provider. Use the function whose name " +
        "ends in Output, which waits for them.",
    );
  }
  return await new Promise((resolve, reject) => {
    settings.apply((known) => {
      ask(known, args, look).then(resolve, reject);
    });
  });
}

/** Looks something up once arguments and settings are known: where a preview does not know them, nor the output. */
export function lookUpOutput<Result>(
  args: object,
  options: LookUpOptions,
  look: Look<Result>,
): pulumi.Output<Result> {
  // What a password opens the door to is no secret itself.
  const settings = pulumi.unsecret(settingsFor(options));
  return pulumi.all([args, settings]).apply(([knownArgs, known]) => ask(known, knownArgs, look));
}

/** The settings of the provider that the options lead to; none for the default one. */
function settingsFor({ provider, parent }: LookUpOptions): pulumi.Output<Settings> {
  const explicit = provider ?? parent?.getProvider(resourceType("ConsistencyGroup"));
  return pulumi.output(explicit === undefined ? {} : settingsOf(explicit));
}

/** Pulumi does not declare what it knows of an output. */
async function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  const known: unknown = Reflect.get(output, "isKnown");
  return (await known) === true;
}

async function ask<Result>(settings: Settings, args: unknown, look: Look<Result>): Promise<Result> {
  // Only now is there a need for what talks to clouds: most programs look up nothing, and start faster without.
  const { isExpected, lookUps } = await import("pulumi-manila/lookups");
  const configuration: Settings = { ...pulumi.runtime.allConfig(), ...settings };
  const key = JSON.stringify(configuration);
  const cloud = clouds.get(key) ?? lookUps((name) => configuration[name]);
  clouds.set(key, cloud);
  try {
    return await look(cloud, args);
  } catch (error) {
    throw isExpected(error) ? shown(error) : error;
  }
}

/** Of an error of this class Pulumi prints the message alone, and where it comes by way of an output, its stack. */
function shown(error: Error): pulumi.RunError {
  const runError = new pulumi.RunError(error.message);
  runError.cause = error;
  runError.stack = error.message;
  return runError;
}
