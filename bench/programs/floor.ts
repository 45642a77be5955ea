import * as pulumi from "@pulumi/pulumi";

/*
 * The floor: what the engine itself needs. It registers its resources as the package does, with a text as short, but
 * has no output beside the name.
 */

const { BENCH_GROUPS, BENCH_PREFIX } = process.env;

class Group extends pulumi.CustomResource {
  constructor(name: string, args: { name: string }) {
    const text = 'exports.handler = () => require("bench-floor").provider;';
    super("pulumi-nodejs:dynamic/bench:Group", name, { ...args, __provider: text });
  }
}

for (let index = 0; index < Number(BENCH_GROUPS); index += 1) {
  new Group(`group-${index}`, { name: `${BENCH_PREFIX ?? ""}-${index}` });
}
