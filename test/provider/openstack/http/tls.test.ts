import assert from "node:assert/strict";
import { ConnectionError } from "../../../../provider/openstack/errors";
import { Authority } from "./certificates";
import type { Certificate } from "./certificates";
import { failure, newClient, send } from "./client";
import { sendJson, startServer, stopServers } from "./server";
import type { Answer } from "./server";

const answer: Answer = (_request, reply) => {
  sendJson(reply, 200, { safe: true });
};

describe("HttpClient over TLS", () => {
  let authority: Authority;
  let own: Certificate;

  before(() => {
    authority = new Authority();
    own = authority.issue("IP:127.0.0.1");
  });
  after(() => {
    authority.close();
  });
  afterEach(stopServers);

  /** What is said of a server with this certificate, by a client that trusts the authority, after a single attempt. */
  async function refusal(certificate: Certificate, says: RegExp, trusted = true): Promise<void> {
    const { url, requests } = await startServer(answer, certificate);
    const client = newClient({ tls: { ca: trusted ? authority.certificate : undefined, insecure: false } });
    const error = await failure(send(client, url, { method: "POST" }), ConnectionError, says);
    assert.deepEqual([error.sent, error.passing], [false, false]);
    assert.deepEqual(client.clock.pauses, []);
    assert.deepEqual(requests, []);
  }

  it("trusts a private authority whose certificate is given", async () => {
    const { url } = await startServer(answer, own);
    const client = newClient({ tls: { ca: authority.certificate, insecure: false } });
    assert.deepEqual(await send(client, url), { safe: true });
  });

  it("uses a connection again", async () => {
    const { url, connections } = await startServer(answer, own);
    const client = newClient({ tls: { ca: authority.certificate, insecure: false } });
    await send(client, url);
    await send(client, url);
    assert.equal(connections(), 1);
  });

  it("refuses a private authority that it does not know, and says how to give it", async () => {
    await refusal(
      own,
      /comes from an authority that is not trusted: give that .* as openstack:cacertFile, OS_CACERT/,
      false,
    );
  });

  it("refuses a certificate for another host", async () => {
    const other = authority.issue("DNS:elsewhere.example");
    await refusal(other, /its certificate is for another host name .*127\.0\.0\.1/);
  });

  it("refuses a certificate that has expired", async () => {
    await refusal(authority.issue("IP:127.0.0.1", -1), /its certificate has expired/);
  });

  it("does not check certificates when told so", async () => {
    const { url } = await startServer(answer, authority.issue("DNS:elsewhere.example", -1));
    assert.deepEqual(await send(newClient({ tls: { insecure: true } }), url), { safe: true });
  });

  it("shows a certificate of its own where one is wanted", async () => {
    const wanting = { ...own, ca: authority.certificate, requestCert: true, rejectUnauthorized: true };
    const { url } = await startServer(answer, wanting);
    const client = authority.issue("DNS:member.example");
    const tls = { ca: authority.certificate, ...client, insecure: false };
    assert.deepEqual(await send(newClient({ tls }), url), { safe: true });
  });

  it("says that one is wanted when it has none", async () => {
    const wanting = { ...own, ca: authority.certificate, requestCert: true, rejectUnauthorized: true };
    const { url, requests } = await startServer(answer, wanting);
    const client = newClient({ tls: { ca: authority.certificate, insecure: false }, maxRetries: 0 });
    await failure(send(client, url), ConnectionError, /whether it wants a client certificate/);
    assert.deepEqual(requests, []);
  });

  it("says that a server speaks HTTP without TLS", async () => {
    const { port } = await startServer(answer);
    const work = send(newClient(), `https://127.0.0.1:${port}`);
    await failure(work, ConnectionError, /the TLS handshake failed: check http or https in the address/);
  });

  it("says that the connection was cut by a server that speaks TLS to HTTP", async () => {
    const { port } = await startServer(answer, own);
    const work = send(newClient({ maxRetries: 0 }), `http://127.0.0.1:${port}`);
    await failure(work, ConnectionError, /the connection was cut/);
  });
});
