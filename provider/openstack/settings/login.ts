import { z } from "zod";
import type { Auth, Scope } from "./cloudSettings";
import { required, userOf } from "./identity";
import { applicationCredentialScope, scopeOf } from "./scope";
import type { SettingName } from "./table";
import { refuse, settingValues, type SettingValues } from "./values";

type Method = Auth["method"];

interface Login {
  readonly auth: Auth;
  readonly scope: Scope;
}

/** keystoneauth's names, and the only ones of its many that are spoken here. */
const methods = new Map<string, Method>([
  ["password", "password"],
  ["v3password", "password"],
  ["token", "token"],
  ["v3token", "token"],
  ["v3applicationcredential", "applicationCredential"],
]);

/** The settings that show which method is meant, the one that must be there first. */
const signs: readonly { readonly method: Method; readonly names: readonly SettingName[] }[] = [
  { method: "password", names: ["password"] },
  { method: "token", names: ["token"] },
  {
    method: "applicationCredential",
    names: ["applicationCredentialSecret", "applicationCredentialId", "applicationCredentialName"],
  },
];

/** Whom to log in as, and what to log in to. */
export const loginSchema = settingValues.transform((values, context): Login => {
  switch (methodOf(values, context)) {
    case "password":
      return { auth: passwordAuth(values, context), scope: scopeOf(values, context) };
    case "token": {
      const token = required(values, context, "token");
      return { auth: { method: "token", token }, scope: scopeOf(values, context) };
    }
    case "applicationCredential": {
      const auth = applicationCredentialAuth(values, context);
      return { auth, scope: applicationCredentialScope(values, context) };
    }
    case undefined:
      scopeOf(values, context);
      return z.NEVER;
  }
});

function methodOf(values: SettingValues, context: z.RefinementCtx): Method | undefined {
  if (values.authType !== undefined) {
    return explicitMethod(values.authType, context);
  }
  const found = signs.flatMap(({ method, names }) => {
    const set = names.find((name) => values[name] !== undefined);
    return set === undefined ? [] : [{ method, set }];
  });
  if (found.length > 1) {
    const sets = found.map(({ set }) => set);
    refuse(
      context,
      sets,
      "are different ways to log in. Leave only one, or choose by auth_type (OS_AUTH_TYPE).",
    );
    return undefined;
  }
  // Without any credential, the password is what is missing.
  return found[0]?.method ?? "password";
}

function explicitMethod(authType: string, context: z.RefinementCtx): Method | undefined {
  const method = methods.get(authType);
  if (method === undefined) {
    const supported = [...methods.keys()].join(", ");
    refuse(
      context,
      ["authType"],
      `is ${JSON.stringify(authType)}, which is not supported. Use one of ${supported}.`,
    );
  }
  return method;
}

function passwordAuth(values: SettingValues, context: z.RefinementCtx): Auth {
  const user = userOf(values, context);
  return { method: "password", user, password: required(values, context, "password") };
}

function applicationCredentialAuth(values: SettingValues, context: z.RefinementCtx): Auth {
  const secret = required(values, context, "applicationCredentialSecret");
  const { applicationCredentialId: id, applicationCredentialName: name } = values;
  if (id !== undefined) {
    return { method: "applicationCredential", id, secret };
  }
  if (name !== undefined) {
    return { method: "applicationCredential", name, user: userOf(values, context), secret };
  }
  return {
    method: "applicationCredential",
    id: required(values, context, "applicationCredentialId"),
    secret,
  };
}
