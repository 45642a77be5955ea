import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import * as manila from "pulumi-manila";

interface Settings {
  /** The names of the stacks that the policy is for. */
  stacks: string[];
}

/**
 * Groups of production are protected. A policy sees what a program declares, and neither what it replaces nor what it
 * no longer has. The engine sees both, and refuses to replace or to delete what is protected. So it is enough that
 * nothing gets into production without protection, and that nobody takes it off again.
 */
export const groupsAreProtected: ResourceValidationPolicy = {
  name: "groups-are-protected",
  description: "Consistency groups of production are protected against replacement and deletion.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      stacks: { type: "array", items: { type: "string" }, default: ["production"] },
    },
  },
  validateResource: (group, report) => {
    const isGroup = group.isType(manila.ConsistencyGroup);
    if (isGroup && group.getConfig<Settings>().stacks.includes(stackOf(group)) && !group.opts.protect) {
      report(`Consistency group "${group.name}" is not protected. Give it the option protect: true.`);
    }
  },
};

/** A URN is `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
function stackOf({ urn }: ResourceValidationArgs): string {
  return urn.replace("urn:pulumi:", "").split("::", 1)[0] ?? "";
}
