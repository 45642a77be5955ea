import { timingSafeEqual } from "node:crypto";
import type { Project, Seed, User } from "../seed";
import { malformed, notFound, unauthorized } from "./faults";
import type { DomainReference, Identity, Scope, UserReference } from "./schema";
import type { TokenGrant, Tokens, TokenScope } from "./tokens";

/** The only domain there is. */
export const DOMAIN = { id: "default", name: "Default" };

/** Who a request is from, as far as its credentials tell. */
type Identified = Pick<TokenGrant, "user" | "methods" | "applicationCredentialId" | "notAfter"> & {
  /** The project the credentials themselves are for. */
  project?: Project | undefined;
};

/**
 * Finds out who asks, and what for.
 *
 * @throws KeystoneFault 401 for wrong credentials, and where the user has no role; 404 for an application credential or
 * a token that does not exist, as the real server answers
 */
export function authenticate(
  seed: Seed,
  tokens: Tokens,
  identity: Identity,
  scope: Scope | undefined,
): TokenGrant {
  const { project, ...identified } = identify(seed, tokens, identity);
  if (project !== undefined && scope !== undefined) {
    throw unauthorized();
  }
  const granted: TokenScope = project === undefined ? scopeOf(seed, scope) : { kind: "project", project };
  return { ...identified, scope: granted, roles: rolesOf(identified.user, granted) };
}

function identify(seed: Seed, tokens: Tokens, identity: Identity): Identified {
  const [method] = identity.methods;
  if (method === "password") {
    return byPassword(seed, identity);
  }
  if (method === "token") {
    return byToken(tokens, identity);
  }
  if (method === "application_credential") {
    return byApplicationCredential(seed, identity);
  }
  throw unauthorized();
}

function byPassword(seed: Seed, { password }: Identity): Identified {
  if (password === undefined) {
    throw malformed("password");
  }
  const user = findUser(seed, password.user);
  if (user === undefined || !isEqual(user.password, password.user.password)) {
    throw unauthorized();
  }
  return { user, methods: ["password"], applicationCredentialId: null };
}

function byToken(tokens: Tokens, { token: given }: Identity): Identified {
  if (given === undefined) {
    throw malformed("token");
  }
  const token = tokens.find(given.id);
  if (token === undefined) {
    throw notFound("Failed to validate token");
  }
  const methods = [...new Set(["token", ...token.methods])];
  const { user, applicationCredentialId, expiresAt: notAfter } = token;
  const project =
    applicationCredentialId !== null && token.scope.kind === "project" ? token.scope.project : undefined;
  return { user, methods, applicationCredentialId, notAfter, project };
}

function byApplicationCredential(seed: Seed, { application_credential: given }: Identity): Identified {
  if (given === undefined) {
    throw malformed("application_credential");
  }
  const credential = seed.applicationCredentials.find((one) =>
    "id" in given
      ? one.id === given.id
      : one.name === given.name && one.userId === findUser(seed, given.user)?.id,
  );
  if (credential === undefined) {
    throw notFound(`Could not find Application Credential: ${"id" in given ? given.id : given.name}.`);
  }
  const user = seed.users.find(({ id }) => id === credential.userId);
  const project = seed.projects.find(({ id }) => id === credential.projectId);
  if (user === undefined || project === undefined) {
    throw unauthorized();
  }
  if (!isEqual(credential.secret, given.secret)) {
    throw unauthorized();
  }
  return { user, project, methods: ["application_credential"], applicationCredentialId: credential.id };
}

function scopeOf(seed: Seed, scope: Scope | undefined): TokenScope {
  if (scope === undefined || scope === "unscoped") {
    return { kind: "none" };
  }
  if ("system" in scope) {
    return { kind: "system" };
  }
  if ("domain" in scope) {
    if (!isDomain(scope.domain)) {
      throw unauthorized();
    }
    return { kind: "domain" };
  }
  const wanted = scope.project;
  const project = seed.projects.find((one) =>
    "id" in wanted ? one.id === wanted.id : one.name === wanted.name && isDomain(wanted.domain),
  );
  if (project === undefined) {
    throw unauthorized();
  }
  return { kind: "project", project };
}

/** The roles a user has in a scope; without any there is no token for it. */
function rolesOf(user: User, scope: TokenScope): readonly string[] {
  if (scope.kind === "none") {
    return [];
  }
  const own = scope.kind === "project" ? (user.roles[scope.project.id] ?? []) : [];
  const roles = user.administrator ? [...new Set(["admin", ...own])] : own;
  if (roles.length === 0) {
    throw unauthorized();
  }
  return roles;
}

function findUser(seed: Seed, wanted: UserReference): User | undefined {
  return seed.users.find((user) =>
    "id" in wanted ? user.id === wanted.id : user.name === wanted.name && isDomain(wanted.domain),
  );
}

function isDomain(wanted: DomainReference): boolean {
  return "id" in wanted ? wanted.id === DOMAIN.id : wanted.name.toLowerCase() === DOMAIN.name.toLowerCase();
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
