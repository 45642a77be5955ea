import type { CloudSettings } from "./cloudSettings";
import { knownClouds, overCloudsYaml } from "./cloudsYaml";
import { describeSearch } from "./configFile";
import { environmentCloud, environmentRecord } from "./environment";
import { parseSettings } from "./parse";
import { overlay, processSettings, type SettingsRecord } from "./record";
import { SettingsError } from "./settingsError";
import type { SettingsSources } from "./sources";
import { providerRecord, stackRecord } from "./stack";

export {
  type Auth,
  type CloudSettings,
  type Domain,
  type Scope,
  secretValues,
  type Tls,
  type User,
} from "./cloudSettings";
export { SettingsError } from "./settingsError";
export { type FileContent, processSources, type SettingsSources } from "./sources";
export { type ConfigurableName, type SettingName, settings } from "./table";

/**
 * Where to connect to. The first of explicit provider, stack configuration and environment that names a cloud, by
 * an address of Keystone or an entry of clouds.yaml, decides; else the only cloud in clouds.yaml does. What the
 * sources before it say without naming a cloud is laid over it, what those after it say about a cloud is left out.
 * @param own what a single resource asks for, over all sources
 * @throws SettingsError when no cloud is named, or when its settings cannot be used, with all that is wrong
 */
export function resolveSettings(
  sources: SettingsSources,
  own: { readonly region?: string } = {},
): CloudSettings {
  const environment = environmentRecord(sources);
  const layers = [
    resourceRecord(own.region),
    providerRecord(sources),
    stackRecord(sources),
    environmentCloud(environment),
  ];
  const naming = layers.findIndex((layer) => layer.has("cloud") || layer.has("authUrl"));
  const record = layers
    .map((layer, index) => (naming < 0 || index <= naming ? layer : processSettings(layer)))
    .reduceRight((lower, upper) => overlay(upper, lower));
  // An address that names the cloud leaves no place for clouds.yaml.
  const whole = record.has("cloud") || naming < 0 ? overCloudsYaml(sources, record) : record;
  if (!whole.has("cloud") && naming < 0) {
    throw noCloud(sources, new Map([...record, ...environment]));
  }
  return parseSettings(whole, sources, environment);
}

function resourceRecord(region: string | undefined): SettingsRecord {
  return new Map(region ? [["region", { value: region, origin: "region (input of the resource)" }]] : []);
}

function noCloud(sources: SettingsSources, found: SettingsRecord): SettingsError {
  const clouds = knownClouds(sources);
  const many =
    clouds.length > 1 ? `clouds.yaml has several: choose one of ${clouds.join(", ")} in another way` : "";
  const origins = [...found.values()].map(({ origin }) => origin);
  return new SettingsError("No OpenStack cloud is named. Name one in one of four ways:", [
    'explicit provider: new manila.Provider("name", { cloud }) or { authUrl, ... }, passed as { provider }.',
    "stack configuration: pulumi config set openstack:cloud <entry of clouds.yaml>, or openstack:authUrl and more.",
    "environment: OS_CLOUD=<entry of clouds.yaml>, or OS_AUTH_URL and more.",
    `clouds.yaml with a single cloud: ${many || "there is none"} (looked for ${describeSearch(sources, "clouds")}).`,
    ...(origins.length > 0 ? [`What is set names no cloud by itself: ${origins.join(", ")}.`] : []),
  ]);
}
