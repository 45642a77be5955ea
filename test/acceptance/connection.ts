import { systemClock } from "../../provider/openstack/clock";
import { HttpClient } from "../../provider/openstack/http";
import { Keystone } from "../../provider/openstack/keystone";
import type { Token } from "../../provider/openstack/keystone";
import { Redaction } from "../../provider/openstack/redaction";
import { resolveSettings, secretValues } from "../../provider/openstack/settings";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import type { Outside } from "../provider/openstack/settings/fakeSources";
import type { Account } from "./cloud";

/** Logs in with these settings and nothing else, as the provider does. */
export async function logIn(outside: Outside): Promise<Token> {
  const settings = resolveSettings(fakeSources(outside));
  const redaction = new Redaction(secretValues(settings));
  const http = new HttpClient(settings, systemClock, redaction, () => undefined);
  return await new Keystone(settings, http, systemClock, redaction).token();
}

/** Stack configuration for a user by id, with a password, and without a scope. */
export function passwordOf(authUrl: string, { userId, password }: Account): Record<string, string> {
  return { "openstack:authUrl": authUrl, "openstack:userId": userId, "openstack:password": password };
}

/** Stack configuration for a user and its project by ids, with a password. */
export function projectOf(authUrl: string, account: Account): Record<string, string> {
  return { ...passwordOf(authUrl, account), "openstack:tenantId": account.projectId };
}
