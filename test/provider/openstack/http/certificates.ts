import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its private key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** A private certificate authority, made anew with the `openssl` command. */
export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), "pulumi-manila-authority-"));
  /** Its own certificate, PEM. */
  readonly certificate: string;

  constructor() {
    this.openssl(
      "req",
      "-x509",
      ...newKey("authority.key"),
      "-subj",
      "/CN=Authority",
      "-out",
      "authority.pem",
    );
    this.certificate = this.read("authority.pem");
  }

  /** Issues a certificate for a name such as `IP:127.0.0.1`; with days below zero it has expired. */
  issue(alternativeName: string, days = 1): Certificate {
    writeFileSync(join(this.folder, "extensions"), `subjectAltName=${alternativeName}\n`);
    this.openssl("req", ...newKey("own.key"), "-subj", "/CN=own", "-out", "own.csr");
    const signing = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial"];
    const what = ["-days", String(days), "-extfile", "extensions"];
    this.openssl("x509", "-req", "-in", "own.csr", ...signing, ...what, "-out", "own.pem");
    return { cert: this.read("own.pem"), key: this.read("own.key") };
  }

  /** Takes its files away. */
  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private openssl(...parameters: string[]): void {
    execFileSync("openssl", parameters, { cwd: this.folder, stdio: "pipe" });
  }

  private read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }
}

function newKey(file: string): string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file];
}
