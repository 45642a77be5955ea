import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { kills: { type: "string" }, seed: { type: "string" } },
});

const { status } = spawnSync(
  process.execPath,
  [require.resolve("mocha/bin/mocha.js"), "test/faults/**/*.test.ts"],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      FAULTS_WHOLE: "1",
      ...(values.kills !== undefined && { FAULTS_KILLS: values.kills }),
      ...(values.seed !== undefined && { FAULTS_SEED: values.seed }),
    },
  },
);
process.exitCode = status ?? 1;
