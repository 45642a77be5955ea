import http from "node:http";
import https from "node:https";
import axios from "axios";
import type { AxiosInstance } from "axios";
import type { z } from "zod";
import { apiError, requestId } from "./apiError";
import type { Clock } from "./clock";
import { connectionError, ConnectTimeout } from "./connectionError";
import { ConnectionError, PASSING_STATUSES } from "./errors";
import { packageVersion } from "./packageVersion";
import type { Redaction } from "./redaction";
import { isRepeatable } from "./message";
import type { HttpReply, HttpRequest } from "./message";
import { parsedReply } from "./reply";
import type { CloudSettings } from "./settings/cloudSettings";
import { Throttle } from "./throttle";
import type { Strain } from "./throttle";

const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
/** A server that asks for more is not waited for, lest a deployment stands still for hours without a word. */
const LONGEST_WAIT_ASKED = 120_000;
/** How long requests wait for their turn where the API limits how often it may be called. */
const PATIENCE = 600_000;
const LARGEST_REPLY = 64 * 1024 * 1024;

/**
 * Sends requests to one cloud: within its limits, again after passing failures, and each in one line of the debug
 * log.
 */
export class HttpClient {
  private readonly axios: AxiosInstance;
  private readonly throttle: Throttle;

  constructor(
    private readonly settings: CloudSettings,
    private readonly clock: Clock,
    private readonly redaction: Redaction,
    private readonly log: (line: string) => void,
  ) {
    const { ca, cert, key, insecure } = settings.tls;
    this.throttle = new Throttle(settings.maxRequestsInFlight, clock);
    this.axios = axios.create({
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new https.Agent({ keepAlive: true, ca, cert, key, rejectUnauthorized: !insecure }),
      // It follows no redirect either, which would carry the token to wherever it points.
      transport: { request: connectingWithin(settings.connectTimeoutMilliseconds) },
      headers: { "User-Agent": `pulumi-manila/${packageVersion()}`, Accept: "application/json" },
      maxContentLength: LARGEST_REPLY,
      responseType: "text",
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
    });
  }

  /**
   * The body and the headers of a successful reply. Throws an `ApiError` for any other one, a `ReplyError` if the
   * body is not what the schema says, a `ConnectionError` if there is no reply.
   */
  async request<Body>(
    request: HttpRequest,
    schema: z.ZodType<Body>,
  ): Promise<{ body: Body; headers: Headers }> {
    const reply = await this.send(request);
    if (reply.status < 200 || reply.status > 299) {
      throw apiError(request, reply, this.redaction);
    }
    return { body: parsedReply(schema, request, reply), headers: reply.headers };
  }

  /** The reply, whatever its status. */
  private async send(request: HttpRequest): Promise<HttpReply> {
    const patienceEnds = this.clock.now() + PATIENCE;
    for (let repeats = 0; ;) {
      const outcome = await this.throttle.run(() => this.attempt(request), strainOf);
      const isLimited = !(outcome instanceof ConnectionError) && limits(outcome);
      // A limit on requests is no failure: there is a turn for each, however many have to wait for theirs.
      const isOver = isLimited
        ? this.settings.maxRetries === 0 || this.clock.now() >= patienceEnds
        : repeats >= this.settings.maxRetries;
      if (isOver || !mayRepeat(request, outcome)) {
        if (outcome instanceof ConnectionError) {
          throw outcome;
        }
        return outcome;
      }
      if (!isLimited) {
        await this.clock.sleep(pauseAfter(outcome, repeats++));
      }
    }
  }

  private async attempt(request: HttpRequest): Promise<HttpReply | ConnectionError> {
    const started = this.clock.now();
    const outcome = await this.exchange(request);
    if (this.settings.debug) {
      const what = outcome instanceof ConnectionError ? outcome.message : replyLine(outcome);
      const milliseconds = Math.round(this.clock.now() - started);
      this.log(this.redaction.apply(`${request.method} ${urlOf(request)}: ${what} (${milliseconds} ms)`));
    }
    return outcome;
  }

  private async exchange(request: HttpRequest): Promise<HttpReply | ConnectionError> {
    const { method, url, headers, query, body } = request;
    const limit = this.settings.requestTimeoutMilliseconds;
    try {
      const reply = await this.axios.request<string>({
        method,
        url,
        headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
        params: query,
        data: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(limit),
      });
      return { status: reply.status, headers: headersOf(reply.headers), text: reply.data };
    } catch (error) {
      return connectionError(request, error, limit);
    }
  }
}

/** A failure passes, or the server says so; and a request that may have been carried out is not sent twice. */
function mayRepeat(request: HttpRequest, outcome: HttpReply | ConnectionError): boolean {
  const repeatable = isRepeatable(request);
  if (outcome instanceof ConnectionError) {
    return outcome.passing && (repeatable || !outcome.sent);
  }
  if (retryAfter(outcome) > LONGEST_WAIT_ASKED) {
    return false;
  }
  // A read that meets a deletion may make Manila fail, and the next one finds nothing.
  const mayMeetDeletion = request.method === "GET" && outcome.status === 500;
  return limits(outcome) || mayMeetDeletion || (repeatable && PASSING_STATUSES.has(outcome.status));
}

/**
 * Whether the API limits how often it may be called: then a request was not carried out. 413 that names a time to wait is an
 * older way to say so; with `Retry-After: 0` it is a quota, and waiting is no help.
 */
function limits(reply: HttpReply): boolean {
  return reply.status === 429 || (reply.status === 413 && retryAfter(reply) > 0);
}

/** What a limit, or a server that is too busy, says holds for all requests. */
function strainOf(outcome: HttpReply | ConnectionError): Strain {
  if (outcome instanceof ConnectionError) {
    return { overloaded: outcome.sent, limited: false, pause: 0 };
  }
  const limited = limits(outcome);
  const overloaded = limited || outcome.status === 503;
  const asked = retryAfter(outcome);
  const pause = limited && asked === 0 ? backoff(0) : asked;
  return { overloaded, limited, pause: overloaded && asked <= LONGEST_WAIT_ASKED ? pause : 0 };
}

/** Milliseconds to wait: what the server asks for, and no less than a backoff. */
function pauseAfter(outcome: HttpReply | ConnectionError, repeats: number): number {
  const asked = outcome instanceof ConnectionError ? 0 : retryAfter(outcome);
  return Math.max(asked, backoff(repeats));
}

/** Longer each time, and not for all clients the same. */
function backoff(repeats: number): number {
  return Math.min(FIRST_BACKOFF * 2 ** repeats, LONGEST_BACKOFF) * (0.5 + Math.random() / 2);
}

/** `Retry-After` in milliseconds, which is a number of seconds or a date; 0 where there is none. */
function retryAfter({ headers }: HttpReply): number {
  const value = headers.get("Retry-After") ?? "";
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return seconds > 0 ? seconds * 1_000 : 0;
}

/** Node has no limit for connecting alone, and a host that drops packets would use up the whole request's. */
function connectingWithin(limit: number) {
  return (
    options: https.RequestOptions,
    callback: (reply: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    const secure = options.protocol === "https:";
    const request = (secure ? https : http).request(options, callback);
    const timer = setTimeout(() => request.destroy(new ConnectTimeout(limit)), limit);
    const stop = (): void => {
      clearTimeout(timer);
    };
    request.once("close", stop).once("socket", (socket) => {
      if (socket.connecting) {
        socket.once(secure ? "secureConnect" : "connect", stop);
      } else {
        stop();
      }
    });
    return request;
  };
}

function headersOf(headers: object): Headers {
  return new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));
}

function urlOf({ url, query }: HttpRequest): string {
  return query === undefined ? url : `${url}?${new URLSearchParams(query).toString()}`;
}

function replyLine({ status, headers }: HttpReply): string {
  const id = requestId(headers);
  return id === undefined ? String(status) : `${status} ${id}`;
}
