import { z } from "zod";
import { systemClock } from "../../provider/openstack/clock";

const POLL = 200;

/** What Keystone knows of a token. */
const tokenReply = z.object({
  token: z.object({
    methods: z.array(z.string()),
    user: z.object({ id: z.string() }),
    project: z.object({ id: z.string() }).optional(),
    domain: z.object({ id: z.string() }).optional(),
    system: z.object({ all: z.boolean() }).optional(),
    "OS-TRUST:trust": z.object({ id: z.string() }).optional(),
  }),
});

const made = z.record(z.string(), z.object({ id: z.string() }));

interface Sent {
  /** The token that a request is about. */
  subject?: string;
  body?: object;
}

/** What the tests ask of Keystone by themselves, besides what they test, with the rights of one token. */
export class KeystoneApi {
  /** `authUrl` is without `/v3`. */
  constructor(
    private readonly authUrl: string,
    private readonly token: string,
  ) {}

  /** Whom and what a token is for, in ids. */
  async describe(subject: string): Promise<Record<string, unknown>> {
    const reply = await this.send("GET", "/auth/tokens", { subject });
    const { methods, user, project, domain, system, ...rest } = tokenReply.parse(await reply.json()).token;
    const trust = rest["OS-TRUST:trust"];
    const all = { project: project?.id, domain: domain?.id, system: system?.all, trust: trust?.id };
    const present = Object.entries(all).filter(([, value]) => value !== undefined);
    return { methods, user: user.id, ...Object.fromEntries(present) };
  }

  async revoke(subject: string): Promise<void> {
    await this.send("DELETE", "/auth/tokens", { subject });
  }

  /** Returns once a token has expired. */
  async expiry(subject: string): Promise<void> {
    while ((await this.reply("GET", "/auth/tokens", { subject })).ok) {
      await systemClock.sleep(POLL);
    }
  }

  /** Makes something of this kind, such as `service` at `/services`, and returns its id. */
  async create(path: string, kind: string, fields: object): Promise<string> {
    const reply = made.parse(await (await this.send("POST", path, { body: { [kind]: fields } })).json());
    return z.string().parse(reply[kind]?.id);
  }

  async delete(path: string): Promise<void> {
    await this.send("DELETE", path);
  }

  private async send(method: string, path: string, more: Sent = {}): Promise<Response> {
    const reply = await this.reply(method, path, more);
    if (!reply.ok) {
      throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`);
    }
    return reply;
  }

  private async reply(method: string, path: string, { subject, body }: Sent): Promise<Response> {
    const headers = {
      "X-Auth-Token": this.token,
      "Content-Type": "application/json",
      ...(subject !== undefined && { "X-Subject-Token": subject }),
    };
    return await fetch(`${this.authUrl}/v3${path}`, { method, headers, body: JSON.stringify(body) });
  }
}
