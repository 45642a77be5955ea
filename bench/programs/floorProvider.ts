import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { dynamic } from "@pulumi/pulumi";

interface Group {
  name: string;
}

type Floor = dynamic.ResourceProvider<Group, Group>;

const provisioning = () => sleep(Number(process.env.BENCH_PROVISIONING));

/** Does nothing, and takes as long for it as the cloud does to make or remove a group. */
const floor: Floor = {
  diff: (_id, olds, news) => Promise.resolve({ changes: olds.name !== news.name }),
  create: async (inputs) => {
    await provisioning();
    return { id: randomUUID(), outs: inputs };
  },
  read: (id, props) => Promise.resolve({ id, ...(props && { props }) }),
  update: (_id, _olds, news) => Promise.resolve({ outs: news }),
  delete: provisioning,
};

/** What ours records of a group beside its name. */
const OUTPUTS = {
  __defaults: ["shareTypes", "region"],
  createdAt: "2026-01-01T00:00:00.000000",
  host: "emulator@plain#pool",
  projectId: "de300000000000000000000000000001",
  region: "RegionOne",
  shareTypes: ["11111111-1111-4111-8111-111111111111"],
  status: "available",
};

/** Does nothing either, but tells the engine as much of a group as ours does. */
const fullFloor: Floor = {
  ...floor,
  create: async (inputs) => {
    await provisioning();
    return { id: randomUUID(), outs: { ...inputs, ...OUTPUTS } };
  },
  read: (id, props) => Promise.resolve({ id, ...(props && { props, inputs: { name: props.name } }) }),
  update: (_id, _olds, news) => Promise.resolve({ outs: { ...news, ...OUTPUTS } }),
};

export const provider = process.env.BENCH_FLOOR === "full" ? fullFloor : floor;
