import { z } from "zod";
import type { Domain, User } from "./cloudSettings";
import type { SettingName } from "./table";
import { refuse, type SettingValues } from "./values";

/** The value of a setting that must be there. */
export function required(values: SettingValues, context: z.RefinementCtx, name: SettingName): string {
  const value = values[name];
  if (value === undefined) {
    refuse(context, [name], "is missing. Set it.");
    return z.NEVER;
  }
  return value;
}

/** The user to log in as; an id wins over a name, as it does for keystoneauth. */
export function userOf(values: SettingValues, context: z.RefinementCtx): User {
  if (values.userId !== undefined) {
    return { id: values.userId };
  }
  const name = required(values, context, "userName");
  return { name, domain: domainOf(values.userDomainId, values.userDomainName, values) };
}

/**
 * The domain of a user or project named without an id: its own, else the one given for both, else the default one,
 * as the openstack client and terraform-provider-openstack do.
 */
export function domainOf(id: string | undefined, name: string | undefined, values: SettingValues): Domain {
  const domain = reference(id, name) ?? reference(values.domainId, values.domainName);
  return domain ?? { id: values.defaultDomain ?? "default" };
}

/** A domain by its id, else by its name. */
export function reference(id: string | undefined, name: string | undefined): Domain | undefined {
  if (id !== undefined) {
    return { id };
  }
  return name === undefined ? undefined : { name };
}
