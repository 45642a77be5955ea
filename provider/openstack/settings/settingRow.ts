/** One setting: what it is called in each source, its default, and what it does. */
export interface SettingRow<Name extends string = string> {
  /** Its name here, as an argument of an explicit provider, and in the stack's configuration. */
  readonly name: Name;
  /** Namespace of its key in the stack's configuration. Without one, it cannot be set there or on a provider. */
  readonly namespace?: "openstack" | "manila";
  /** Environment variables, the first that is set wins. */
  readonly environment: readonly string[];
  /** Keys in clouds.yaml, under `auth:` or beside it, the first that is set wins. */
  readonly cloudsYaml: readonly string[];
  /** What holds when no source sets it, written as a source would write it. */
  readonly default?: string;
  /** What its value is written in. Without one it is text. */
  readonly unit?: string;
  /** Its value is shown in no error and no log. */
  readonly secret?: true;
  /**
   * It tells how this process works, not which cloud it talks to, so it holds whichever source names the cloud.
   */
  readonly process?: true;
  /** What it does, one sentence in Markdown. */
  readonly purpose: string;
}
