import { z } from "zod";
import type { Clock } from "./clock";
import { ApiError, ReplyError } from "./errors";
import type { HttpClient } from "./http";
import type { HttpRequest } from "./message";
import type { Redaction } from "./redaction";
import type { Auth, CloudSettings, Scope } from "./settings/cloudSettings";

/** A token is renewed this long before it expires, as openstacksdk does it. */
const MARGIN = 120_000;

/** How long after a renewal that failed the next one is tried. */
const RENEWAL_PAUSE = 10_000;

/** Keystone's word on the credentials themselves: asking again does not change it. */
const REFUSALS = new Set([400, 401, 403, 404]);

const LOGIN_REMEDY =
  "Keystone says no more than this: check the user and its domain, the password, secret or token, the project and its " +
  "domain, and that the user has a role in the project.";

const ADDRESS_REMEDY =
  "That is not Keystone's API v3: check the address in openstack:authUrl, OS_AUTH_URL or auth_url of clouds.yaml.";

const tokenReply = z.object({
  token: z.object({
    issued_at: z.iso.datetime({ offset: true }),
    expires_at: z.iso.datetime({ offset: true }),
    project: z.object({ id: z.string() }).optional(),
    catalog: z
      .array(
        z.object({
          type: z.string(),
          endpoints: z.array(
            z.object({
              interface: z.string(),
              region: z.string().nullish(),
              region_id: z.string().nullish(),
              url: z.string(),
            }),
          ),
        }),
      )
      .default([]),
  }),
});

export type Catalog = z.infer<typeof tokenReply>["token"]["catalog"];

export interface Token {
  /** Secret. */
  readonly value: string;
  /** The project it is for; none for a domain, for the system, or without a scope. */
  readonly projectId: string | undefined;
  readonly catalog: Catalog;
  /** When to get another one, in the clock's milliseconds. */
  readonly renewAt: number;
  /** When it is of no use any more, in the clock's milliseconds. */
  readonly expiresAt: number;
}

/**
 * Keystone v3, and the one token of this process: however many ask for it at once, one request gets it.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#password-authentication-with-scoped-authorization
 */
export class Keystone {
  private current: Promise<Token> | undefined;

  constructor(
    private readonly settings: CloudSettings,
    private readonly http: HttpClient,
    private readonly clock: Clock,
    private readonly redaction: Redaction,
  ) {}

  /** A token that is good for a while; another one than `refused`, which a service has turned down. */
  async token(refused?: Token): Promise<Token> {
    const current = this.current;
    const token = await current;
    const good = token !== undefined && token.value !== refused?.value;
    if (good && token.renewAt > this.clock.now()) {
      return token;
    }
    if (this.current !== current) {
      // Somebody else has seen the same, and has asked for another one already.
      return await this.token(refused);
    }
    const next = good ? this.renewed(token) : this.issue();
    this.current = next;
    next.catch((error: unknown) => {
      // Credentials that were refused stay refused, and asking again and again may lock the user out.
      if (!isRefusal(error)) {
        this.current = undefined;
      }
    });
    return await next;
  }

  /** Another token in good time; while Keystone fails, the old one serves on for what is left of its life. */
  private async renewed(old: Token): Promise<Token> {
    try {
      return await this.issue();
    } catch (error) {
      const renewAt = this.clock.now() + RENEWAL_PAUSE;
      if (renewAt < old.expiresAt && !isRefusal(error)) {
        return { ...old, renewAt };
      }
      throw error;
    }
  }

  private async issue(): Promise<Token> {
    const { authUrl, auth, scope } = this.settings;
    const request: HttpRequest = {
      action: `log in to ${authUrl}`,
      method: "POST",
      url: `${authUrl}/auth/tokens`,
      body: { auth: { identity: identity(auth), ...scopeBody(scope) } },
      repeatable: true,
      advise,
    };
    const { body, headers } = await this.http.request(request, tokenReply);
    const value = headers.get("X-Subject-Token");
    if (value === null) {
      throw new ReplyError(
        `Can't log in to ${authUrl}: the reply lacks the header X-Subject-Token. A proxy may have taken it out.`,
      );
    }
    this.redaction.add(value);
    const lifetime = Date.parse(body.token.expires_at) - Date.parse(body.token.issued_at);
    const now = this.clock.now();
    return {
      value,
      projectId: body.token.project?.id,
      catalog: body.token.catalog,
      // By lifetime, not by date, so that a server's clock may be wrong.
      renewAt: now + Math.max(lifetime - MARGIN, lifetime / 2),
      expiresAt: now + lifetime,
    };
  }
}

function advise(status: number, serverMessage: string): string | undefined {
  // Keystone also answers 404 to an application credential, a token or a trust that it does not know.
  if (status === 401 || (status === 404 && /credential|token|trust/i.test(serverMessage))) {
    return LOGIN_REMEDY;
  }
  return status === 404 ? ADDRESS_REMEDY : undefined;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && REFUSALS.has(error.status);
}

function identity(auth: Auth): object {
  switch (auth.method) {
    case "password":
      return { methods: ["password"], password: { user: { ...auth.user, password: auth.password } } };
    case "token":
      return { methods: ["token"], token: { id: auth.token } };
    case "applicationCredential": {
      const owner = "id" in auth ? { id: auth.id } : { name: auth.name, user: auth.user };
      return {
        methods: ["application_credential"],
        application_credential: { ...owner, secret: auth.secret },
      };
    }
  }
}

function scopeBody(scope: Scope): object {
  switch (scope.kind) {
    case "project":
      return {
        scope: { project: "id" in scope ? { id: scope.id } : { name: scope.name, domain: scope.domain } },
      };
    case "domain":
      return { scope: { domain: scope.domain } };
    case "system":
      return { scope: { system: { all: true } } };
    case "trust":
      return { scope: { "OS-TRUST:trust": { id: scope.id } } };
    case "none":
      return {};
  }
}
