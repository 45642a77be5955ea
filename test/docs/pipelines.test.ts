import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { parseDocument } from "yaml";
import { z } from "zod";

const PIPELINES = join(__dirname, "../../docs/pipelines");
const MARKER = "<!-- pulumi-manila review shop/production -->";
const COMMENT = `${MARKER}\n\n### Manila: 1 created & "more"\n`;

const githubWorkflow = z.object({
  permissions: z.record(z.string(), z.string()),
  env: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ name: z.string().optional(), run: z.string().optional() })) }),
  ),
});

const gitlabPipeline = z.object({ preview: z.object({ script: z.array(z.string()) }) });

const zuulConfiguration = z.array(
  z.object({
    secret: z.object({ data: z.record(z.string(), z.unknown()) }).optional(),
    job: z.object({ name: z.string(), parent: z.string().optional(), run: z.string().optional() }).optional(),
    project: z.record(z.string(), z.object({ jobs: z.array(z.string()) })).optional(),
  }),
);

function parsed<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  // Zuul's secrets have a tag that only Zuul resolves.
  const document = parseDocument(readFileSync(join(PIPELINES, file), "utf8"), { logLevel: "error" });
  assert.deepEqual(document.errors, []);
  return schema.parse(document.toJS());
}

describe("The pipelines of docs/pipelines", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-manila-pipelines-"));
    await writeFile(join(folder, "comment.md"), COMMENT);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** Puts a command in place that the script finds first. */
  async function standIn(command: string, script: string): Promise<void> {
    await writeFile(join(folder, command), `#!/usr/bin/env bash\n${script}\n`);
    await chmod(join(folder, command), 0o755);
  }

  /** Runs a script as the forges do. */
  async function run(script: string, environment: NodeJS.ProcessEnv): Promise<void> {
    const path = `${folder}${delimiter}${process.env.PATH ?? ""}`;
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: folder,
      env: { ...environment, PATH: path },
    });
    const ended = once(child, "close");
    const errors = await text(child.stderr);
    await ended;
    assert.equal(child.exitCode, 0, errors);
  }

  describe("GitHub Actions", () => {
    const preview = parsed("github/preview.yml", githubWorkflow);

    function script(name: string): string {
      return preview.jobs.preview?.steps.find((step) => step.name === name)?.run ?? assert.fail(name);
    }

    /** What is sent with `gh` when its list of own comments has these ids. */
    async function sent(ids: string): Promise<string[]> {
      await standIn("gh", `[[ $* == *--paginate* ]] && printf '${ids}' || printf '%s\\n' "$@" > sent`);
      await run(script("Comment"), { GITHUB_REPOSITORY: "shop/infra", NUMBER: "7" });
      return (await readFile(join(folder, "sent"), "utf8")).trim().split("\n");
    }

    it("update the comment that is there", async () => {
      const args = await sent("11\\n12\\n");
      assert.ok(
        args.includes("PATCH") && args.includes("repos/shop/infra/issues/comments/11"),
        args.join(" "),
      );
      assert.ok(args.includes("body=@comment.md"));
    });

    it("make a comment where there is none", async () => {
      const args = await sent("");
      assert.ok(args.includes("POST") && args.includes("repos/shop/infra/issues/7/comments"), args.join(" "));
      assert.ok(args.includes("body=@comment.md"));
    });

    it("go on to the comment when the preview fails, and fail after it", async () => {
      await standIn("pulumi", "echo '{\"diagnostics\": []}'; exit 3");
      await run(script("Preview"), { STACK: "production", GITHUB_OUTPUT: join(folder, "output") });
      assert.equal(await readFile(join(folder, "output"), "utf8"), "status=3\n");
      assert.equal(await readFile(join(folder, "preview.json"), "utf8"), '{"diagnostics": []}\n');
      const steps = preview.jobs.preview?.steps.map(({ name }) => name) ?? [];
      assert.deepEqual(steps.slice(-4), ["Preview", "Review", "Comment", "Fail if the preview has failed"]);
    });

    it("may do no more than comment, and nothing when they deploy", () => {
      assert.deepEqual(preview.permissions, { contents: "read", "pull-requests": "write" });
      const deploy = parsed("github/deploy.yml", githubWorkflow);
      assert.deepEqual(deploy.permissions, { contents: "read" });
      assert.deepEqual(deploy.env, preview.env);
    });
  });

  describe("GitLab CI", () => {
    const [previewing = "", commenting = ""] = parsed("gitlab/.gitlab-ci.yml", gitlabPipeline).preview.script;

    /** What is sent to a forge that has pages of notes. */
    async function sent(pages: object[][]): Promise<string[]> {
      const requests: string[] = [];
      const server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? "", "http://forge");
        const page = Number(searchParams.get("page"));
        void text(request).then((body) => {
          if (request.method !== "GET") {
            requests.push(`${request.method ?? ""} ${pathname}`, new URLSearchParams(body).get("body") ?? "");
          }
          response.setHeader("X-Next-Page", page < pages.length ? page + 1 : "");
          response.end(JSON.stringify(pages[page - 1] ?? {}));
        });
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      try {
        await run(commenting, {
          CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
          CI_PROJECT_ID: "5",
          CI_MERGE_REQUEST_IID: "7",
          COMMENT_TOKEN: "glpat-test",
        });
      } finally {
        server.close();
      }
      return requests;
    }

    it("updates the note that is there, on whatever page", async () => {
      const pages = [
        [{ id: 1, body: "Looks good\nto me" }],
        [
          { id: 2, body: MARKER.slice(0, -6) },
          { id: 3, body: `${MARKER}\n\nbefore` },
        ],
      ];
      assert.deepEqual(await sent(pages), ["PUT /api/v4/projects/5/merge_requests/7/notes/3", COMMENT]);
    });

    it("makes a note where there is none", async () => {
      assert.deepEqual(await sent([[]]), ["POST /api/v4/projects/5/merge_requests/7/notes", COMMENT]);
    });

    it("goes on to the note when the preview fails", async () => {
      await standIn("pulumi", "echo preview; exit 3");
      await standIn("npx", 'echo "$@"');
      await run(`${previewing}\necho "$status" > status`, { STACK: "production" });
      assert.equal(await readFile(join(folder, "status"), "utf8"), "3\n");
      assert.equal(await readFile(join(folder, "comment.md"), "utf8"), "pulumi-manila review preview.json\n");
    });
  });

  describe("Zuul", () => {
    const configuration = parsed("zuul/zuul.yaml", zuulConfiguration);
    const jobs = configuration.flatMap(({ job }) => (job === undefined ? [] : [job]));

    it("runs playbooks that are there, in jobs that are defined", () => {
      for (const { run: playbook, parent } of jobs) {
        assert.ok(playbook === undefined || existsSync(join(PIPELINES, "zuul", playbook)), playbook);
        assert.ok(parent === undefined || jobs.some(({ name }) => name === parent), parent);
      }
      const used = configuration.flatMap(({ project }) =>
        Object.values(project ?? {}).flatMap((pipeline) => pipeline.jobs),
      );
      assert.deepEqual(used, ["pulumi-preview", "pulumi-deploy"]);
      assert.ok(used.every((name) => jobs.some((job) => job.name === name)));
    });

    it("gives the playbooks the secrets that they use", () => {
      const secrets = configuration.flatMap(({ secret }) => Object.keys(secret?.data ?? {}));
      for (const playbook of ["preview", "deploy"]) {
        const source = readFileSync(join(PIPELINES, "zuul", "playbooks", `${playbook}.yaml`), "utf8");
        const used = [...source.matchAll(/production\.(\w+)/g)].map(([, name]) => name);
        assert.deepEqual(used.sort(), secrets.sort());
      }
    });
  });
}).timeout(30_000);
