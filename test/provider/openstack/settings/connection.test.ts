import assert from "node:assert/strict";
import { resolveSettings } from "../../../../provider/openstack/settings";
import { fakeSources, passwordStack, settingsError } from "./fakeSources";

const resolve = (configuration: Record<string, string>) =>
  resolveSettings(fakeSources({ configuration: { ...passwordStack(), ...configuration } }));

describe("address of Keystone", () => {
  for (const [given, used] of [
    ["https://keystone:5000", "https://keystone:5000/v3"],
    ["http://keystone/identity/", "http://keystone/identity/v3"],
    ["https://keystone/v3/", "https://keystone/v3"],
  ] as const) {
    it(`is ${used} for ${given}`, () => {
      assert.equal(resolve({ "openstack:authUrl": given }).authUrl, used);
    });
  }

  for (const [given, flaw] of [
    ["keystone:5000/v3", /is "keystone:5000\/v3", must start with https/],
    ["ftp://keystone", /must start with https/],
    ["https://", /no valid URL/],
    ["https://keystone/v2.0", /Keystone v2, which is not supported/],
    ["https://me:hidden@keystone", /holds a user name or password/],
    ["https://hidden@keystone", /holds a user name or password/],
    ["me:hidden@keystone", /must start with https/],
  ] as const) {
    it(`cannot be ${given}`, () => {
      const origin = /openstack:authUrl \(stack configuration\): /;
      assert.throws(
        () => resolve({ "openstack:authUrl": given }),
        settingsError(origin, flaw, /^(?![^]*hidden)/),
      );
    });
  }
});

describe("microversion", () => {
  it("is negotiated when only the API's version is given", () => {
    assert.equal(resolve({ "manila:microversion": "2" }).microversion, undefined);
  });

  for (const text of ["1", "1.0", "2.x", "latest", "3.1"]) {
    it(`cannot be ${text}`, () => {
      assert.throws(
        () => resolve({ "manila:microversion": text }),
        settingsError(/manila:microversion .*such as 2\.22/),
      );
    });
  }
});

describe("numbers", () => {
  for (const [key, text] of [
    ["manila:requestTimeout", "0s"],
    ["manila:requestTimeout", "-5s"],
    ["manila:connectTimeout", "10"],
    ["manila:requestTimeout", "600h"],
    ["openstack:maxRetries", "-1"],
    ["openstack:maxRetries", "many"],
    ["manila:maxRequestsInFlight", "0"],
  ] as const) {
    it(`are refused: ${key} ${text}`, () => {
      assert.throws(
        () => resolve({ [key]: text }),
        settingsError(new RegExp(`${key} .*is "${text}", must be`)),
      );
    });
  }
});

describe("booleans", () => {
  for (const [text, value] of [
    ["true", true],
    ["True", true],
    ["1", true],
    ["yes", true],
    ["false", false],
    ["0", false],
    ["no", false],
  ] as const) {
    it(`can be written ${text}`, () => {
      assert.equal(resolve({ "openstack:insecure": text }).tls.insecure, value);
    });
  }
});
