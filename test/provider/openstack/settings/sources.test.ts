import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processSources } from "../../../../provider/openstack/settings";

describe("processSources", () => {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const { configuration, readFile, workingDirectory } = processSources((key) => `value of ${key}`);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads a file", () => {
    const path = join(folder, "clouds.yaml");
    writeFileSync(path, "clouds: {}");
    assert.deepEqual(readFile(path), { text: "clouds: {}" });
  });

  it("tells a file that is not there from one that cannot be read", () => {
    assert.equal(readFile(join(folder, "none")), undefined);
    assert.deepEqual(readFile(folder), { problem: "cannot be read (EISDIR)" });
  });

  it("hands on the configuration and the working directory", () => {
    assert.equal(configuration("openstack:cloud"), "value of openstack:cloud");
    assert.equal(workingDirectory, process.cwd());
  });
});
