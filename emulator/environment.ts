import type { Seed } from "./seed";

/**
 * The `OS_*` variables that lead a user of the emulator into a project; by default the first user who has a role in
 * one, and the first project that user has a role in.
 *
 * @throws Error when the seed has no such user or project
 */
export function environmentOf(authUrl: string, seed: Seed, userName?: string): Record<string, string> {
  const user = seed.users.find(({ name, roles }) =>
    userName === undefined ? Object.keys(roles).length > 0 : name === userName,
  );
  const project = seed.projects.find(({ id }) => user?.administrator === true || id in (user?.roles ?? {}));
  if (user === undefined || project === undefined) {
    throw new Error(`The emulator has no user ${userName ?? "with a role"} in any project.`);
  }
  return {
    OS_AUTH_URL: `${authUrl}/v3`,
    OS_USERNAME: user.name,
    OS_PASSWORD: user.password,
    OS_PROJECT_NAME: project.name,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: "RegionOne",
    OS_IDENTITY_API_VERSION: "3",
  };
}
