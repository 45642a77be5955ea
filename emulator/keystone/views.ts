import { DOMAIN } from "./authenticate";
import type { Token } from "./tokens";

/** Below this path Keystone is served, as DevStack does it. */
export const IDENTITY = "/identity";

const REGION = "RegionOne";

/** The body of a reply about a token. */
export function tokenView(origin: string, token: Token): object {
  const { user, scope, roles, methods, applicationCredentialId: credential } = token;
  return {
    token: {
      methods,
      user: { id: user.id, name: user.name, domain: DOMAIN, password_expires_at: null },
      audit_ids: [token.auditId],
      issued_at: time(token.issuedAt),
      expires_at: time(token.expiresAt),
      ...(scope.kind === "project" && {
        project: { ...scope.project, domain: DOMAIN },
        is_domain: false,
        catalog: catalog(origin, scope.project.id),
      }),
      ...(scope.kind === "domain" && { domain: DOMAIN, catalog: catalog(origin, undefined) }),
      ...(scope.kind === "system" && { system: { all: true }, catalog: catalog(origin, undefined) }),
      ...(roles.length > 0 && { roles: roles.map((name) => ({ id: `role-${name}`, name })) }),
      ...(credential !== null && { application_credential: { id: credential, restricted: true } }),
    },
  };
}

/** Services whose URLs need a project are left without endpoints where there is none, as on a real cloud. */
function catalog(origin: string, projectId: string | undefined): object[] {
  const ofProject = (version: string) =>
    projectId === undefined ? undefined : `${origin}/${version}/${projectId}`;
  return [
    service("keystone", "identity", `${origin}${IDENTITY}`),
    service("manila", "share", ofProject("v1")),
    service("manilav2", "sharev2", ofProject("v2")),
    service("manila", "shared-file-system", ofProject("v2")),
  ];
}

function service(name: string, type: string, url: string | undefined): object {
  const interfaces = url === undefined ? [] : ["public", "internal", "admin"];
  const endpoints = interfaces.map((kind) => ({
    id: `${type}-${kind}`,
    interface: kind,
    region: REGION,
    region_id: REGION,
    url,
  }));
  return { id: type, name, type, endpoints };
}

/** The entry of the one version there is, for the discovery replies. */
export function versionView(origin: string): object {
  return {
    id: "v3.14",
    status: "stable",
    updated: "2020-04-07T00:00:00Z",
    links: [{ rel: "self", href: `${origin}${IDENTITY}/v3/` }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}
