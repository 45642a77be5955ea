import type { z } from "zod";
import { manilaEndpoint } from "./endpoint";
import { ApiError, stateForbids } from "./errors";
import type { HttpClient } from "./http";
import type { HttpRequest } from "./message";
import type { Keystone, Token } from "./keystone";
import { chooseMicroversion, versionsReply } from "./microversion";
import type { Generation, Spoken } from "./microversion";
import { SettingsError } from "./settings";
import type { CloudSettings } from "./settings";

export interface ManilaRequest<Body> extends Pick<
  HttpRequest,
  "action" | "method" | "query" | "body" | "repeatable" | "recovers"
> {
  /** The path after the project, such as `/consistency-groups`. */
  path: string;
  /** What the reply holds. */
  reply: z.ZodType<Body>;
  /** The cloud's policy that decides who may do it, where it is not for every member of the project. */
  policy?: string;
}

/** What a resource needs of Manila; `ManilaService` is the real one. */
export interface Manila {
  /** The region it serves, as far as it is known. */
  readonly region: string | undefined;
  /** The project that the credentials are for. */
  readonly projectId: string;
  /** Which API serves groups of shares. */
  readonly generation: Generation;
  /** The microversion that is spoken, such as "2.22". */
  readonly microversion: string;
  /** How long a list may answer those who read single resources. */
  readonly listFreshnessMilliseconds: number;
  /** The moment by the server's clock, in milliseconds since 1970. */
  serverTime(): number;
  request<Body>(request: ManilaRequest<Body>): Promise<Body>;
}

/** The Shared File Systems service of one region, at the microversion that suits it. */
export class ManilaService implements Manila {
  readonly generation: Generation;
  readonly microversion: string;
  readonly listFreshnessMilliseconds: number;
  /** How far the server's clock is ahead of this machine's, as its last reply has told. */
  private ahead = 0;

  private constructor(
    private readonly http: HttpClient,
    private readonly keystone: Keystone,
    private readonly url: string,
    { generation, microversion }: Spoken,
    readonly region: string | undefined,
    readonly projectId: string,
    { listFreshnessMilliseconds }: CloudSettings,
  ) {
    this.generation = generation;
    this.microversion = microversion;
    this.listFreshnessMilliseconds = listFreshnessMilliseconds;
  }

  /** Finds the service in the catalog, or where the settings say, and asks which versions it speaks. */
  static async connect(
    settings: CloudSettings,
    http: HttpClient,
    keystone: Keystone,
  ): Promise<ManilaService> {
    const { catalog, projectId } = await keystone.token();
    if (projectId === undefined) {
      throw new SettingsError("The login leads to no project, and every group of shares is in one:", [
        "name a project with openstack:tenantName, OS_PROJECT_NAME or project_name in clouds.yaml.",
      ]);
    }
    const { url, region } = manilaEndpoint(settings, catalog);
    const discovery: HttpRequest = {
      action: "ask Manila for its versions",
      method: "GET",
      url: `${url}/`,
      advise: () => "Is that Manila's address? Correct the catalog, or override the endpoint.",
    };
    const { body: versions } = await withToken(keystone, http, discovery, versionsReply);
    const spoken = chooseMicroversion(url, versions, settings.microversion);
    return new ManilaService(http, keystone, `${url}/${projectId}`, spoken, region, projectId, settings);
  }

  async request<Body>({ path, reply, policy, ...request }: ManilaRequest<Body>): Promise<Body> {
    // Needed before 2.55, and no harm afterwards.
    const headers = {
      "X-OpenStack-Manila-API-Version": this.microversion,
      "X-OpenStack-Manila-API-Experimental": "True",
    };
    const { body, headers: told } = await withToken(
      this.keystone,
      this.http,
      {
        ...request,
        url: this.url + path,
        headers,
        advise: (status, message, fault) => advise(status, message, fault, policy),
      },
      reply,
    );
    const date = Date.parse(told.get("date") ?? "");
    this.ahead = Number.isNaN(date) ? this.ahead : date - Date.now();
    return body;
  }

  serverTime(): number {
    return Date.now() + this.ahead;
  }
}

/** Sends a request with the token, and once more with another one if that is refused: tokens can be revoked. */
async function withToken<Body>(
  keystone: Keystone,
  http: HttpClient,
  request: HttpRequest,
  reply: z.ZodType<Body>,
): Promise<{ body: Body; headers: Headers }> {
  const token = await keystone.token();
  const send = async ({ value }: Token): Promise<{ body: Body; headers: Headers }> => {
    const headers = { ...request.headers, "X-Auth-Token": value };
    return await http.request({ ...request, headers }, reply);
  };
  try {
    return await send(token);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      return await send(await keystone.token(token));
    }
    throw error;
  }
}

/** What to do about Manila's errors. */
function advise(
  status: number,
  serverMessage: string,
  fault: string | undefined,
  policy: string | undefined,
): string | undefined {
  switch (status) {
    case 401:
      return "Manila refuses tokens that Keystone has just given: its operator can tell why.";
    case 403:
      return forbiddenAdvice(serverMessage, policy);
    case 404:
      return fault === undefined || serverMessage.startsWith("The resource could not be found")
        ? "That is not about the resource itself: the address, the microversion or the experimental header did not " +
            "reach Manila as sent. Check the endpoint, and proxies in between."
        : 'If it was deleted by someone else, "pulumi refresh" takes it out of the state.';
    case 406:
      return "Pin a microversion in that range with manila:microversion, or none at all.";
    default:
      return undefined;
  }
}

/** What to do about those of Manila's 403s that are about no role in the project. */
function forbiddenAdvice(serverMessage: string, policy: string | undefined): string | undefined {
  if (stateForbids(serverMessage)) {
    return "It is the share's state that forbids it, not a role.";
  }
  if (serverMessage.includes("quota")) {
    return "Delete what is not needed, or ask for a higher quota.";
  }
  return policy === undefined
    ? undefined
    : `The cloud's policy "${policy}" does not allow it to this user: by default it takes the role admin. Ask an ` +
        "administrator to do it, or the operator to grant it.";
}
