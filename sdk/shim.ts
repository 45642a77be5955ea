/**
 * The text by which a resource names its provider. The engine stores it in the state of every resource, twice, and
 * runs it to find the provider: so it holds no code but the way to it, never changes, and is as short as can be.
 * `docs/architecture.md` says why it is not left to `pulumi.dynamic.Resource`.
 */
export function providerText(resource: string): string {
  return `exports.handler = () => require("pulumi-manila/provider").${resource};`;
}

/** The engine's name for a type of resource of ours. */
export function resourceType(name: string): string {
  return `pulumi-nodejs:dynamic/manila:${name}`;
}
