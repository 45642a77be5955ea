import { z } from "zod";
import { type SettingName, settings } from "./table";

/** The name of a setting. */
export const settingNames = z.enum(settings.map((row) => row.name));

/** The settings of a record as text, defaults filled in: what the schemas of the parts read. */
export const settingValues = z.partialRecord(settingNames, z.string());

/** The settings of a record as text. */
export type SettingValues = z.output<typeof settingValues>;

/** Takes note of a problem. Its path names every setting that has part in it. */
export function refuse(context: z.RefinementCtx, names: readonly SettingName[], message: string): void {
  context.addIssue({ code: "custom", message, path: [...names] });
}

/** `true` and `false`, also as people write them in environments and in YAML. */
export const booleanText = z.string().transform((text, context) => {
  const value = text.toLowerCase();
  if (["true", "t", "yes", "y", "on", "1"].includes(value)) {
    return true;
  }
  if (!["false", "f", "no", "n", "off", "0"].includes(value)) {
    refuse(context, [], `is ${JSON.stringify(text)}, must be true or false.`);
  }
  return false;
});
