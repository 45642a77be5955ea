import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A program of the engine that is built from a Go module, pinned by a committed go.mod and go.sum. */
export interface GoProgram {
  /** File name of the program, and of its folder under engine/go. */
  readonly name: string;
  /** The Go package to build. */
  readonly package: string;
  /** Folder that holds its go.mod and go.sum. */
  readonly folder: string;
  /** Version of the Go module, such as `3.250.0`. */
  readonly version: string;
  /** The lowest Go version that can build it, such as `1.25.11`. */
  readonly goVersion: string;
}

/** Lowest version of an installed Pulumi that is used as it is. */
export const minimumVersion = "3.142.0";

/**
 * The Node.js language host, which runs TypeScript programs. Its releases after 3.60.0 are a Go module that cannot
 * be fetched on its own; this one works with the engine below.
 */
export const languageHost = goProgram(
  "pulumi-language-nodejs",
  "github.com/pulumi/pulumi/sdk/v3",
  "nodejs/cmd/pulumi-language-nodejs",
);

/** The engine itself: the `pulumi` command. Its version is also the one that is downloaded. */
export const engineProgram = goProgram("pulumi", "github.com/pulumi/pulumi/pkg/v3", "cmd/pulumi");

/**
 * Names one pinned engine on one kind of machine, such as `3.250.0-linux-x64-0123456789ab`. Another pin, and so
 * another go.mod or go.sum, is another key.
 */
export function engineKey(platform: string, architecture: string): string {
  const hash = createHash("sha256");
  for (const { folder } of [engineProgram, languageHost]) {
    hash.update(readFileSync(join(folder, "go.mod"))).update(readFileSync(join(folder, "go.sum")));
  }
  return [engineProgram.version, platform, architecture, hash.digest("hex").slice(0, 12)].join("-");
}

function goProgram(name: string, module: string, path: string): GoProgram {
  const folder = join(__dirname, "go", name);
  const lines = readFileSync(join(folder, "go.mod"), "utf8").split(/\r?\n/);
  const valueAfter = (prefix: string) =>
    z
      .string({ error: `${join(folder, "go.mod")} has no line "${prefix}…"` })
      .parse(lines.find((line) => line.startsWith(prefix))?.slice(prefix.length));
  return {
    name,
    package: `${module}/${path}`,
    folder,
    version: valueAfter(`require ${module} v`),
    goVersion: valueAfter("go "),
  };
}
