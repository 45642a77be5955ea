import assert from "node:assert/strict";
import { ApiError, ConnectionError } from "../../../../provider/openstack/errors";
import { Authority } from "./certificates";
import { failure, newClient, send, TOKEN } from "./client";
import type { Client } from "./client";
import { startProxy } from "./proxy";
import { freePort, sendJson, startServer, stopServers } from "./server";
import type { Answer } from "./server";

const NAMES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

const answer: Answer = (_request, reply) => {
  sendJson(reply, 200, { reached: true });
};

describe("HttpClient behind a proxy", () => {
  let authority: Authority;
  let outside: NodeJS.ProcessEnv;

  before(() => {
    authority = new Authority();
  });
  after(() => {
    authority.close();
  });
  beforeEach(() => {
    outside = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
    NAMES.forEach((name) => Reflect.deleteProperty(process.env, name));
  });
  afterEach(async () => {
    NAMES.forEach((name) => Reflect.deleteProperty(process.env, name));
    const set = Object.entries(outside).filter(([, value]) => value !== undefined);
    Object.assign(process.env, Object.fromEntries(set));
    await stopServers();
  });

  const trusting = (given: object = {}): Client =>
    newClient({ tls: { ca: authority.certificate, insecure: false }, maxRetries: 0, ...given });

  it("sends HTTP through HTTP_PROXY", async () => {
    const [proxy, server] = [await startProxy(), await startServer(answer)];
    process.env.HTTP_PROXY = proxy.url;
    assert.deepEqual(await send(trusting(), `${server.url}/v2/`), { reached: true });
    assert.deepEqual(proxy.asked, [`GET ${server.url}/v2/`]);
    assert.equal(server.requests[0]?.headers["x-auth-token"], TOKEN);
  });

  it("tunnels HTTPS through HTTPS_PROXY, and checks the server's certificate", async () => {
    const proxy = await startProxy();
    const server = await startServer(answer, authority.issue("IP:127.0.0.1"));
    process.env.HTTPS_PROXY = proxy.url;
    assert.deepEqual(await send(trusting(), server.url, { method: "POST", body: {} }), { reached: true });
    assert.deepEqual(proxy.asked, [`CONNECT 127.0.0.1:${server.port}`]);
    await failure(send(newClient(), server.url), ConnectionError, /an authority that is not trusted/);
  });

  it("checks the host name through the tunnel", async () => {
    process.env.HTTPS_PROXY = (await startProxy()).url;
    const server = await startServer(answer, authority.issue("DNS:elsewhere.example"));
    await failure(send(trusting(), server.url), ConnectionError, /its certificate is for another host name/);
  });

  it("goes past the proxy to hosts in NO_PROXY", async () => {
    const proxy = await startProxy();
    process.env.HTTP_PROXY = proxy.url;
    process.env.HTTPS_PROXY = proxy.url;
    process.env.NO_PROXY = "manila.example,127.0.0.1";
    await send(trusting(), (await startServer(answer)).url);
    await send(trusting(), (await startServer(answer, authority.issue("IP:127.0.0.1"))).url);
    assert.deepEqual(proxy.asked, []);
  });

  it("says that it was the proxy that refused", async () => {
    const proxy = await startProxy(407);
    process.env.HTTP_PROXY = proxy.url;
    process.env.HTTPS_PROXY = proxy.url;
    const says =
      /answered 407: an HTML page \(Proxy\), .* The proxy wants a login: write it into HTTPS_PROXY or HTTP_PROXY/;
    await failure(send(trusting(), "http://manila.example/v2/"), ApiError, says);
    await failure(send(trusting(), "https://manila.example/v2/"), ApiError, says);
  });

  it("says so when nothing listens where the proxy should be", async () => {
    const port = await freePort();
    process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
    process.env.HTTPS_PROXY = process.env.HTTP_PROXY;
    const says = new RegExp(`nothing listens there.*127\\.0\\.0\\.1:${port}`);
    await failure(send(trusting(), "http://manila.example/v2/"), ConnectionError, says);
    await failure(send(trusting(), "https://manila.example/v2/"), ConnectionError, says);
  });

  it("gives up a proxy that does not answer", async () => {
    const silent = await startServer(() => undefined);
    process.env.HTTP_PROXY = silent.url;
    const client = trusting({ requestTimeoutMilliseconds: 50 });
    await failure(
      send(client, "http://manila.example/v2/"),
      ConnectionError,
      /no whole reply within 0\.05 s/,
    );
  });

  it("does not show the proxy's password", async () => {
    const port = await freePort();
    process.env.HTTP_PROXY = `http://me:pr0xy-secret@127.0.0.1:${port}`;
    process.env.HTTPS_PROXY = process.env.HTTP_PROXY;
    for (const url of ["http://manila.example/v2/", "https://manila.example/v2/"]) {
      const error = await failure(send(trusting(), url), ConnectionError, /nothing listens there/);
      assert.equal(
        `${error.message}${error.stack ?? ""}${JSON.stringify(error.cause)}`.includes("pr0xy"),
        false,
      );
    }
  });
});
