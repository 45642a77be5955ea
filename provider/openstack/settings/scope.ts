import type { z } from "zod";
import type { Scope } from "./cloudSettings";
import { domainOf, reference } from "./identity";
import type { SettingName } from "./table";
import { booleanText, refuse, type SettingValues } from "./values";

/**
 * What to log in to with a password or a token: the one thing that is set, else what Keystone decides.
 * A domain beside a project is not a scope, but where user and project are.
 */
export function scopeOf(values: SettingValues, context: z.RefinementCtx): Scope {
  const wishes = scopeWishes(values, context);
  if (wishes.length > 1) {
    refuse(
      context,
      wishes.map(({ name }) => name),
      "are different things to log in to. Leave only one.",
    );
  }
  return wishes[0]?.scope ?? { kind: "none" };
}

/** An application credential brings its own project: one that is set beside it says nothing, the rest contradicts. */
export function applicationCredentialScope(values: SettingValues, context: z.RefinementCtx): Scope {
  for (const { name, scope } of scopeWishes(values, context)) {
    if (scope.kind === "trust" || scope.kind === "system") {
      refuse(
        context,
        [name],
        "cannot go with an application credential, which brings its own project. Remove it.",
      );
    }
  }
  return { kind: "none" };
}

interface Wish {
  readonly name: SettingName;
  readonly scope: Scope;
}

function scopeWishes(values: SettingValues, context: z.RefinementCtx): readonly Wish[] {
  const project = projectWish(values);
  const domain = project === undefined ? domainWish(values) : undefined;
  const trust: Wish | undefined =
    values.trustId === undefined
      ? undefined
      : { name: "trustId", scope: { kind: "trust", id: values.trustId } };
  return [project, domain, trust, systemWish(values, context)].filter((wish) => wish !== undefined);
}

function projectWish(values: SettingValues): Wish | undefined {
  const { tenantId: id, tenantName: name } = values;
  if (id !== undefined) {
    return { name: "tenantId", scope: { kind: "project", id } };
  }
  if (name === undefined) {
    return undefined;
  }
  const domain = domainOf(values.projectDomainId, values.projectDomainName, values);
  return { name: "tenantName", scope: { kind: "project", name, domain } };
}

function domainWish(values: SettingValues): Wish | undefined {
  const domain = reference(values.domainId, values.domainName);
  return domain && { name: "id" in domain ? "domainId" : "domainName", scope: { kind: "domain", domain } };
}

function systemWish(values: SettingValues, context: z.RefinementCtx): Wish | undefined {
  const { systemScope = "false" } = values;
  if (systemScope === "all") {
    return { name: "systemScope", scope: { kind: "system" } };
  }
  const flag = booleanText.safeParse(systemScope);
  if (!flag.success) {
    refuse(context, ["systemScope"], `is ${JSON.stringify(systemScope)}, must be true, false or all.`);
  }
  return flag.data ? { name: "systemScope", scope: { kind: "system" } } : undefined;
}
