import * as manila from "pulumi-manila";

const { BENCH_GROUPS, BENCH_PREFIX } = process.env;

for (let index = 0; index < Number(BENCH_GROUPS); index += 1) {
  new manila.ConsistencyGroup(`group-${index}`, { name: `${BENCH_PREFIX ?? ""}-${index}` });
}
