import assert from "node:assert/strict";
import { inspect } from "node:util";
import { systemClock } from "../../provider/openstack/clock";
import { Cloud } from "../../provider/openstack/cloud";
import { ApiError, UnsupportedCloudError } from "../../provider/openstack/errors";
import { fakeSources } from "../provider/openstack/settings/fakeSources";
import type { Outside } from "../provider/openstack/settings/fakeSources";
import { startKeystone, startLimit } from "./cloud";
import type { Account, RealKeystone } from "./cloud";
import { logIn, passwordOf, projectOf } from "./connection";
import { KeystoneApi } from "./keystoneApi";

const UNKNOWN_ID = "0123456789abcdef0123456789abcdef";
const WRONG_SECRET = "not-the-right-secret";

describe("login on a real Keystone", function () {
  this.timeout("30s");
  let cloud: RealKeystone;
  let api: KeystoneApi;

  before("start Keystone", async function () {
    this.timeout(startLimit);
    cloud = await startKeystone();
    const { value } = await logIn({ configuration: projectOf(cloud.authUrl, cloud.admin) });
    api = new KeystoneApi(cloud.authUrl, value);
  });

  after("stop Keystone", () => cloud.stop());

  /** Whom and what Keystone says that a token of these settings is for. */
  async function described(outside: Outside): Promise<Record<string, unknown>> {
    const { value, projectId } = await logIn(outside);
    const token = await api.describe(value);
    assert.equal(projectId, token.project);
    return token;
  }

  function ofProject({ userId, projectId }: Account, methods = ["password"]): Record<string, unknown> {
    return { methods, user: userId, project: projectId };
  }

  describe("with a password", () => {
    it("takes user and project by id", async () => {
      const configuration = projectOf(cloud.authUrl, cloud.demo);
      assert.deepEqual(await described({ configuration }), ofProject(cloud.demo));
    });

    /** User and project by the names that demo and partner have in common. */
    function byName(more: Record<string, string>): Outside {
      const { userName, projectName } = cloud.demo;
      return {
        configuration: {
          "openstack:authUrl": cloud.authUrl,
          "openstack:userName": userName,
          "openstack:tenantName": projectName,
          ...more,
        },
      };
    }

    it("takes user and project by name, in the domain of each by name", async () => {
      for (const account of [cloud.demo, cloud.partner]) {
        const outside = byName({
          "openstack:password": account.password,
          "openstack:userDomainName": account.domainName,
          "openstack:projectDomainName": account.domainName,
        });
        assert.deepEqual(await described(outside), ofProject(account));
      }
    });

    it("takes user and project by name, in the domain of both by id", async () => {
      const { partner } = cloud;
      const outside = byName({
        "openstack:password": partner.password,
        "openstack:domainId": partner.domainId,
      });
      assert.deepEqual(await described(outside), ofProject(partner));
    });

    it("takes user and project by name in the domain Default when none is set", async () => {
      const outside = byName({ "openstack:password": cloud.demo.password });
      assert.deepEqual(await described(outside), ofProject(cloud.demo));
    });

    it("takes a domain to work in", async () => {
      const { admin } = cloud;
      const configuration = {
        ...passwordOf(cloud.authUrl, admin),
        "openstack:domainName": admin.domainName,
      };
      const token = { methods: ["password"], user: admin.userId, domain: admin.domainId };
      assert.deepEqual(await described({ configuration }), token);
    });

    it("takes the whole system to work on", async () => {
      const { admin } = cloud;
      const configuration = { ...passwordOf(cloud.authUrl, admin), "openstack:systemScope": "true" };
      const token = { methods: ["password"], user: admin.userId, system: true };
      assert.deepEqual(await described({ configuration }), token);
    });

    it("takes a trust, to work for the user who gave it", async () => {
      const { authUrl, demo, other } = cloud;
      const { value } = await logIn({ configuration: projectOf(authUrl, demo) });
      const trust = await new KeystoneApi(authUrl, value).create("/OS-TRUST/trusts", "trust", {
        trustor_user_id: demo.userId,
        trustee_user_id: other.userId,
        project_id: demo.projectId,
        impersonation: true,
        roles: [{ name: "member" }],
      });
      const environment = {
        OS_AUTH_URL: authUrl,
        OS_USER_ID: other.userId,
        OS_PASSWORD: other.password,
        OS_TRUST_ID: trust,
      };
      assert.deepEqual(await described({ environment }), { ...ofProject(demo), trust });
    });
  });

  describe("with an application credential", () => {
    it("takes it by id", async () => {
      const { id, secret } = cloud.applicationCredential;
      const configuration = {
        "openstack:authUrl": cloud.authUrl,
        "openstack:applicationCredentialId": id,
        "openstack:applicationCredentialSecret": secret,
      };
      assert.deepEqual(await described({ configuration }), ofProject(cloud.demo, ["application_credential"]));
    });

    it("takes it by name, with its owner by name and domain", async () => {
      const { name, secret } = cloud.applicationCredential;
      const configuration = {
        "openstack:authUrl": cloud.authUrl,
        "openstack:applicationCredentialName": name,
        "openstack:applicationCredentialSecret": secret,
        "openstack:userName": cloud.demo.userName,
        "openstack:userDomainName": cloud.demo.domainName,
      };
      assert.deepEqual(await described({ configuration }), ofProject(cloud.demo, ["application_credential"]));
    });
  });

  it("takes a token, to work in a project", async () => {
    const { value } = await logIn({ configuration: passwordOf(cloud.authUrl, cloud.demo) });
    const configuration = {
      "openstack:authUrl": cloud.authUrl,
      "openstack:token": value,
      "openstack:tenantId": cloud.demo.projectId,
    };
    const { methods, ...token } = await described({ configuration });
    assert.deepEqual(token, { user: cloud.demo.userId, project: cloud.demo.projectId });
    assert.deepEqual(new Set([methods].flat()), new Set(["password", "token"]));
  });

  describe("when Keystone refuses", () => {
    /** The login fails, says what Keystone said and what to check, and tells none of the secrets. */
    async function assertRefused(
      configuration: Record<string, string>,
      status: number,
      said: RegExp,
    ): Promise<void> {
      const secrets = ["password", "applicationCredentialSecret", "token"].flatMap(
        (name) => configuration[`openstack:${name}`] ?? [],
      );
      await assert.rejects(logIn({ configuration }), (error) => {
        assert.ok(error instanceof ApiError, inspect(error));
        assert.equal(error.status, status);
        assert.match(
          error.message,
          /^Can't log in to http:\/\/127\.0\.0\.1:\d+\/v3: POST \S+\/auth\/tokens answered/,
        );
        assert.match(error.message, said);
        assert.match(
          error.message,
          /check the user and its domain, the password, secret or token, the project/,
        );
        const shown = inspect(error, { depth: null, showHidden: true });
        assert.deepEqual(
          secrets.filter((secret) => shown.includes(secret)),
          [],
        );
        return true;
      });
    }

    const notAuthenticated = /The request you have made requires authentication/;

    it("tells of a wrong password", async () => {
      const configuration = { ...projectOf(cloud.authUrl, cloud.demo), "openstack:password": WRONG_SECRET };
      await assertRefused(configuration, 401, notAuthenticated);
    });

    it("tells of an unknown user", async () => {
      const configuration = { ...projectOf(cloud.authUrl, cloud.demo), "openstack:userId": UNKNOWN_ID };
      await assertRefused(configuration, 401, notAuthenticated);
    });

    it("tells of an unknown project", async () => {
      const configuration = { ...projectOf(cloud.authUrl, cloud.demo), "openstack:tenantId": UNKNOWN_ID };
      await assertRefused(configuration, 401, notAuthenticated);
    });

    it("tells of a project in which the user has no role", async () => {
      const { demo, other } = cloud;
      const configuration = { ...projectOf(cloud.authUrl, demo), "openstack:tenantId": other.projectId };
      await assertRefused(configuration, 401, notAuthenticated);
    });

    it("tells of an unknown application credential", async () => {
      const configuration = {
        "openstack:authUrl": cloud.authUrl,
        "openstack:applicationCredentialId": UNKNOWN_ID,
        "openstack:applicationCredentialSecret": cloud.applicationCredential.secret,
      };
      await assertRefused(configuration, 404, /Could not find Application Credential/);
    });

    it("tells of a wrong secret of an application credential", async () => {
      const configuration = {
        "openstack:authUrl": cloud.authUrl,
        "openstack:applicationCredentialId": cloud.applicationCredential.id,
        "openstack:applicationCredentialSecret": WRONG_SECRET,
      };
      await assertRefused(configuration, 401, notAuthenticated);
    });

    it("tells of a token that Keystone cannot read", async () => {
      const configuration = { "openstack:authUrl": cloud.authUrl, "openstack:token": WRONG_SECRET };
      await assertRefused(configuration, 404, /token/);
    });

    it("tells of a revoked token", async () => {
      const { value } = await logIn({ configuration: projectOf(cloud.authUrl, cloud.demo) });
      await api.revoke(value);
      const configuration = { "openstack:authUrl": cloud.authUrl, "openstack:token": value };
      await assertRefused(configuration, 404, /token/);
    });

    it("tells of an expired token", async () => {
      const { value } = await logIn({ configuration: projectOf(cloud.shortLivedAuthUrl, cloud.demo) });
      await api.expiry(value);
      const configuration = { "openstack:authUrl": cloud.authUrl, "openstack:token": value };
      await assertRefused(configuration, 404, /token/);
    });
  });

  describe("when the catalog has no suitable Manila", () => {
    function manila(configuration: Record<string, string>): Promise<unknown> {
      return new Cloud(fakeSources({ configuration }), systemClock, () => undefined).manila();
    }

    function unsupported(message: RegExp): (error: unknown) => boolean {
      return (error) => error instanceof UnsupportedCloudError && message.test(error.message);
    }

    it("lists the services that it has", async () => {
      await assert.rejects(
        manila(projectOf(cloud.authUrl, cloud.demo)),
        unsupported(/The cloud's catalog has no Manila .* It has: identity\. Ask its operator/),
      );
    });

    it("says that a login without a project needs one", async () => {
      await assert.rejects(manila(passwordOf(cloud.authUrl, cloud.demo)), {
        name: "SettingsError",
        message: /leads to no project[^]*name a project with openstack:tenantName/,
      });
    });

    describe("but one of API version 1", () => {
      let service: string;

      before(async () => {
        service = await api.create("/services", "service", { name: "manila", type: "share" });
        await api.create("/endpoints", "endpoint", {
          service_id: service,
          interface: "public",
          region: cloud.region,
          url: "http://127.0.0.1:1/v1/%(project_id)s",
        });
      });

      after(() => api.delete(`/services/${service}`));

      it("refuses it by its address", async () => {
        await assert.rejects(
          manila(projectOf(cloud.authUrl, cloud.demo)),
          unsupported(
            new RegExp(
              `^http://127\\.0\\.0\\.1:1/v1/${cloud.demo.projectId} is Manila's API v1, .* they need v2\\.`,
            ),
          ),
        );
      });

      it("lists where it is, for a region that lacks it", async () => {
        await assert.rejects(
          manila({ ...projectOf(cloud.authUrl, cloud.demo), "openstack:region": "Elsewhere" }),
          unsupported(/region Elsewhere\. There are: share public in RegionOne\.$/),
        );
      });
    });
  });
});
