import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import net from "node:net";
import { ConnectionError } from "../../../../provider/openstack/errors";
import { failure, newClient, send } from "./client";
import { listen, sendJson, startServer, stopServers } from "./server";
import type { Answer } from "./server";

afterEach(stopServers);

describe("HttpClient limits", () => {
  it("never has more requests under way than is set", async () => {
    for (const maxRequestsInFlight of [1, 4]) {
      const waiting: ServerResponse[] = [];
      const whenFull: Answer = (_request, reply) => {
        if (waiting.push(reply) === maxRequestsInFlight) {
          setImmediate(() => {
            waiting.splice(0).forEach((each) => {
              sendJson(each, 200);
            });
          });
        }
      };
      const server = await startServer(whenFull);
      const client = newClient({ maxRequestsInFlight });
      await Promise.all(Array.from({ length: 60 }, () => send(client, server.url)));
      assert.equal(server.most(), maxRequestsInFlight);
      assert.equal(server.requests.length, 60);
      assert.ok(server.connections() <= maxRequestsInFlight);
    }
  });

  it("lets others go on while a request waits to be repeated", async () => {
    const server = await startServer((request, reply, count) => {
      sendJson(reply, request.url === "/slow" && count === 1 ? 503 : 200);
    });
    const client = newClient({ maxRequestsInFlight: 1 });
    let wake: () => void = () => undefined;
    client.clock.sleep = () => new Promise((resolve) => (wake = resolve));
    const slow = send(client, `${server.url}/slow`);
    await send(client, `${server.url}/quick`);
    wake();
    await slow;
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ["/slow", "/quick", "/slow"],
    );
  });

  it("gives up a server that hangs", async () => {
    const { url, requests } = await startServer(() => undefined);
    const client = newClient({ requestTimeoutMilliseconds: 50, maxRetries: 1 });
    await failure(
      send(client, url),
      ConnectionError,
      /no whole reply within 0\.05 s; manila:requestTimeout sets/,
    );
    assert.equal(requests.length, 2);
  });

  it("gives up a server that sends a byte now and then", async () => {
    const trickle: Answer = (_request, reply) => {
      reply.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => reply.write(" "), 10);
      reply.once("close", () => {
        clearInterval(timer);
      });
    };
    const { url } = await startServer(trickle);
    const client = newClient({ requestTimeoutMilliseconds: 100, maxRetries: 0 });
    await failure(send(client, url), ConnectionError, /no whole reply within 0\.1 s/);
  });

  it("gives up a server that does not finish connecting, and sends a POST again: it had not seen it", async () => {
    const { port, connections } = await listen(net.createServer());
    const client = newClient({ connectTimeoutMilliseconds: 50, maxRetries: 2 });
    const work = send(client, `https://127.0.0.1:${port}`, { method: "POST" });
    await failure(
      work,
      ConnectionError,
      /it does not answer: check the address.* \(no connection within 0\.05 s\)/,
    );
    assert.equal(connections(), 3);
  });

  it("does not take a slow reply for a slow connection", async () => {
    const late: Answer = (_request, reply) =>
      setTimeout(() => {
        sendJson(reply, 200, { late: true });
      }, 150);
    const { url } = await startServer(late);
    assert.deepEqual(await send(newClient({ connectTimeoutMilliseconds: 50 }), url), { late: true });
  });
});
