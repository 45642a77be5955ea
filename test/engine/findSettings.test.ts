import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { engineEnvironment } from "../../engine";
import { progress } from "../../engine/build";
import { userCache } from "../../engine/host";
import { engineKey, engineProgram, languageHost } from "../../engine/pins";

describe("engineEnvironment", () => {
  const engine = { version: "3.250.0", directory: "/engine/bin", source: "cache" } as const;

  it("puts the engine first on PATH and keeps the rest of the environment", () => {
    const environment = engineEnvironment(engine, "/folder", { PATH: "/usr/bin", OS_CLOUD: "mycloud" });
    assert.equal(environment.PATH, ["/engine/bin", "/usr/bin"].join(delimiter));
    assert.equal(environment.OS_CLOUD, "mycloud");
  });

  it("keeps to the one spelling of PATH that Windows has", () => {
    const environment = engineEnvironment(engine, "/folder", { Path: "C:\\Windows" });
    assert.deepEqual(
      Object.keys(environment).filter((name) => name.toUpperCase() === "PATH"),
      ["Path"],
    );
  });

  it("keeps state and settings in the folder, apart from the user's own stacks", () => {
    const environment = engineEnvironment(engine, "/folder", {
      PULUMI_ACCESS_TOKEN: "token",
      PULUMI_STACK: "production",
      PULUMI_HOME: "/home/user/.pulumi",
    });
    assert.equal(environment.PULUMI_HOME, join("/folder", "home"));
    assert.equal(environment.PULUMI_BACKEND_URL, "file:///folder/state");
    assert.equal(environment.PULUMI_ACCESS_TOKEN, undefined);
    assert.equal(environment.PULUMI_STACK, undefined);
  });
});

describe("userCache", () => {
  it("is XDG_CACHE_HOME on Linux, or ~/.cache", () => {
    assert.equal(userCache("linux", { XDG_CACHE_HOME: "/caches" }, "/home/user"), "/caches");
    assert.equal(userCache("linux", {}, "/home/user"), join("/home/user", ".cache"));
  });

  it("passes over a relative or empty XDG_CACHE_HOME, as its specification wants", () => {
    assert.equal(
      userCache("linux", { XDG_CACHE_HOME: "caches" }, "/home/user"),
      join("/home/user", ".cache"),
    );
    assert.equal(userCache("linux", { XDG_CACHE_HOME: "" }, "/home/user"), join("/home/user", ".cache"));
  });

  it("is Library/Caches on macOS and LOCALAPPDATA on Windows", () => {
    assert.equal(
      userCache("darwin", { XDG_CACHE_HOME: "/caches" }, "/Users/user"),
      join("/Users/user", "Library", "Caches"),
    );
    assert.equal(userCache("win32", { LOCALAPPDATA: "C:\\Local" }, "C:\\Users\\user"), "C:\\Local");
  });
});

describe("engine pins", () => {
  it("come from the committed go.mod files", () => {
    for (const { version, goVersion } of [engineProgram, languageHost]) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.match(goVersion, /^1\.\d+\.\d+$/);
    }
  });

  it("give each platform a cache entry of its own", () => {
    const keys = [engineKey("linux", "x64"), engineKey("linux", "arm64"), engineKey("darwin", "arm64")];
    assert.equal(new Set(keys).size, 3);
    assert.equal(engineKey("linux", "x64"), keys[0]);
  });
});

describe("build progress", () => {
  it("is said every half minute, not for every line", () => {
    const said: string[] = [];
    let now = 0;
    const onLine = progress({ say: (line) => said.push(line) }, "pulumi", () => now);
    for (const line of ["go: downloading example.com/module v1.0.0", "errors", "io", "fmt"]) {
      onLine(line);
      now += 15_000;
    }
    assert.deepEqual(said, ["Still building pulumi: 2 packages compiled in 30 s."]);
  });
});
