import * as pulumi from "@pulumi/pulumi";
import * as manila from "pulumi-manila";

/** Names of the groups to take over. */
const names = new pulumi.Config().requireObject<string[]>("groups");

export = async () => {
  const groups = names.map(async (name) => {
    const { id, description } = await manila.getConsistencyGroup({ name });
    // What is left out is the cloud's choice, but for name and description: without them, they would be cleared.
    const args = { importId: id, name, description };
    // Whoever made it may go on relying on it: a destroy of this stack leaves it on the cloud.
    return new manila.ConsistencyGroup(name, args, { retainOnDelete: true });
  });
  return { groupIds: (await Promise.all(groups)).map(({ id }) => id) };
};
