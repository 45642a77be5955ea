import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import {
  cloudsFile,
  fakeSources,
  type Outside,
  passwordEntry,
  passwordStack,
  settingsError,
} from "./fakeSources";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const privateKey = "-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----\n";

const tls = (configuration: Record<string, string>, outside: Outside = {}) =>
  resolveSettings(fakeSources({ configuration: { ...passwordStack(), ...configuration }, ...outside })).tls;

describe("certificates", () => {
  it("can be given as contents", () => {
    const configuration = {
      "openstack:cacertFile": certificate,
      "openstack:cert": certificate,
      "openstack:key": privateKey,
    };
    assert.deepEqual(tls(configuration), {
      ca: certificate,
      cert: certificate,
      key: privateKey,
      insecure: false,
    });
  });

  it("can be given as files: absolute, relative to the working directory, or in the user's home", () => {
    const configuration = {
      "openstack:cacertFile": "/etc/ca.pem",
      "openstack:cert": "cert.pem",
      "openstack:key": "~/key.pem",
    };
    const files = {
      "/etc/ca.pem": certificate,
      "/project/cert.pem": certificate,
      "/home/me/key.pem": privateKey,
    };
    assert.deepEqual(tls(configuration, { files }), {
      ca: certificate,
      cert: certificate,
      key: privateKey,
      insecure: false,
    });
  });

  it("can hold certificate and key in one file", () => {
    const files = { "/project/both.pem": certificate + privateKey };
    assert.equal(tls({ "openstack:cert": "both.pem" }, { files }).key, certificate + privateKey);
  });

  it("are refused when the certificate has no key or the key no certificate", () => {
    assert.throws(
      () => tls({ "openstack:cert": certificate }),
      settingsError(/openstack:cert .*no private key/),
    );
    assert.throws(
      () => tls({ "openstack:key": privateKey }),
      settingsError(/openstack:key .*without a certificate/),
    );
  });

  it("are refused when the file does not exist, holds no PEM or cannot be read", () => {
    const configuration = {
      "openstack:cacertFile": "gone.pem",
      "openstack:cert": "text.pem",
      "openstack:key": "locked",
    };
    const outside = { files: { "/project/text.pem": "text" }, unreadable: ["/project/locked"] };
    assert.throws(
      () => tls(configuration, outside),
      settingsError(
        /openstack:cacertFile .*"\/project\/gone\.pem" does not exist/,
        /openstack:cert .*"\/project\/text\.pem" holds no PEM/,
        /openstack:key .*its file cannot be read \(EACCES\)/,
      ),
    );
  });

  it("never show a private key that has lost its first line", () => {
    assert.throws(
      () => tls({ "openstack:cert": certificate, "openstack:key": "hidden\n-----END PRIVATE KEY-----" }),
      settingsError(/openstack:key .*does not exist/, /^(?![^]*hidden)/),
    );
  });
});

describe("the check of servers' certificates", () => {
  const insecure = (entry: Record<string, unknown>, configuration: Record<string, string> = {}) => {
    const files = { "/project/clouds.yaml": cloudsFile({ a: passwordEntry("a", entry) }) };
    return resolveSettings(fakeSources({ files, configuration })).tls.insecure;
  };

  it("is off with insecure: true or verify: false, also when the other one disagrees", () => {
    assert.equal(insecure({ insecure: true, verify: true }), true);
    assert.equal(insecure({ insecure: false, verify: false }), true);
    assert.equal(insecure({ insecure: false, verify: true }), false);
  });

  it("is on again when a source above says so", () => {
    assert.equal(insecure({ verify: false }, { "openstack:insecure": "false" }), false);
  });
});
