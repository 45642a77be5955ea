/** A real Keystone and Manila for a person, until Ctrl-C. */
import { entryOf, startCloud } from ".";
import type { RealCloud } from ".";

const OTHER_ENTRIES =
  "admin, reader (may only look), other (another project), limited (a quota of one group), application-credential, short-lived (tokens of 4 s)";

async function main(): Promise<void> {
  const cloud = await startCloud();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void cloud.stop());
  }
  console.log(greeting(cloud));
}

/** How to use the cloud from another terminal. */
function greeting(cloud: RealCloud): string {
  const exports = Object.entries(entryOf(cloud, "demo")).map(([name, value]) => `export ${name}=${value}`);
  return `Keystone is at ${cloud.authUrl}/v3, Manila at ${cloud.manila.url}. Stop both with Ctrl-C.

${exports.join("\n")}
alias openstack="${cloud.python} -m openstackclient.shell"

openstack share group list
pulumi up    # as examples/quickstart/README.md says

In place of demo: ${OTHER_ENTRIES}.
`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
