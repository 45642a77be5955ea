import type { z } from "zod";
import { apiError } from "../../../provider/openstack/apiError";
import type { Clock } from "../../../provider/openstack/clock";
import { HttpClient } from "../../../provider/openstack/http";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import { Redaction } from "../../../provider/openstack/redaction";
import { parsedReply } from "../../../provider/openstack/reply";
import { cloudSettings } from "./cloudSettings";

/** An HTTP client that sends nothing: the test answers. */
export class FakeHttp extends HttpClient {
  /** What was asked for, oldest first. */
  readonly requests: HttpRequest[] = [];

  constructor(
    clock: Clock,
    /** Gives the reply to a request, or throws. */
    public answer: (request: HttpRequest, count: number) => HttpReply,
  ) {
    super(cloudSettings(), clock, new Redaction(), () => undefined);
  }

  override async request<Body>(
    request: HttpRequest,
    schema: z.ZodType<Body>,
  ): Promise<{ body: Body; headers: Headers }> {
    this.requests.push(request);
    const count = this.requests.length;
    await new Promise(setImmediate);
    const reply = this.answer(request, count);
    if (reply.status > 299) {
      throw apiError(request, reply, new Redaction());
    }
    return { body: parsedReply(schema, request, reply), headers: reply.headers };
  }
}

export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): HttpReply {
  return {
    status,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    text: JSON.stringify(body),
  };
}
