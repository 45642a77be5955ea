import assert from "node:assert/strict";
import { apiError, requestId } from "../../../provider/openstack/apiError";
import type { ApiError } from "../../../provider/openstack/errors";
import type { HttpReply, HttpRequest } from "../../../provider/openstack/message";
import { Redaction } from "../../../provider/openstack/redaction";
import { jsonReply } from "./fakeHttp";

const REQUEST: HttpRequest = {
  action: "read group g1",
  method: "GET",
  url: "https://manila.example/v2/p1/groups/g1",
};
const BEGIN = "Can't read group g1: GET https://manila.example/v2/p1/groups/g1 answered";

function textReply(status: number, type: string, text: string): HttpReply {
  return { status, headers: new Headers({ "content-type": type }), text };
}

const errorOf = (reply: HttpReply, request = REQUEST, secrets: string[] = []): ApiError =>
  apiError(request, reply, new Redaction(secrets));

const message = (reply: HttpReply, request = REQUEST): string => errorOf(reply, request).message;

describe("apiError", () => {
  it("tells what failed, on what, what the server said and its request id", () => {
    const body = { itemNotFound: { code: 404, message: "Group g1 not found." } };
    const error = errorOf(jsonReply(404, body, { "x-compute-request-id": "req-7" }));
    assert.equal(error.message, `${BEGIN} 404 itemNotFound: Group g1 not found. Request id: req-7`);
    assert.deepEqual(
      [error.status, error.fault, error.serverMessage, error.requestId, error.name],
      [404, "itemNotFound", "Group g1 not found.", "req-7", "ApiError"],
    );
  });

  it("reads Keystone's errors, which name no fault", () => {
    const error = errorOf(jsonReply(401, { error: { code: 401, message: "No", title: "Unauthorized" } }));
    assert.equal(error.message, `${BEGIN} 401: No.`);
    assert.equal(error.fault, undefined);
  });

  it("reads a message that stands alone, and plain text", () => {
    assert.equal(message(jsonReply(400, { message: "Bad thing" })), `${BEGIN} 400: Bad thing.`);
    const plain = textReply(400, "text/plain", "400 Bad Request\n\nToo  bad!\n\n   ");
    assert.equal(message(plain), `${BEGIN} 400: 400 Bad Request Too bad!`);
  });

  it("says so when the server said nothing", () => {
    assert.equal(message(textReply(400, "text/plain", " \n")), `${BEGIN} 400: nothing.`);
  });

  it("shows no more than the beginning of a long text", () => {
    assert.ok(message(textReply(400, "text/plain", "x".repeat(100_000))).length < 700);
  });

  it("tells a proxy's page by its title", () => {
    const page = textReply(502, "text/html; charset=utf-8", "<html><title> Bad Gateway </title><body>…");
    assert.match(
      message(page),
      /502: an HTML page \(Bad Gateway\), so this was a proxy or another service, not the API/,
    );
    assert.match(message(textReply(502, "text/html", "<p>")), /an HTML page \(without a title\)/);
  });

  it("shows JSON of any other shape as it is", () => {
    for (const body of [[], 7, "text", null, { error: "no" }, { badRequest: { message: 7 } }]) {
      assert.ok(message(jsonReply(400, body)).startsWith(`${BEGIN} 400: ${JSON.stringify(body)}`));
    }
  });

  it("prefers the caller's advice to the general one", () => {
    const advise = (status: number, said: string): string => `Advice for ${status} ${said}`;
    const reply = jsonReply(403, { forbidden: { message: "No." } });
    assert.equal(message(reply, { ...REQUEST, advise }), `${BEGIN} 403 forbidden: No. Advice for 403 No.`);
    assert.match(message(reply, { ...REQUEST, advise: () => undefined }), /The user lacks a role/);
  });

  it("says where a redirect leads, and that it is not followed", () => {
    const headers = new Headers({ location: "https://elsewhere.example/v2/" });
    assert.match(
      message({ status: 302, headers, text: "" }),
      /answered 302: nothing\. It redirects to "https:\/\/elsewhere\.example\/v2\/", which is not followed/,
    );
  });
});

describe("apiError with a secret in the reply", () => {
  const secret = 'pä/ß "w"';
  const escaped = '{"badRequest": {"message": "No: p\\u00e4\\/\\u00DF \\"w\\""}}';
  const replies: Record<string, HttpReply> = {
    "as it is": textReply(400, "text/plain", `No: ${secret}`),
    "in JSON": jsonReply(400, { badRequest: { message: `No: ${secret}` } }),
    "in JSON that escapes more than it must": textReply(400, "application/json", escaped),
    "in a URL": textReply(400, "text/plain", `No: ${encodeURIComponent(secret)}`),
    "where the text is cut": textReply(400, "text/plain", `${" ".repeat(3)}${"x".repeat(495)}${secret}`),
    "in the title of a page": textReply(400, "text/html", `<title>${secret}</title>`),
  };
  for (const [where, reply] of Object.entries(replies)) {
    it(`masks it ${where}`, () => {
      const error = errorOf(reply, REQUEST, [secret]);
      assert.match(error.message, /\*\*\*/);
      assert.equal(/p(ä|%C3)/.test(error.message + error.serverMessage), false);
    });
  }
});

describe("requestId", () => {
  it("is read from the header of newer and of older releases", () => {
    assert.equal(requestId(new Headers({ "x-openstack-request-id": "new" })), "new");
    assert.equal(requestId(new Headers({ "x-compute-request-id": "old" })), "old");
    assert.equal(requestId(new Headers()), undefined);
  });
});
