import assert from "node:assert/strict";
import { ApiError, ConnectionError } from "../../../../provider/openstack/errors";
import { failure, newClient, send } from "./client";
import { freePort, sendJson, startServer, stopServers } from "./server";
import type { Answer } from "./server";

afterEach(stopServers);

/** Fails the first times in a way of its own, and answers well then. */
function failing(times: number, fail: Answer): Answer {
  return (request, reply, count) => {
    if (count <= times) {
      fail(request, reply, count);
    } else {
      sendJson(reply, 200, { count });
    }
  };
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, reply) => {
    sendJson(reply, code, {}, headers);
  };

const cut: Answer = (_request, reply) => reply.socket?.destroy();

const METHODS = ["GET", "PUT", "DELETE"] as const;

describe("HttpClient repeats", () => {
  for (const method of METHODS) {
    for (const code of [408, 429, 502, 503, 504]) {
      it(`a ${method} after a ${code}`, async () => {
        const { url, requests } = await startServer(failing(2, status(code)));
        assert.deepEqual(await send(newClient(), url, { method }), { count: 3 });
        assert.equal(requests.length, 3);
      });
    }

    it(`a ${method} after a connection that was cut`, async () => {
      const { url, requests } = await startServer(failing(1, cut));
      await send(newClient(), url, { method });
      assert.equal(requests.length, 2);
    });
  }

  it("a GET after a 500, with which Manila may answer one that meets a deletion", async () => {
    const { url, requests } = await startServer(failing(2, status(500)));
    assert.deepEqual(await send(newClient(), url), { count: 3 });
    assert.equal(requests.length, 3);
  });

  it("a GET after a reply that broke off", async () => {
    const breakOff: Answer = (_request, reply) => {
      reply.writeHead(200, { "content-length": 100 }).write("{");
      setImmediate(() => reply.socket?.destroy());
    };
    const { url } = await startServer(failing(1, breakOff));
    assert.deepEqual(await send(newClient(), url), { count: 2 });
  });

  it("as often as is set, and then gives the last answer", async () => {
    const { url, requests } = await startServer(status(503));
    for (const maxRetries of [0, 1, 3]) {
      requests.length = 0;
      await failure(send(newClient({ maxRetries }), url), ApiError, /answered 503/);
      assert.equal(requests.length, maxRetries + 1);
    }
  });

  it("later each time, and not at a fixed moment", async () => {
    const { url } = await startServer(status(503));
    const all: number[][] = [];
    for (let run = 0; run < 5; run++) {
      const client = newClient({ maxRetries: 8 });
      await failure(send(client, url), ApiError, /503/);
      all.push(client.clock.pauses);
    }
    for (const pauses of all) {
      pauses.forEach((pause, index) => {
        const longest = Math.min(500 * 2 ** index, 30_000);
        assert.ok(pause >= longest / 2 && pause <= longest, `${pause} after ${index} repeats`);
      });
    }
    assert.equal(new Set(all.map(([first]) => first)).size, 5);
  });
});

describe("HttpClient does not repeat", () => {
  for (const code of [400, 401, 403, 404, 409, 413, 501]) {
    it(`after a ${code}`, async () => {
      const { url, requests } = await startServer(status(code));
      await failure(send(newClient(), url), ApiError, new RegExp(`answered ${code}`));
      assert.equal(requests.length, 1);
    });
  }

  for (const method of ["POST", "PUT", "DELETE"] as const) {
    it(`a ${method} after a 500: what the server has failed at, it would fail at again`, async () => {
      const { url, requests } = await startServer(status(500));
      await failure(send(newClient(), url, { method }), ApiError, /answered 500/);
      assert.equal(requests.length, 1);
    });
  }

  for (const code of [408, 502, 503, 504]) {
    it(`a POST after a ${code}: it may have been carried out`, async () => {
      const { url, requests } = await startServer(status(code));
      await failure(send(newClient(), url, { method: "POST" }), ApiError, new RegExp(`answered ${code}`));
      assert.equal(requests.length, 1);
    });
  }

  it("a POST after a connection that was cut", async () => {
    const { url, requests } = await startServer(cut);
    const work = send(newClient(), url, { method: "POST", body: {} });
    await failure(work, ConnectionError, /cut before the whole reply was there/);
    assert.equal(requests.length, 1);
  });

  it("a POST after a reply that took too long", async () => {
    const { url, requests } = await startServer(() => undefined);
    const client = newClient({ requestTimeoutMilliseconds: 50 });
    await failure(
      send(client, url, { method: "POST", body: {} }),
      ConnectionError,
      /no whole reply within 0\.05 s/,
    );
    assert.equal(requests.length, 1);
  });
});

describe("HttpClient repeats a POST", () => {
  it("after a 429, which says that it was not carried out", async () => {
    const { url, requests } = await startServer(failing(2, status(429)));
    await send(newClient(), url, { method: "POST", body: { name: "database" } });
    assert.deepEqual(new Set(requests.map(({ body }) => body)), new Set(['{"name":"database"}']));
    assert.equal(requests.length, 3);
  });

  it("after a connection that was refused", async () => {
    const client = newClient();
    const work = send(client, `http://127.0.0.1:${await freePort()}`, { method: "POST" });
    await failure(work, ConnectionError, /nothing listens there: check address and port/);
    assert.equal(client.clock.pauses.length, 3);
  });

  it("after anything that passes, if the caller says that twice does no harm", async () => {
    const { url, requests } = await startServer(failing(1, cut));
    await send(newClient(), url, { method: "POST", repeatable: true });
    assert.equal(requests.length, 2);
  });
});

describe("HttpClient and Retry-After", () => {
  it("waits for as many seconds as it says", async () => {
    const { url } = await startServer(failing(1, status(503, { "retry-after": "17" })));
    const client = newClient();
    await send(client, url);
    assert.deepEqual(client.clock.pauses, [17_000]);
  });

  it("gives every request its turn, however often it is put off", async () => {
    const { url, requests } = await startServer(failing(20, status(429, { "retry-after": "1" })));
    const client = newClient({ maxRetries: 1 });
    await send(client, url, { method: "POST" });
    assert.equal(requests.length, 21);
  });

  it("loses patience with a limit after ten minutes, and does not wait at all if told so", async () => {
    const { url, requests } = await startServer(status(429, { "retry-after": "60" }));
    await failure(send(newClient(), url), ApiError, /answered 429/);
    assert.ok(requests.length > 5 && requests.length < 20, String(requests.length));
    requests.length = 0;
    await failure(send(newClient({ maxRetries: 0 }), url), ApiError, /answered 429/);
    assert.equal(requests.length, 1);
  });

  it("waits until the date that it says", async () => {
    const date = new Date(Date.now() + 120_000).toUTCString();
    const { url } = await startServer(failing(1, status(429, { "retry-after": date })));
    const client = newClient();
    await send(client, url);
    const [pause = 0] = client.clock.pauses;
    assert.ok(pause > 60_000 && pause <= 120_000, String(pause));
  });

  it("waits at least as long as without it, for a date that is over or no date at all", async () => {
    for (const value of ["Thu, 01 Jan 1970 00:00:00 GMT", "soon", "0", "-5"]) {
      const { url } = await startServer(failing(1, status(503, { "retry-after": value })));
      const client = newClient();
      await send(client, url);
      const [pause = 0] = client.clock.pauses;
      assert.ok(pause >= 250 && pause <= 500, `${pause} after ${value}`);
    }
  });

  it("does not wait for hours, but tells for how long it was asked to", async () => {
    const { url, requests } = await startServer(status(503, { "retry-after": "86400" }));
    await failure(send(newClient(), url), ApiError, /It asks to be called again after 86400 s\./);
    assert.equal(requests.length, 1);
  });

  it("takes a 413 with a time to wait for a limit on requests, on a POST too", async () => {
    const { url, requests } = await startServer(failing(1, status(413, { "retry-after": "2" })));
    const client = newClient();
    await send(client, url, { method: "POST" });
    assert.deepEqual(client.clock.pauses, [2_000]);
    assert.equal(requests.length, 2);
  });

  it("takes a 413 with none, or with 0, for a quota", async () => {
    const quotas: Record<string, string>[] = [{}, { "retry-after": "0" }];
    for (const headers of quotas) {
      const { url, requests } = await startServer(status(413, headers));
      await failure(
        send(newClient(), url),
        ApiError,
        /answered 413: .* A quota or the size of the request is used up/,
      );
      assert.equal(requests.length, 1);
    }
  });
});
