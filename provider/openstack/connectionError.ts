import { isAxiosError } from "axios";
import { ConnectionError } from "./errors";
import type { HttpRequest } from "./message";
import { MAY_BE_DONE, needsLooking } from "./message";

/** Connecting has taken longer than allowed. */
export class ConnectTimeout extends Error {
  readonly code = "CONNECT_TIMEOUT";

  /** `limit` is in milliseconds. */
  constructor(limit: number) {
    super(`no connection within ${limit / 1_000} s`);
  }
}

interface Failure {
  explanation: string;
  /** False only where it is certain that the server has not seen the request. */
  sent: boolean;
  /** Whether the same request may succeed a little later. */
  passing: boolean;
}

const UNREACHABLE = { sent: false, passing: true };
const REFUSED_BY_US = { sent: false, passing: false };
const CUT = { sent: true, passing: true };

const ROUTE = { explanation: "there is no route to it: check the network, or the VPN", ...UNREACHABLE };
const UNTRUSTED = {
  explanation:
    "its certificate comes from an authority that is not trusted: give that authority's certificate " +
    "as openstack:cacertFile, OS_CACERT or cacert in clouds.yaml",
  ...REFUSED_BY_US,
};
const BROKEN_TLS = {
  explanation:
    "the TLS handshake failed: check http or https in the address, and whether it wants a client certificate",
  ...REFUSED_BY_US,
};

/** What users meet, by the code that Node gives it. */
const FAILURES: Partial<Record<string, Failure>> = {
  ECONNREFUSED: {
    explanation: "nothing listens there: check address and port, and that the service runs",
    ...UNREACHABLE,
  },
  ENOTFOUND: {
    explanation: "its name is not known: check the address, and the name service",
    ...REFUSED_BY_US,
  },
  EAI_AGAIN: { explanation: "the name service does not answer", ...UNREACHABLE },
  CONNECT_TIMEOUT: {
    explanation: "it does not answer: check the address, the network and firewalls",
    ...UNREACHABLE,
  },
  EHOSTUNREACH: ROUTE,
  ENETUNREACH: ROUTE,
  ECONNRESET: { explanation: "the connection was cut before the whole reply was there", ...CUT },
  ERR_BAD_RESPONSE: { explanation: "its reply could not be read to the end", ...CUT },
  EPIPE: { explanation: "the connection was cut before the whole request was sent", ...CUT },
  ETIMEDOUT: { explanation: "the connection went silent", ...CUT },
  ERR_TLS_CERT_ALTNAME_INVALID: { explanation: "its certificate is for another host name", ...REFUSED_BY_US },
  CERT_HAS_EXPIRED: { explanation: "its certificate has expired", ...REFUSED_BY_US },
  CERT_NOT_YET_VALID: {
    explanation: "its certificate is not valid yet: check this machine's date",
    ...REFUSED_BY_US,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  EPROTO: BROKEN_TLS,
};

/** What to tell of a request without a reply. `limit` is the whole request's, in milliseconds. */
export function connectionError(request: HttpRequest, error: unknown, limit: number): ConnectionError {
  if (!isAxiosError(error)) {
    throw error;
  }
  const code = error.code ?? "";
  const { explanation, sent, passing } = explain(code, limit);
  // OpenSSL's have line ends in them.
  const reason = error.message.trim().replace(/\s+/g, " ");
  // The AxiosError itself holds the request with its token, so it is not kept as the cause.
  const { action, method, url } = request;
  const warning = sent && needsLooking(request) ? ` ${MAY_BE_DONE}` : "";
  const message = `Can't ${action}: ${method} ${url}: ${explanation} (${reason}).${warning}`;
  return new ConnectionError(message, { sent, passing, cause: error.cause });
}

function explain(code: string, limit: number): Failure {
  if (code === "ERR_CANCELED") {
    const explanation = `no whole reply within ${limit / 1_000} s; manila:requestTimeout sets this limit`;
    return { explanation, ...CUT };
  }
  if (code.startsWith("ERR_SSL_")) {
    return BROKEN_TLS;
  }
  return (
    FAILURES[code] ?? { explanation: `the connection failed with ${code}`, sent: true, passing: code !== "" }
  );
}
