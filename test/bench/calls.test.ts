import assert from "node:assert/strict";
import { countCalls, describeCalls, polls, total } from "../../bench/calls";
import type { AnsweredRequest } from "../../bench/calls";

const GROUPS = "/v2/{project_id}/consistency-groups";

function answered(kind: string, status = 200): AnsweredRequest {
  return { method: kind.split(" ")[0] ?? "", kind, status };
}

describe("The calls of a bench", () => {
  const calls = countCalls([
    answered("POST /identity/v3/auth/tokens", 201),
    answered("GET /"),
    answered("GET /v2/"),
    answered(`POST ${GROUPS}`, 202),
    answered(`PUT ${GROUPS}/{id}`),
    answered(`DELETE ${GROUPS}/{id}`, 202),
    answered(`GET ${GROUPS}/{id}`),
    answered(`GET ${GROUPS}/{id}`, 404),
    answered(`GET ${GROUPS}/{id}`, 429),
    answered(`GET ${GROUPS}/detail`),
    answered("GET /v2/{project_id}/shares/detail"),
  ]);

  it("are counted by kind, a list apart from a single group, and those refused once more", () => {
    assert.deepEqual(calls, {
      token: 1,
      POST: 1,
      PUT: 1,
      DELETE: 1,
      GET: 3,
      list: 2,
      discovery: 2,
      refused: 1,
    });
    assert.equal(total(calls), 11);
    assert.equal(polls(calls), 5);
  });

  it("are told in words, without those that were not made", () => {
    assert.equal(describeCalls(countCalls([])), "none");
    assert.equal(
      describeCalls(countCalls([answered(`POST ${GROUPS}`), answered(`GET ${GROUPS}`, 429)])),
      "1 POST, 1 list (1 refused)",
    );
  });
});
