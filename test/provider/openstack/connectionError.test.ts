import assert from "node:assert/strict";
import { AxiosError, AxiosHeaders, CanceledError } from "axios";
import { connectionError } from "../../../provider/openstack/connectionError";
import type { ConnectionError } from "../../../provider/openstack/errors";
import { assertNoSecret } from "./cloudSettings";

const TOKEN = "t0ken-of-the-test";
const READ = { action: "read g1", method: "GET", url: "https://a" } as const;
const CREATE = { action: "create g1", method: "POST", url: "https://a" } as const;
const config = { headers: new AxiosHeaders({ "X-Auth-Token": TOKEN }) };

/** What is told of a failure with this code, as axios raises it. */
function told(code: string, reason = "reason"): ConnectionError {
  const cause = Object.assign(new Error(reason), { code });
  return connectionError(READ, AxiosError.from(cause, undefined, config), 5_000);
}

describe("connectionError", () => {
  const codes: Record<string, { says: RegExp; sent: boolean; passing: boolean }> = {
    ECONNREFUSED: { says: /nothing listens there: check address and port/, sent: false, passing: true },
    ENOTFOUND: { says: /its name is not known/, sent: false, passing: false },
    EAI_AGAIN: { says: /the name service does not answer/, sent: false, passing: true },
    CONNECT_TIMEOUT: {
      says: /it does not answer: check the address, the network/,
      sent: false,
      passing: true,
    },
    EHOSTUNREACH: { says: /there is no route to it/, sent: false, passing: true },
    ENETUNREACH: { says: /there is no route to it/, sent: false, passing: true },
    ECONNRESET: { says: /cut before the whole reply was there/, sent: true, passing: true },
    EPIPE: { says: /cut before the whole request was sent/, sent: true, passing: true },
    ETIMEDOUT: { says: /the connection went silent/, sent: true, passing: true },
    ERR_BAD_RESPONSE: { says: /its reply could not be read to the end/, sent: true, passing: true },
    CERT_HAS_EXPIRED: { says: /its certificate has expired/, sent: false, passing: false },
    CERT_NOT_YET_VALID: { says: /not valid yet: check this machine's date/, sent: false, passing: false },
    ERR_TLS_CERT_ALTNAME_INVALID: { says: /for another host name/, sent: false, passing: false },
    SELF_SIGNED_CERT_IN_CHAIN: { says: /not trusted: .* openstack:cacertFile/, sent: false, passing: false },
    EPROTO: { says: /the TLS handshake failed/, sent: false, passing: false },
    ERR_SSL_WRONG_VERSION_NUMBER: { says: /check http or https/, sent: false, passing: false },
    ESOMETHING: { says: /the connection failed with ESOMETHING/, sent: true, passing: true },
  };
  for (const [code, { says, sent, passing }] of Object.entries(codes)) {
    it(`explains ${code}, and whether the request may have arrived and may be repeated`, () => {
      const error = told(code);
      assert.match(error.message, says);
      assert.ok(error.message.startsWith("Can't read g1: GET https://a: "));
      assert.match(error.message, /\(reason\)\.$/);
      assert.deepEqual([error.sent, error.passing], [sent, passing]);
    });
  }

  it("names the limit of a request that took too long", () => {
    const error = connectionError(READ, new CanceledError(undefined, config), 5_000);
    assert.match(error.message, /no whole reply within 5 s; manila:requestTimeout sets this limit/);
    assert.deepEqual([error.sent, error.passing], [true, true]);
  });

  it("keeps the cause, but never axios' error: that holds the token", () => {
    const error = told("ECONNRESET", "read ECONNRESET");
    assert.ok(error.cause instanceof Error);
    assert.equal(error.cause.message, "read ECONNRESET");
    assertNoSecret(error, [TOKEN]);
    assertNoSecret(connectionError(READ, new CanceledError(undefined, config), 1), [TOKEN]);
  });

  it("stays on one line, whatever OpenSSL writes", () => {
    assert.equal(
      told("EPROTO", "write EPROTO:\nerror:0A00010B:SSL routines\n").message.includes("\n"),
      false,
    );
  });

  it("lets mistakes of ours through", () => {
    const mistake = new TypeError("undefined is not a function");
    assert.throws(() => connectionError(READ, mistake, 1), mistake);
  });

  it("warns that a creation may have been carried out, unless it surely was not sent", () => {
    const failure = (code: string) =>
      connectionError(CREATE, AxiosError.from(Object.assign(new Error("reason"), { code })), 5_000).message;
    assert.match(failure("ECONNRESET"), /may have been carried out all the same.*look for what it makes/);
    assert.doesNotMatch(failure("ECONNREFUSED"), /carried out/);
    assert.doesNotMatch(told("ECONNRESET").message, /carried out/);
  });
});
