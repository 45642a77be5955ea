import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Engine, foldersOnPath, pathVariable } from "./engine";

/**
 * The environment in which to run `pulumi` with `engine`, on its own: it keeps its stacks' state in
 * `folder/state` and its settings in `folder/home` (make `folder/state` first), asks nobody and fetches nothing. All
 * else comes from `environment`, but for the PULUMI_ variables: they belong to the user's own stacks. The
 * passphrase is no secret, so keep nothing but throw-away stacks there.
 */
export function engineEnvironment(
  engine: Engine,
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(environment).filter(([name]) => !name.toUpperCase().startsWith("PULUMI_"));
  return {
    ...Object.fromEntries(inherited),
    [pathVariable(environment)]: [engine.directory, ...foldersOnPath(environment)].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "throw-away",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
