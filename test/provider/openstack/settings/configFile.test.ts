import assert from "node:assert/strict";
import { describeSearch, readConfigFile } from "../../../../provider/openstack/settings/configFile";
import { fakeSources, type Outside, settingsError } from "./fakeSources";

const found = (outside: Outside) => readConfigFile(fakeSources(outside), "clouds")?.path;

/** Removes the file found until none is left: the order in which they are looked for. */
function searchOrder(outside: Outside, paths: readonly string[]): string[] {
  const path = found({ ...outside, files: Object.fromEntries(paths.map((path) => [path, "clouds: {}"])) });
  return path === undefined
    ? []
    : [
        path,
        ...searchOrder(
          outside,
          paths.filter((other) => other !== path),
        ),
      ];
}

describe("search for clouds.yaml", () => {
  it("goes from OS_CLIENT_CONFIG_FILE by project and user to the system, .yaml before .yml before .json", () => {
    const order = [
      "/elsewhere/mine.yaml",
      "/project/clouds.yaml",
      "/project/clouds.yml",
      "/project/clouds.json",
      "/home/me/.config/openstack/clouds.yaml",
      "/home/me/.config/openstack/clouds.json",
      "/etc/xdg/openstack/clouds.yaml",
      "/etc/openstack/clouds.yaml",
    ];
    const outside = { environment: { OS_CLIENT_CONFIG_FILE: "/elsewhere/mine.yaml" } };
    assert.deepEqual(searchOrder(outside, order.toReversed()), order);
  });

  it("honours XDG_CONFIG_HOME and SNAP_REAL_HOME", () => {
    const order = ["/xdg/openstack/clouds.yaml", "/real/.config/openstack/clouds.yaml"];
    const outside = { environment: { XDG_CONFIG_HOME: "/xdg", SNAP_REAL_HOME: "/real" } };
    assert.deepEqual(searchOrder(outside, order), order);
  });

  it("looks in macOS's own places", () => {
    const order = [
      "/Users/me/Library/Application Support/openstack/clouds.yaml",
      "/Users/me/.config/openstack/clouds.yaml",
      "/Library/Application Support/openstack/clouds.yaml",
    ];
    assert.deepEqual(searchOrder({ platform: "darwin", home: "/Users/me" }, order.toReversed()), order);
  });

  it("looks in Windows's own places", () => {
    const order = [
      "C:\\project\\clouds.yaml",
      "C:\\Users\\me\\AppData\\Local\\OpenStack\\openstack\\clouds.yaml",
      "C:\\Users\\me\\.config\\openstack\\clouds.yaml",
      "D:\\shared\\OpenStack\\openstack\\clouds.yaml",
    ];
    const environment = { ALLUSERSPROFILE: "D:\\shared" };
    const outside: Outside = {
      platform: "win32",
      home: "C:\\Users\\me",
      workingDirectory: "C:\\project",
      environment,
    };
    assert.deepEqual(searchOrder(outside, order.toReversed()), order);
  });

  it("reads secure.yaml from OS_CLIENT_SECURE_FILE, ~ being the user's home", () => {
    const sources = fakeSources({
      environment: { OS_CLIENT_SECURE_FILE: "~/hidden.yml" },
      files: { "/home/me/hidden.yml": "clouds: {}", "/project/secure.yaml": "clouds: {}" },
    });
    assert.equal(readConfigFile(sources, "secure")?.path, "/home/me/hidden.yml");
  });

  it("passes over a file it may not read, and says so when asked", () => {
    const outside = {
      unreadable: ["/project/clouds.yaml"],
      files: { "/etc/openstack/clouds.yaml": "clouds: {}" },
    };
    assert.equal(found(outside), "/etc/openstack/clouds.yaml");
    assert.match(
      describeSearch(fakeSources(outside), "clouds"),
      /in \/project, .*\/etc\/openstack; \/project\/clouds\.yaml cannot be read \(EACCES\)/,
    );
  });
});

describe("a malformed file", () => {
  for (const [flaw, text, line, column] of [
    ["tab", "clouds:\n  a:\n\tpassword: hidden", 3, 1],
    ["bad scalar start", "clouds:\n  password: @hidden", 2, 13],
    ["alias", "clouds:\n  password: *hidden", 2, 13],
    ["duplicate key", "clouds:\n  password: hidden\n  password: hidden", 3, 3],
    ["multiple docs", "password: hidden\n---\npassword: hidden", 2, 1],
  ] as const) {
    it(`is refused with file and line, never with what is in it (${flaw})`, () => {
      assert.throws(
        () => found({ files: { "/project/clouds.yaml": text } }),
        settingsError(
          new RegExp(`/project/clouds.yaml, line ${line}, column ${column}: .*${flaw}`),
          /^(?![^]*hidden)/,
        ),
      );
    });
  }
});
