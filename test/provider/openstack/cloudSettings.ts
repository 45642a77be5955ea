import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { CloudSettings } from "../../../provider/openstack/settings";

/** Secret in all tests here, so that each can tell whether it shows. */
export const PASSWORD = 'pass/wörd "quoted" & +1';

/** A password login, but for what the test says. */
export function cloudSettings(given: Partial<CloudSettings> = {}): CloudSettings {
  return {
    authUrl: "https://keystone.example/v3",
    auth: {
      method: "password",
      user: { name: "member", domain: { id: "default" } },
      password: PASSWORD,
    },
    scope: { kind: "project", name: "demo", domain: { id: "default" } },
    interface: "public",
    tls: { insecure: false },
    debug: false,
    requestTimeoutMilliseconds: 5_000,
    connectTimeoutMilliseconds: 2_000,
    maxRetries: 3,
    maxRequestsInFlight: 8,
    listFreshnessMilliseconds: 5_000,
    ...given,
  };
}

/** No secret may be in an error's message or stack, nor in anything that its chain of causes holds. */
export function assertNoSecret(error: unknown, secrets: readonly string[]): void {
  for (let link: unknown = error; link instanceof Error; link = link.cause) {
    assert.equal(
      "config" in link || "request" in link || "response" in link,
      false,
      `${link.name} holds a request`,
    );
    const shown = [link.message, link.stack ?? "", inspect(link, { depth: 8, showHidden: true })].join("\n");
    for (const secret of secrets) {
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
        assert.equal(shown.includes(form), false, `${form} shows in ${shown}`);
      }
    }
  }
}
