import assert from "node:assert/strict";
import { z } from "zod";
import { ApiError, ConnectionError, ReplyError } from "../../../../provider/openstack/errors";
import { PASSWORD } from "../cloudSettings";
import { failure, newClient, send, TOKEN } from "./client";
import { sendJson, startServer, stopServers } from "./server";
import type { Answer } from "./server";

afterEach(stopServers);

/** The URL of a server that always answers so. */
async function urlOf(answer: Answer): Promise<string> {
  return (await startServer(answer)).url;
}

const once = newClient({ maxRetries: 0 });

describe("HttpClient requests", () => {
  it("carry who sends them, what they take, and the body as JSON", async () => {
    const { url, requests } = await startServer((_request, reply) => {
      sendJson(reply, 200);
    });
    await send(once, `${url}/v2/groups`, {
      method: "PUT",
      body: { name: "größe" },
      query: { id: "a&b", all: "1" },
    });
    const [{ method, url: path, headers, body } = assert.fail("nothing came")] = requests;
    assert.equal(`${method} ${path}`, "PUT /v2/groups?id=a%26b&all=1");
    assert.equal(body, '{"name":"größe"}');
    assert.match(headers["user-agent"] ?? "", /^pulumi-manila\/\d+\.\d+\.\d+$/);
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers.accept, "application/json");
    assert.equal(headers["x-auth-token"], TOKEN);
  });

  it("have no body on a GET and a DELETE: Manila answers 400 to one", async () => {
    const { url, requests } = await startServer((_request, reply) => {
      sendJson(reply, 200);
    });
    await send(once, url);
    await send(once, url, { method: "DELETE" });
    for (const { body, headers } of requests) {
      assert.equal(body, "");
      assert.equal(headers["content-type"], undefined);
    }
  });

  it("go over the same connection, one after the other", async () => {
    const { url, requests, connections } = await startServer((_request, reply) => {
      sendJson(reply, 200);
    });
    for (let time = 0; time < 5; time++) {
      await send(once, url);
    }
    assert.deepEqual([requests.length, connections()], [5, 1]);
  });
});

describe("HttpClient replies", () => {
  it("give the body and the headers", async () => {
    const url = await urlOf((_request, reply) => {
      sendJson(reply, 201, { a: 1 }, { "x-subject-token": "t1" });
    });
    const request = { action: "read group g1", method: "GET", url } as const;
    const { body, headers } = await once.http.request(request, z.object({ a: z.number() }));
    assert.deepEqual(body, { a: 1 });
    assert.equal(headers.get("X-Subject-Token"), "t1");
  });

  it("may be empty", async () => {
    const url = await urlOf((_request, reply) => reply.writeHead(202).end());
    assert.equal(await send(once, url, { method: "DELETE" }), undefined);
  });

  it("may be compressed, and in pieces", async () => {
    const url = await urlOf((_request, reply) => {
      reply.writeHead(200, { "content-type": "application/json" });
      reply.write('{"name": "gr');
      setImmediate(() => reply.end('öße"}'));
    });
    assert.deepEqual(await send(once, url), { name: "größe" });
  });

  it("that are a proxy's page are told as such", async () => {
    const page: Answer = (_request, reply) =>
      reply.writeHead(502, { "content-type": "text/html" }).end("<html><title>Bad Gateway</title></html>");
    await failure(
      send(once, await urlOf(page)),
      ApiError,
      /answered 502: an HTML page \(Bad Gateway\), so this was a/,
    );
    const welcome: Answer = (_request, reply) =>
      reply.writeHead(200, { "content-type": "text/html" }).end("<p>Please log in");
    const says =
      /answered 200 \(text\/html\), but not as the API does: it is not JSON\. A proxy or another service may/;
    await failure(send(once, await urlOf(welcome)), ReplyError, says);
  });

  it("of another shape are told with what is wrong, and not with what they hold", async () => {
    const url = await urlOf((_request, reply) => {
      sendJson(reply, 200, { group: { id: 7, echo: PASSWORD } });
    });
    const request = { action: "read group g1", method: "GET", url } as const;
    const schema = z.object({ group: z.object({ id: z.string(), echo: z.number() }) });
    await failure(
      once.http.request(request, schema),
      ReplyError,
      /expected string, received number .*group\.id/,
    );
  });

  it("that redirect are not followed: the token would go elsewhere", async () => {
    const elsewhere = await startServer((_request, reply) => {
      sendJson(reply, 200);
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await urlOf((_request, reply) =>
        reply.writeHead(status, { location: `${elsewhere.url}/v2/?token=${TOKEN}` }).end(),
      );
      await failure(
        send(once, url),
        ApiError,
        new RegExp(`answered ${status}: nothing\\. It redirects to "${elsewhere.url}/v2/"`),
      );
    }
    assert.deepEqual(elsewhere.requests, []);
  });

  it("that repeat a secret do not show it", async () => {
    const url = await urlOf(({ headers }, reply) => {
      const message = `No: ${String(headers["x-auth-token"])} and ${PASSWORD}`;
      sendJson(reply, 400, { badRequest: { message } });
    });
    await failure(send(once, url), ApiError, /400 badRequest: No: \*\*\* and \*\*\*\./);
  });
});

describe("HttpClient connections", () => {
  it("that are cut before the reply are told as such", async () => {
    const url = await urlOf((_request, reply) => reply.socket?.destroy());
    await failure(
      send(once, url),
      ConnectionError,
      /the connection was cut before the whole reply .*\(socket hang up\)/,
    );
  });

  it("that are reset are told as such", async () => {
    const url = await urlOf((_request, reply) => reply.socket?.resetAndDestroy());
    await failure(
      send(once, url),
      ConnectionError,
      /the connection was cut before the whole reply .*ECONNRESET/,
    );
  });

  it("that break off in the middle of a reply are told as such", async () => {
    const url = await urlOf((_request, reply) => {
      reply.writeHead(200, { "content-length": 1_000, "content-type": "application/json" }).write('{"a":');
      setImmediate(() => reply.socket?.destroy());
    });
    await failure(send(once, url), ConnectionError, /its reply could not be read to the end/);
  });

  it("to a name that nobody knows are told as such", async () => {
    await failure(
      send(once, "http://manila.invalid/v2"),
      ConnectionError,
      /its name is not known|name service/,
    );
  });
});

describe("HttpClient debug log", () => {
  it("has one line for each request, with status, time and request id, and no secret", async () => {
    const { url } = await startServer((_request, reply, count) => {
      sendJson(reply, count === 1 ? 503 : 200, {}, { "x-compute-request-id": `req-${count}` });
    });
    const client = newClient({ debug: true });
    const query = { password: PASSWORD, echo: TOKEN };
    await send(client, `${url}/v2`, { method: "PUT", query, body: { token: TOKEN } });
    const shown = `PUT ${url}/v2?password=***&echo=***`;
    assert.deepEqual(client.lines, [`${shown}: 503 req-1 (0 ms)`, `${shown}: 200 req-2 (0 ms)`]);
  });

  it("has a line for a request without a reply, and does without a request id", async () => {
    const { url } = await startServer((_request, reply, count) => {
      if (count === 1) {
        reply.socket?.destroy();
      } else {
        sendJson(reply, 200);
      }
    });
    const client = newClient({ debug: true });
    await send(client, url);
    assert.match(
      client.lines[0] ?? "",
      /^GET http:.*: Can't read group g1: .* the connection was cut .* \(0 ms\)$/,
    );
    assert.equal(client.lines[1], `GET ${url}: 200 (0 ms)`);
    assert.equal(client.lines.length, 2);
  });

  it("is silent unless it is wanted", async () => {
    const client = newClient();
    await send(client, await urlOf((_request, reply) => reply.end("{}")));
    assert.deepEqual(client.lines, []);
  });
});
