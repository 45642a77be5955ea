import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { dynamic } from "@pulumi/pulumi";

interface Group {
  name: string;
}

const provisioning = () => sleep(Number(process.env.BENCH_PROVISIONING));

/** Does nothing, and takes as long for it as the cloud does to make or remove a group. */
export const provider: dynamic.ResourceProvider<Group, Group> = {
  diff: (_id, olds, news) => Promise.resolve({ changes: olds.name !== news.name }),
  create: async (inputs) => {
    await provisioning();
    return { id: randomUUID(), outs: inputs };
  },
  read: (id, props) => Promise.resolve({ id, ...(props && { props }) }),
  update: (_id, _olds, news) => Promise.resolve({ outs: news }),
  delete: provisioning,
};
