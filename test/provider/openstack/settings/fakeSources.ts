import type { SettingsSources } from "../../../../provider/openstack/settings";
import { SettingsError } from "../../../../provider/openstack/settings";

/** What a test says is outside; all that it leaves out is empty. */
export interface Outside {
  /** Configuration keys, such as `openstack:authUrl`, and what they hold. */
  configuration?: Record<string, string>;
  environment?: Record<string, string>;
  /** Paths and what is in the files. */
  files?: Record<string, string>;
  /** Paths of files that are there and cannot be read. */
  unreadable?: readonly string[];
  platform?: NodeJS.Platform;
  home?: string;
  workingDirectory?: string;
}

export function fakeSources(outside: Outside): SettingsSources {
  const { configuration = {}, environment = {}, files = {}, unreadable = [] } = outside;
  return {
    configuration: (key) => configuration[key],
    environment,
    readFile: (path) => {
      if (unreadable.includes(path)) {
        return { problem: "cannot be read (EACCES)" };
      }
      const text = files[path];
      return text === undefined ? undefined : { text };
    },
    workingDirectory: outside.workingDirectory ?? "/project",
    home: outside.home ?? "/home/me",
    platform: outside.platform ?? "linux",
  };
}

/** A password login at `url`, in OS_* variables. */
export function passwordEnvironment(url = "https://environment.example.com"): Record<string, string> {
  return {
    OS_AUTH_URL: url,
    OS_USERNAME: "environment-user",
    OS_PASSWORD: "environment-password",
    OS_PROJECT_NAME: "environment-project",
  };
}

/** A password login in the stack's configuration. */
export function passwordStack(): Record<string, string> {
  return {
    "openstack:authUrl": "https://stack.example.com",
    "openstack:userName": "stack-user",
    "openstack:password": "stack-password",
    "openstack:tenantName": "stack-project",
  };
}

/** The entry of a password login at `https://<name>.example.com`, for clouds.yaml written as JSON. */
export function passwordEntry(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    auth: {
      auth_url: `https://${name}.example.com`,
      username: `${name}-user`,
      password: `${name}-password`,
      project_name: `${name}-project`,
    },
    ...more,
  };
}

/** A clouds.yaml or secure.yaml with these entries. */
export function cloudsFile(entries: Record<string, unknown>): string {
  return JSON.stringify({ clouds: entries });
}

/** For `assert.throws`: a SettingsError whose message matches all of `parts`. */
export function settingsError(...parts: readonly RegExp[]): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof SettingsError)) {
      return false;
    }
    const missing = parts.filter((part) => !part.test(error.message));
    if (missing.length > 0) {
      throw new Error(`${missing.join(", ")} not found in:\n${error.message}`);
    }
    return true;
  };
}
