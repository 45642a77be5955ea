import { type CloudsFile, type Entry, entryRecord, findEntry, parseEntry, readClouds } from "./cloudsFile";
import { describeSearch } from "./configFile";
import { overlay, type SettingsRecord } from "./record";
import { SettingsError } from "./settingsError";
import type { SettingsSources } from "./sources";

/**
 * Lays `upper` over what clouds.yaml says about the cloud that `upper` names, or about the only one there is: its
 * entry over its profile in clouds-public.yaml, the entry of the same name in secure.yaml over both, and over all
 * the values of the region.
 * @returns `upper` alone when it names no cloud and there is not exactly one entry
 * @throws SettingsError when there is no such entry, profile or region, or when a file is malformed
 */
export function overCloudsYaml(sources: SettingsSources, upper: SettingsRecord): SettingsRecord {
  const files = [readClouds(sources, "secure"), readClouds(sources, "clouds")];
  const names = cloudNames(files);
  const name = upper.get("cloud")?.value ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    return upper;
  }
  const own = files.flatMap((file) => findEntry(file, name) ?? []);
  const main = own.at(-1);
  if (main === undefined) {
    throw unknownCloud(sources, upper, name, names);
  }
  const entries = [...own, ...profileOf(sources, own)];
  const entry = entries.map(entryRecord).reduceRight((lower, record) => overlay(record, lower));
  const cloud: SettingsRecord = new Map([["cloud", { value: name, origin: main.origin }]]);
  return withRegionInUrl(overlay(upper, overlay(cloud, withRegion(entries, entry, upper))));
}

/**
 * The names of all clouds in clouds.yaml and secure.yaml.
 * @throws SettingsError when a file is malformed
 */
export function knownClouds(sources: SettingsSources): readonly string[] {
  return cloudNames([readClouds(sources, "secure"), readClouds(sources, "clouds")]);
}

function cloudNames(files: readonly (CloudsFile | undefined)[]): readonly string[] {
  return [...new Set(files.flatMap((file) => Object.keys(file?.clouds ?? {})))].sort();
}

function profileOf(sources: SettingsSources, entries: readonly Entry[]): readonly Entry[] {
  const [wish] = entries.flatMap(({ values, origin }) => {
    const name = values.profile ?? values.cloud;
    return name === undefined || name === null ? [] : [{ name, origin }];
  });
  if (wish === undefined) {
    return [];
  }
  const profile = findEntry(readClouds(sources, "clouds-public"), wish.name);
  if (profile === undefined) {
    throw new SettingsError("The cloud cannot be looked up:", [
      `profile of ${wish.origin}: there is no profile ${JSON.stringify(wish.name)}. Write it under public-clouds ` +
        `in clouds-public.yaml, or its settings into the entry itself (looked for ` +
        `${describeSearch(sources, "clouds-public")}).`,
    ]);
  }
  return [profile];
}

/** The values of the region that `upper` wants, else of the entry's own, else of the first, over the entry. */
function withRegion(entries: readonly Entry[], entry: SettingsRecord, upper: SettingsRecord): SettingsRecord {
  const lister = entries.find(({ values }) => values.regions?.length);
  const regions = lister?.values.regions ?? [];
  const wish = upper.get("region") ?? entry.get("region");
  const region = wish === undefined ? regions[0] : regions.find(({ name }) => name === wish.value);
  if (lister === undefined) {
    return entry;
  }
  if (region === undefined) {
    throw new SettingsError("The region does not exist:", [
      `${wish?.origin ?? ""}: the region ${JSON.stringify(wish?.value)} is none of those of ${lister.origin}: ` +
        `${regions.map(({ name }) => name).join(", ")}. Choose one of them, case counts, or add it there.`,
    ]);
  }
  const origin = `region ${JSON.stringify(region.name)} of ${lister.origin}`;
  const values = entryRecord(parseEntry(region.values, origin));
  return overlay(overlay(values, new Map([["region", { value: region.name, origin }]])), entry);
}

/** Profiles of public clouds write `https://identity.{region_name}.example.com`. */
function withRegionInUrl(record: SettingsRecord): SettingsRecord {
  const authUrl = record.get("authUrl");
  const region = record.get("region");
  if (authUrl === undefined || region === undefined) {
    return record;
  }
  const value = authUrl.value.replaceAll("{region_name}", region.value);
  return new Map([...record, ["authUrl", { ...authUrl, value }]]);
}

function unknownCloud(
  sources: SettingsSources,
  upper: SettingsRecord,
  name: string,
  known: readonly string[],
): SettingsError {
  const choice = known.length > 0 ? `Choose one of ${known.join(", ")}, or add it` : "Add it";
  return new SettingsError("The OpenStack cloud does not exist:", [
    `${upper.get("cloud")?.origin ?? "clouds.yaml"}: there is no entry ${JSON.stringify(name)} in clouds.yaml. ` +
      `${choice} (looked for ${describeSearch(sources, "clouds")}).`,
  ]);
}
