import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Account, RealCloud } from "../../acceptance/cloud";
import { login, send, type Response } from "../http";
import type { Exchange } from "./recording";

/** Whose token a request carries: role and project, as a recording writes it. */
export type Who = "admin:admin" | "member:demo" | "reader:demo" | "member:other";

/** One request; what is left out is 2.99, without a body. */
export interface Sent {
  who?: Who | null;
  version?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
}

const ORIGIN = "http://manila.example:8786";
const AUTH_URL = "http://keystone.example:5000";

const created = z.record(z.string(), z.object({ id: z.string() }));
const shown = z.record(z.string(), z.object({ status: z.string() }));

/**
 * Sends requests to a real Manila and keeps them with their replies. Tokens, addresses and ids of projects and users are
 * replaced by names, so that another run differs in the ids of what it has made and in times alone.
 */
export class Recorder {
  readonly #exchanges: Exchange[] = [];
  readonly #start = Date.now();

  private constructor(
    private readonly origin: string,
    private readonly authUrl: string,
    private readonly names: ReadonlyMap<string, string>,
    private readonly tokens: ReadonlyMap<Who, string>,
  ) {}

  static async connect(cloud: RealCloud): Promise<Recorder> {
    const accounts: [Who, Account][] = [
      ["admin:admin", cloud.admin],
      ["member:demo", cloud.demo],
      ["reader:demo", cloud.reader],
      ["member:other", cloud.other],
    ];
    const names = new Map<string, string>();
    const tokens = new Map<Who, string>();
    for (const [who, { userId, userName, projectId, projectName, password }] of accounts) {
      names.set(projectId, projectName).set(userId, `u-${userName}`);
      tokens.set(who, await login(cloud.authUrl, { user: userName, project: projectName, password }));
    }
    return new Recorder(new URL(cloud.manila.url).origin, cloud.authUrl, names, tokens);
  }

  /** Sends a request and keeps it. `path` holds the names of projects, not their ids; so do those below. */
  get(name: string, path: string, sent?: Sent): Promise<Response> {
    return this.#record(name, "GET", path, sent);
  }

  post(name: string, path: string, sent?: Sent): Promise<Response> {
    return this.#record(name, "POST", path, sent);
  }

  put(name: string, path: string, sent?: Sent): Promise<Response> {
    return this.#record(name, "PUT", path, sent);
  }

  patch(name: string, path: string, sent?: Sent): Promise<Response> {
    return this.#record(name, "PATCH", path, sent);
  }

  delete(name: string, path: string, sent?: Sent): Promise<Response> {
    return this.#record(name, "DELETE", path, sent);
  }

  async #record(name: string, method: string, path: string, sent: Sent = {}): Promise<Response> {
    const headers = this.#headersOf(sent);
    const at = (Date.now() - this.#start) / 1000;
    const response = await this.#send(method, path, sent, headers);
    const { status, reason } = response;
    const given = { method, path, headers, body: z.json().parse(sent.body ?? null) };
    const replied = { status, reason, headers: headersOf(response), body: bodyOf(response) };
    this.#exchanges.push({ name, at, request: given, response: replied });
    return response;
  }

  /** Records a creation, and returns the new id. */
  async create(name: string, path: string, sent: Sent): Promise<string> {
    const response = await this.post(name, path, sent);
    const [made] = Object.values(created.parse(JSON.parse(response.text)));
    return z.string().parse(made?.id);
  }

  /** Sends a request that is not kept. */
  async unrecorded(method: string, path: string, sent: Sent = {}): Promise<Response> {
    return await this.#send(method, path, sent, this.#headersOf(sent));
  }

  /**
   * Waits until what is at `path` has left its passing status, or is gone, and then so long that the emulator is done
   * with it as well, and that the next thing is created in another second.
   */
  async settle(path: string, who: Who = "member:demo"): Promise<void> {
    for (;;) {
      const { status, text } = await this.unrecorded("GET", path, { who });
      if (status === 404 || !["creating", "deleting"].includes(statusOf(text))) {
        break;
      }
      await sleep(100);
    }
    await sleep(1200);
  }

  /** Writes all exchanges, one a line. */
  write(path: string, about: string, seed: object): void {
    const lines = this.#exchanges.map((exchange) => JSON.stringify(exchange)).join(",\n");
    const text = `{\n"about": ${JSON.stringify(about)},\n"seed": ${JSON.stringify(seed)},\n"exchanges": [\n${lines}\n]}\n`;
    writeFileSync(path, this.#named(text));
  }

  async #send(method: string, path: string, sent: Sent, headers: Record<string, string>): Promise<Response> {
    const token = sent.who === null ? undefined : this.tokens.get(sent.who ?? "member:demo");
    const real = [...this.names].reduce(
      (text, [id, name]) =>
        text.replace(`/v2/${name}/`, `/v2/${id}/`).replace(`project_id=${name}`, `project_id=${id}`),
      path,
    );
    const all = { ...headers, ...(token !== undefined && { "X-Auth-Token": token }) };
    const body = sent.body === undefined ? undefined : bytesOf(sent.body);
    return await send(this.origin + real, method, all, body);
  }

  #headersOf({ who = "member:demo", version = "2.99", headers = {}, body }: Sent): Record<string, string> {
    return {
      ...(who !== null && { "X-Auth-Token": who }),
      ...(version !== null && { "X-OpenStack-Manila-API-Version": version }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    };
  }

  #named(text: string): string {
    const named = [...this.names].reduce((masked, [id, name]) => masked.replaceAll(id, name), text);
    return named.replaceAll(this.origin, ORIGIN).replaceAll(this.authUrl, AUTH_URL);
  }
}

function bytesOf(body: unknown): string {
  const raw = z.object({ __raw__: z.string() }).safeParse(body);
  return raw.success ? raw.data.__raw__ : JSON.stringify(body);
}

function bodyOf({ headers, text }: Response): Exchange["response"]["body"] {
  const isJson = headers["content-type"]?.includes("json") ?? false;
  return text === "" ? null : z.json().parse(isJson ? JSON.parse(text) : text);
}

function headersOf({ headers }: Response): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== "date"));
}

function statusOf(text: string): string {
  const [content] = Object.values(shown.parse(JSON.parse(text)));
  return z.string().parse(content?.status);
}
