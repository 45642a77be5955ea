import { z } from "zod";
import type { Emulator } from "../../../emulator";
import { jsonOf, login, send, type Login, type Response } from "../http";

const group = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  host: z.string().nullable(),
});

/** A consistency group, as far as the tests look at it. */
export type ShownGroup = z.output<typeof group>;

/** Calls Manila, 2.22 unless a test says otherwise, for one user in one project. */
export class ManilaClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async connect(emulator: Emulator, who: Login): Promise<ManilaClient> {
    const project = emulator.seed.projects.find(({ name }) => name === who.project);
    const token = await login(emulator.authUrl, who);
    return new ManilaClient(`${emulator.url}/v2/${project?.id ?? "none"}`, token);
  }

  send(method: string, path: string, body?: object, version = "2.22"): Promise<Response> {
    const headers = {
      "X-Auth-Token": this.token,
      "X-OpenStack-Manila-API-Version": version,
      "X-OpenStack-Manila-API-Experimental": "True",
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    return send(this.url + path, method, headers, body === undefined ? undefined : JSON.stringify(body));
  }

  async status(method: string, path: string, body?: object): Promise<number> {
    return (await this.send(method, path, body)).status;
  }

  async createGroup(content: object = {}): Promise<ShownGroup> {
    return groupOf(await this.send("POST", "/consistency-groups", { consistency_group: content }));
  }

  async showGroup(id: string): Promise<ShownGroup> {
    return groupOf(await this.send("GET", `/consistency-groups/${id}`));
  }

  /** The names a list of groups shows. */
  async listNames(query = ""): Promise<(string | null)[]> {
    const body = jsonOf(await this.send("GET", `/consistency-groups${query}`));
    const list = z.object({ consistency_groups: z.array(z.object({ name: z.string().nullable() })) });
    return list.parse(body).consistency_groups.map(({ name }) => name);
  }
}

function groupOf(response: Response): ShownGroup {
  return z.object({ consistency_group: group }).parse(jsonOf(response)).consistency_group;
}
