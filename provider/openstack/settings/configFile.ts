import { posix, win32 } from "node:path";
import { type Document, LineCounter, parseDocument, visit } from "yaml";
import { SettingsError } from "./settingsError";
import type { SettingsSources } from "./sources";

/** A kind of OpenStack's configuration files, without the ending of its name. */
export type ConfigFileName = "clouds" | "secure" | "clouds-public";

/** A configuration file as it was found: where, and what is in it, all values as text. */
interface ConfigFile {
  readonly path: string;
  readonly content: unknown;
}

const overrides: Partial<Record<ConfigFileName, string>> = {
  clouds: "OS_CLIENT_CONFIG_FILE",
  secure: "OS_CLIENT_SECURE_FILE",
};

/**
 * Reads the first readable file of that name, looking in openstacksdk's places.
 * @returns `undefined` when there is none
 * @throws SettingsError when it is not YAML or JSON
 */
export function readConfigFile(sources: SettingsSources, name: ConfigFileName): ConfigFile | undefined {
  for (const path of candidates(sources, name)) {
    const found = sources.readFile(path);
    if (found !== undefined && "text" in found) {
      return { path, content: parse(path, found.text) };
    }
  }
  return undefined;
}

/** Says where files of that name were looked for, and which of them could not be read. */
export function describeSearch(sources: SettingsSources, name: ConfigFileName): string {
  const unreadable = candidates(sources, name).flatMap((path) => {
    const found = sources.readFile(path);
    return found !== undefined && "problem" in found ? [`${path} ${found.problem}`] : [];
  });
  const places = [...overridePath(sources, name), ...directories(sources)].join(", ");
  return [`${name}.yaml, .yml or .json in ${places}`, ...unreadable].join("; ");
}

function candidates(sources: SettingsSources, name: ConfigFileName): readonly string[] {
  const path = pathOf(sources);
  const names = [`${name}.yaml`, `${name}.yml`, `${name}.json`];
  const files = directories(sources).flatMap((directory) => names.map((file) => path.join(directory, file)));
  return [...overridePath(sources, name), ...files];
}

function overridePath(sources: SettingsSources, name: ConfigFileName): readonly string[] {
  const override = overrides[name];
  const path = override === undefined ? undefined : variable(sources, override);
  return path === undefined ? [] : [absolutePath(sources, path)];
}

/** The path as seen from the working directory, `~` standing for the user's home. */
export function absolutePath(sources: SettingsSources, path: string): string {
  const expanded = /^~(?=[/\\]|$)/.test(path) ? sources.home + path.slice(1) : path;
  return pathOf(sources).resolve(sources.workingDirectory, expanded);
}

function pathOf({ platform }: SettingsSources): typeof posix {
  return platform === "win32" ? win32 : posix;
}

/** openstacksdk's CONFIG_SEARCH_PATH, which takes the platform's own places from platformdirs. */
function directories(sources: SettingsSources): readonly string[] {
  const unixHome = variable(sources, "SNAP_REAL_HOME") ?? sources.home;
  const unixUser = pathOf(sources).join(unixHome, ".config", "openstack");
  const { user, site } = platformDirectories(sources);
  return [...new Set([sources.workingDirectory, user, unixUser, site, "/etc/openstack"])];
}

function platformDirectories(sources: SettingsSources): { user: string; site: string } {
  const path = pathOf(sources);
  const { home, platform } = sources;
  if (platform === "win32") {
    const local = variable(sources, "LOCALAPPDATA") ?? path.join(home, "AppData", "Local");
    const shared = variable(sources, "ALLUSERSPROFILE") ?? "C:\\ProgramData";
    return {
      user: path.join(local, "OpenStack", "openstack"),
      site: path.join(shared, "OpenStack", "openstack"),
    };
  }
  if (platform === "darwin") {
    const support = "/Library/Application Support/openstack";
    return { user: path.join(home, support), site: support };
  }
  return {
    user: path.join(variable(sources, "XDG_CONFIG_HOME") ?? path.join(home, ".config"), "openstack"),
    site: path.join(variable(sources, "XDG_CONFIG_DIRS")?.split(":")[0] ?? "/etc/xdg", "openstack"),
  };
}

function variable({ environment }: SettingsSources, name: string): string | undefined {
  return environment[name] === "" ? undefined : environment[name];
}

/** JSON is YAML too. Every scalar stays the text it is: a password 0123 is no number, a microversion 2.20 not 2.2. */
function parse(path: string, text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    customTags: ["null", "merge"],
    lineCounter: lines,
    prettyErrors: false,
  });
  // Only the code of an error: its message quotes the file, which holds passwords.
  const errors = document.errors.map(({ code, pos }) => ({ code, at: pos[0] }));
  const problems = [...errors, ...unresolvedAliases(document)].map(({ code, at }) => {
    const { line, col } = lines.linePos(at);
    return `${path}, line ${line}, column ${col}: ${code.toLowerCase().replaceAll("_", " ")}. Correct it there.`;
  });
  if (problems.length > 0) {
    throw new SettingsError("An OpenStack configuration file is not valid YAML:", problems);
  }
  return document.toJS();
}

/** Most likely a password that starts with `*` and stands without quotes. */
function unresolvedAliases(document: Document.Parsed): readonly { code: string; at: number }[] {
  const found: { code: string; at: number }[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) {
        found.push({
          code: "alias without its anchor (put a value that starts with * in quotes)",
          at: alias.range?.[0] ?? 0,
        });
      }
    },
  });
  return found;
}
