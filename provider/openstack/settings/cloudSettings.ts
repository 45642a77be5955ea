/** A domain, a user or a project as Keystone wants it: by id, or by name. */
export type Domain = { readonly id: string } | { readonly name: string };

/** A user by id, or by name within a domain. */
export type User = { readonly id: string } | { readonly name: string; readonly domain: Domain };

/** Whom to log in as. */
export type Auth =
  | { readonly method: "password"; readonly user: User; readonly password: string }
  | { readonly method: "applicationCredential"; readonly id: string; readonly secret: string }
  | {
      readonly method: "applicationCredential";
      readonly name: string;
      readonly user: User;
      readonly secret: string;
    }
  | { readonly method: "token"; readonly token: string };

/** What to log in to. With `none`, Keystone decides: an application credential's own project, a user's default one. */
export type Scope =
  | { readonly kind: "project"; readonly id: string }
  | { readonly kind: "project"; readonly name: string; readonly domain: Domain }
  | { readonly kind: "domain"; readonly domain: Domain }
  | { readonly kind: "system" }
  | { readonly kind: "trust"; readonly id: string }
  | { readonly kind: "none" };

/** How connections are secured. */
export interface Tls {
  /** Certificates of the authorities to trust, PEM. The system's own, when left out. */
  readonly ca?: string;
  /** Client certificate, PEM; there is a key with it. */
  readonly cert?: string;
  /** The client certificate's private key, PEM. Secret. */
  readonly key?: string;
  /** Do not check the servers' certificates. */
  readonly insecure: boolean;
}

/** Where and how to connect, complete and without contradictions. */
export interface CloudSettings {
  /** Keystone's address, always ending in `/v3`. */
  readonly authUrl: string;
  readonly auth: Auth;
  readonly scope: Scope;
  /** Region whose Manila to use. The only one there is, when left out. */
  readonly region?: string;
  /** Which endpoint of the catalog to use. */
  readonly interface: "public" | "internal" | "admin";
  /** Manila's address in place of the catalog's, without a slash at its end. */
  readonly endpointOverride?: string;
  readonly tls: Tls;
  /** Microversion to use, such as `2.22`. Negotiated, when left out. */
  readonly microversion?: string;
  /** Log every request and reply. */
  readonly debug: boolean;
  readonly requestTimeoutMilliseconds: number;
  readonly connectTimeoutMilliseconds: number;
  /** How often a request that may safely be repeated is repeated. */
  readonly maxRetries: number;
  readonly maxRequestsInFlight: number;
  /** How long a list may answer those who read single resources. */
  readonly listFreshnessMilliseconds: number;
}

/** All secret values in the settings, which no log and no error may show. */
export function secretValues({ auth, tls }: CloudSettings): readonly string[] {
  const key = tls.key === undefined ? [] : [tls.key];
  switch (auth.method) {
    case "password":
      return [auth.password, ...key];
    case "applicationCredential":
      return [auth.secret, ...key];
    case "token":
      return [auth.token, ...key];
  }
}
