import type { z } from "zod";
import type { Tls } from "./cloudSettings";
import { absolutePath } from "./configFile";
import type { SettingsSources } from "./sources";
import { booleanText, refuse, settingValues, type SettingValues } from "./values";

/** How connections are secured, the certificates read from their files. */
export const tlsSchema = (sources: SettingsSources): z.ZodType<Tls, SettingValues> =>
  settingValues.transform((values, context): Tls => {
    const insecure = flag(values, context, "insecure");
    const unverified = values.verify !== undefined && !flag(values, context, "verify");
    const ca = pemOf(sources, values, context, "cacertFile");
    const cert = pemOf(sources, values, context, "cert");
    const key = pemOf(sources, values, context, "key") ?? keyWithin(cert);
    if (values.cert !== undefined && values.key === undefined && key === undefined) {
      refuse(context, ["cert"], "has no private key in it. Set the key too.");
    }
    if (values.key !== undefined && values.cert === undefined) {
      refuse(context, ["key"], "is set without a certificate. Set the certificate too.");
    }
    return { ca, cert, key, insecure: insecure || unverified };
  });

function flag(values: SettingValues, context: z.RefinementCtx, name: "insecure" | "verify"): boolean {
  const text = values[name] ?? "false";
  const parsed = booleanText.safeParse(text);
  if (!parsed.success) {
    refuse(context, [name], `is ${JSON.stringify(text)}, must be true or false.`);
  }
  return parsed.data ?? false;
}

function keyWithin(cert: string | undefined): string | undefined {
  return cert?.includes("PRIVATE KEY-----") ? cert : undefined;
}

const isPem = (text: string): boolean => text.includes("-----BEGIN ");

function pemOf(
  sources: SettingsSources,
  values: SettingValues,
  context: z.RefinementCtx,
  name: "cacertFile" | "cert" | "key",
): string | undefined {
  const value = values[name];
  if (value === undefined || isPem(value)) {
    return value;
  }
  const found = sources.readFile(absolutePath(sources, value));
  if (found !== undefined && "text" in found && isPem(found.text)) {
    return found.text;
  }
  const flaw = found === undefined ? "does not exist" : "text" in found ? "holds no PEM" : found.problem;
  // A private key that lost its first line looks like a path: it must not show.
  const file = name === "key" ? "its file" : `file ${JSON.stringify(absolutePath(sources, value))}`;
  refuse(context, [name], `${file} ${flaw}. Give the path of a PEM file, or its contents.`);
  return undefined;
}
