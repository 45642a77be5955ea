import * as pulumi from "@pulumi/pulumi";

/*
 * The plain way: a dynamic provider in the program, as Pulumi's own examples have it, whose text the engine captures
 * by value. Each read is one GET, and each group polls for itself with the intervals of Terraform: 1 s, doubling to
 * 10 s. It logs in once, which is in its favour, believes what it is answered, and has neither timeouts nor retries.
 */

const { BENCH_GROUPS, BENCH_PREFIX } = process.env;

interface Inputs {
  name: string;
}

interface Group extends Inputs {
  id: string;
  status: string;
  created_at: string;
  project_id: string;
  host: string | null;
  share_types: string[];
}

interface Session {
  token: string;
  endpoint: string;
}

interface TokenReply {
  token: { catalog: { type: string; endpoints: { interface: string; url: string }[] }[] };
}

const shared: { session?: Promise<Session> } = {};

function body(): string {
  const { OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: project } = process.env;
  const domain = { name: "Default" };
  return JSON.stringify({
    auth: {
      identity: { methods: ["password"], password: { user: { name, password, domain } } },
      scope: { project: { name: project, domain } },
    },
  });
}

async function login(): Promise<Session> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${process.env.OS_AUTH_URL ?? ""}/auth/tokens`, {
    method: "POST",
    headers,
    body: body(),
  });
  const { token } = (await response.json()) as TokenReply;
  const service = token.catalog.find(({ type }) => type === "sharev2");
  const endpoint = service?.endpoints.find((one) => one.interface === "public");
  return { token: response.headers.get("X-Subject-Token") ?? "", endpoint: endpoint?.url ?? "" };
}

async function request(method: string, path: string, group?: object): Promise<Group | undefined> {
  const { token, endpoint } = await (shared.session ??= login());
  const response = await fetch(`${endpoint}/consistency-groups${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      "X-Auth-Token": token,
      "X-OpenStack-Manila-API-Version": "2.22",
      "X-OpenStack-Manila-API-Experimental": "True",
    },
    body: group && JSON.stringify({ consistency_group: group }),
  });
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  const text = await response.text();
  return text === "" ? undefined : (JSON.parse(text) as { consistency_group: Group }).consistency_group;
}

async function whileIn(status: string, id: string): Promise<Group | undefined> {
  for (let pause = 1_000; ; pause = Math.min(pause * 2, 10_000)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const group = await request("GET", `/${id}`);
    if (group?.status !== status) {
      return group;
    }
  }
}

const provider: pulumi.dynamic.ResourceProvider<Inputs, Group> = {
  diff: (_id, olds, news) => Promise.resolve({ changes: olds.name !== news.name }),
  create: async ({ name }) => {
    const group = await request("POST", "", { name });
    const id = group?.id ?? "";
    const made = await whileIn("creating", id);
    if (made?.status !== "available") {
      throw new Error(`group ${id} is ${made?.status ?? "gone"}`);
    }
    return { id, outs: made };
  },
  read: async (id) => {
    const group = await request("GET", `/${id}`);
    return group === undefined ? {} : { id, props: group };
  },
  update: async (id, olds, { name }) => {
    const group = await request("PUT", `/${id}`, { name });
    return { outs: { ...olds, ...group } };
  },
  delete: async (id) => {
    await request("DELETE", `/${id}`);
    await whileIn("deleting", id);
  },
};

class ConsistencyGroup extends pulumi.dynamic.Resource {
  declare readonly status: pulumi.Output<string>;

  constructor(name: string, args: Inputs) {
    super(provider, name, { ...args, status: undefined });
  }
}

for (let index = 0; index < Number(BENCH_GROUPS); index += 1) {
  new ConsistencyGroup(`group-${index}`, { name: `${BENCH_PREFIX ?? ""}-${index}` });
}
