import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import type { Project, User } from "../seed";

/** What a token is good for. */
export type TokenScope =
  { kind: "project"; project: Project } | { kind: "domain" } | { kind: "system" } | { kind: "none" };

/** A token Keystone has issued. Times are in milliseconds. */
export interface Token {
  id: string;
  user: User;
  scope: TokenScope;
  roles: readonly string[];
  /** The methods it was got with, for example `password`. */
  methods: readonly string[];
  applicationCredentialId: string | null;
  /** Names the token where the token itself must not be shown. */
  auditId: string;
  issuedAt: number;
  expiresAt: number;
}

/** What a new token is made of. */
export type TokenGrant = Pick<Token, "user" | "scope" | "roles" | "methods" | "applicationCredentialId"> & {
  /** When the token it was got with expires: the new one does not outlive it. */
  notAfter?: number;
};

/** The tokens that are in force. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  /**
   * @param lifetimeMilliseconds how long a token is in force
   */
  constructor(
    private readonly clock: Clock,
    private readonly lifetimeMilliseconds: number,
  ) {}

  issue({ notAfter = Infinity, ...grant }: TokenGrant): Token {
    const issuedAt = this.clock();
    const token: Token = {
      ...grant,
      id: `gAAAAA${randomBytes(96).toString("base64url")}`,
      auditId: randomBytes(16).toString("base64url"),
      issuedAt,
      expiresAt: Math.min(issuedAt + this.lifetimeMilliseconds, notAfter),
    };
    this.#tokens.set(token.id, token);
    return token;
  }

  /** Undefined for a token that is unknown, expired or revoked. */
  find(id: string): Token | undefined {
    const token = this.#tokens.get(id);
    return token !== undefined && this.clock() < token.expiresAt ? token : undefined;
  }

  revoke(id: string): void {
    this.#tokens.delete(id);
  }

  /** Revokes every token, as a restart with new keys does. */
  revokeAll(): void {
    this.#tokens.clear();
  }
}
