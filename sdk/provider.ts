import * as pulumi from "@pulumi/pulumi";

/**
 * Where an explicit provider connects to: the keys of `@pulumi/openstack`'s configuration, and our own. They win over
 * the stack's configuration and the environment; `docs/configuration.md` has the rules and every source.
 */
export interface ProviderArgs {
  /** Entry of clouds.yaml to use. What else is given here lies over that entry. */
  cloud?: pulumi.Input<string>;
  /** Address of Keystone, with or without `/v3`. */
  authUrl?: pulumi.Input<string>;
  /** User to log in as, together with the user's domain. */
  userName?: pulumi.Input<string>;
  /** User to log in as; wins over the name. */
  userId?: pulumi.Input<string>;
  /** The user's password. Kept secret. */
  password?: pulumi.Input<string>;
  /** Keystone token to log in with instead of a password. Kept secret. */
  token?: pulumi.Input<string>;
  /** Application credential to log in with; it brings its own project. */
  applicationCredentialId?: pulumi.Input<string>;
  /** The same by name, together with the user who owns it. */
  applicationCredentialName?: pulumi.Input<string>;
  /** Secret of the application credential. Kept secret. */
  applicationCredentialSecret?: pulumi.Input<string>;
  /** Project to work in; wins over the name. */
  tenantId?: pulumi.Input<string>;
  /** Project to work in, together with the project's domain. */
  tenantName?: pulumi.Input<string>;
  /** Domain of the user; wins over the name. */
  userDomainId?: pulumi.Input<string>;
  /** Domain of the user. */
  userDomainName?: pulumi.Input<string>;
  /** Domain of the project; wins over the name. */
  projectDomainId?: pulumi.Input<string>;
  /** Domain of the project. */
  projectDomainName?: pulumi.Input<string>;
  /** Domain of user and project where they have none of their own; without a project, the domain to work in. */
  domainId?: pulumi.Input<string>;
  /** The same by name; the id wins. */
  domainName?: pulumi.Input<string>;
  /** Id of the domain of a user or project named without any domain. "default" by default. */
  defaultDomain?: pulumi.Input<string>;
  /** Work on the whole system instead of a project. False by default. */
  systemScope?: pulumi.Input<boolean>;
  /** Region whose Manila to use, unless a resource says otherwise. By default the only one there is. */
  region?: pulumi.Input<string>;
  /** Which of Manila's endpoints to use: "public" (the default), "internal" or "admin". */
  endpointType?: pulumi.Input<string>;
  /** Manila's address in place of the catalog's, under `sharev2` or `shared-file-system`. */
  endpointOverrides?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Do not check the servers' certificates. False by default. */
  insecure?: pulumi.Input<boolean>;
  /** Certificates of the authorities to trust: PEM, or the path of a file. */
  cacertFile?: pulumi.Input<string>;
  /** Client certificate: PEM, or the path of a file. */
  cert?: pulumi.Input<string>;
  /** Private key of the client certificate: PEM, or the path of a file. Kept secret. */
  key?: pulumi.Input<string>;
  /** Microversion to use, such as "2.22". By default the newest that both sides know. */
  microversion?: pulumi.Input<string>;
  /** How often a request that may safely be repeated is repeated. 3 by default. */
  maxRetries?: pulumi.Input<number>;
  /** How long one request may take, such as "60s", the default. */
  requestTimeout?: pulumi.Input<string>;
  /** How long connecting to a server may take, such as "10s", the default. */
  connectTimeout?: pulumi.Input<string>;
  /**
   * How many requests may be under way at once, at most: fewer while the API is slow or limits its callers. 64 by default.
   */
  maxRequestsInFlight?: pulumi.Input<number>;
  /** How long a list may answer the reads of a refresh, such as "5s", the default. */
  listFreshness?: pulumi.Input<string>;
  /** Log every request and reply in one line, secrets masked. False by default. */
  debug?: pulumi.Input<boolean>;
}

type Argument = ProviderArgs[keyof ProviderArgs];

const SECRETS = new Set(["password", "token", "applicationCredentialSecret", "key"]);

/** Where a provider keeps its settings for look-ups; the same in every copy of this package. */
const SETTINGS = Symbol.for("pulumi-manila.settings");

/** A provider's settings as the engine takes them. */
type Settings = Record<string, pulumi.Output<string | undefined>>;

/**
 * A cloud for some resources of a program, beside or in place of the one that the stack's configuration or the
 * environment names.
 *
 * ```typescript
 * import * as manila from "pulumi-manila";
 *
 * const archive = new manila.Provider("archive", { cloud: "archive", region: "south" });
 * const group = new manila.ConsistencyGroup("backups", {}, { provider: archive });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  readonly [SETTINGS]: Settings;

  /**
   * Declares a cloud.
   *
   * @param name the provider's name in the program, unique in the stack
   * @param args where and how to connect; unusable settings are refused when the first resource needs them
   * @param options how Pulumi treats the provider
   */
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    // All dynamic resources of Node share the package pulumi-nodejs, whose configuration is free in form.
    const settings = configuration(args);
    super("pulumi-nodejs", name, settings, options);
    this[SETTINGS] = settings;
  }
}

/**
 * The settings of an explicit provider for what runs in the program itself.
 *
 * @internal
 */
export function settingsOf(provider: pulumi.ProviderResource): Settings {
  if (!isOurs(provider)) {
    throw new pulumi.RunError("The option provider must be a Provider of pulumi-manila.");
  }
  return provider[SETTINGS];
}

/** True of a provider of ours, even one of another copy of this package. */
function isOurs(provider: pulumi.ProviderResource): provider is Provider {
  return SETTINGS in provider;
}

/** The arguments as the engine takes a provider's configuration: all of them texts, under keys of our own. */
function configuration(args: ProviderArgs): Settings {
  return Object.fromEntries(
    Object.entries(args).map(([argument, value]: [string, Argument]) => {
      const text = pulumi.output(value).apply(asText);
      return [`provider:${argument}`, SECRETS.has(argument) ? pulumi.secret(text) : text];
    }),
  );
}

function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
