"""Fills a new cloud over its public APIs, writes a clouds.yaml for it into the working directory, and prints what the
tests have to know as one line of JSON.

Usage: contents.py --keystone URL --short-lived-keystone URL [--manila URL], with passwords in ADMIN_PASSWORD and
SERVICE_PASSWORD
"""

import argparse
import json
import os
import secrets
import sys
import time

import yaml
from keystoneauth1.adapter import Adapter
from keystoneauth1.identity.v3 import Password
from keystoneauth1.session import Session

REGION = "RegionOne"
# Share groups without the experimental header, and everything that this script asks for.
MICROVERSION = "2.65"
READY_WITHIN = 60


class Api:
    """Sends JSON as one user in one project; any error status is an exception."""

    def __init__(self, auth_url, url, user, password, project, headers=None):
        auth = Password(
            auth_url=auth_url + "/v3", username=user, password=password, project_name=project,
            user_domain_id="default", project_domain_id="default",
        )
        self.adapter = Adapter(Session(auth), endpoint_override=url, additional_headers=headers or {})

    def get(self, path):
        return self.adapter.get(path).json()

    def put(self, path, **body):
        self.adapter.put(path, json=body or None)

    def create(self, path, kind, **fields):
        return self.adapter.post(path, json={kind: fields}).json()[kind]


class Identity:
    """Users, projects and the catalog."""

    def __init__(self, keystone):
        self.keystone = keystone
        self.roles = {role["name"]: role["id"] for role in keystone.get("/roles")["roles"]}

    def grant(self, user, role, scope):
        self.keystone.put("/%s/users/%s/roles/%s" % (scope, user, self.roles[role]))

    def project(self, name, domain):
        return self.keystone.create("/projects", "project", name=name, domain_id=domain["id"])

    def account(self, name, project, domain, role="member", password=None):
        """A user with a role in a project of the same domain."""
        password = password or secrets.token_hex(16)
        domain_id = domain["id"]
        user = self.keystone.create("/users", "user", name=name, domain_id=domain_id, password=password)
        self.grant(user["id"], role, "projects/" + project["id"])
        return {
            "userId": user["id"], "userName": name, "password": password,
            "projectId": project["id"], "projectName": project["name"],
            "domainId": domain_id, "domainName": domain["name"],
        }

    def service(self, name, service_type, url):
        service = self.keystone.create("/services", "service", name=name, type=service_type)
        # Services talk to each other through the internal one.
        for interface in ("public", "internal"):
            fields = {"service_id": service["id"], "interface": interface, "region": REGION}
            self.keystone.create("/endpoints", "endpoint", url=url, **fields)

    def admin(self, domain):
        """What `keystone-manage bootstrap` has made, with a role in the domain too."""
        user = self.keystone.get("/users?name=admin")["users"][0]
        project = self.keystone.get("/projects?name=admin")["projects"][0]
        self.grant(user["id"], "admin", "domains/" + domain["id"])
        return {
            "userId": user["id"], "userName": "admin", "password": os.environ["ADMIN_PASSWORD"],
            "projectId": project["id"], "projectName": "admin",
            "domainId": domain["id"], "domainName": domain["name"],
        }


def fill_keystone(auth_url):
    identity = Identity(Api(auth_url, auth_url + "/v3", "admin", os.environ["ADMIN_PASSWORD"], "admin"))
    default = {"id": "default", "name": "Default"}
    partners = identity.keystone.create("/domains", "domain", name="Partners")
    service = identity.project("service", default)
    manila = identity.account("manila", service, default, "admin", os.environ["SERVICE_PASSWORD"])
    identity.grant(manila["userId"], "service", "projects/" + service["id"])
    identity.service("keystone", "identity", auth_url + "/v3")
    project = identity.project("demo", default)
    demo = identity.account("demo", project, default)
    return identity, {
        "admin": identity.admin(default),
        "demo": demo,
        "reader": identity.account("reader", project, default, "reader"),
        # The same names in another domain: they are told apart by it alone.
        "partner": identity.account("demo", identity.project("demo", partners), partners),
        "other": identity.account("other", identity.project("other", default), default),
        "limited": identity.account("limited", identity.project("limited", default), default),
        "applicationCredential": application_credential(auth_url, demo),
    }


def application_credential(auth_url, owner):
    api = Api(auth_url, auth_url + "/v3", owner["userName"], owner["password"], owner["projectName"])
    made = api.create("/users/%s/application_credentials" % owner["userId"], "application_credential", name="pipeline")
    return {key: made[key] for key in ("id", "name", "secret")}


def fill_manila(auth_url, url, accounts):
    headers = {"X-OpenStack-Manila-API-Version": MICROVERSION}
    admin, demo = (
        Api(auth_url, url, accounts[name]["userName"], accounts[name]["password"], name, headers)
        for name in ("admin", "demo")
    )
    set_quotas(admin, accounts["limited"]["projectId"])
    wait_for_back_ends(admin)
    types = {
        "default": share_type(admin, "default", "False"),
        "ssd": share_type(admin, "ssd", "False"),
        "share_servers": share_type(admin, "share_servers", "True"),
    }
    plain = (types["default"], types["ssd"])
    pool, host = ({"consistent_snapshot_support": support} for support in ("pool", "host"))
    return {
        "url": url,
        "shareTypes": types,
        "shareGroupTypes": {
            "default": share_group_type(admin, "default", plain, pool),
            "inconsistent": share_group_type(admin, "inconsistent", plain, {}),
            "share_servers": share_group_type(admin, "share_servers", [types["share_servers"]], pool),
            # No back end has this: a group of this type ends in error.
            "unschedulable": share_group_type(admin, "unschedulable", plain, host),
        },
        "shareNetworkId": demo.create("/share-networks", "share_network", name="network")["id"],
    }


def set_quotas(manila, limited_project_id):
    """No limits, so that many groups can be made at once, but for one project with a single group."""
    unlimited = ("share_groups", "share_group_snapshots", "shares", "snapshots", "gigabytes", "snapshot_gigabytes")
    manila.put("/quota-class-sets/default", quota_class_set=dict.fromkeys(unlimited, -1))
    manila.put("/quota-sets/" + limited_project_id, quota_set={"share_groups": 1})


def wait_for_back_ends(manila):
    """The scheduler places nothing before it has heard from each of them."""
    end = time.monotonic() + READY_WITHIN
    while len(pools := manila.get("/scheduler-stats/pools")["pools"]) < 2:
        if time.monotonic() > end:
            raise SystemExit("Of Manila's two back ends, the scheduler knows %s." % [pool["name"] for pool in pools])
        time.sleep(0.1)


def share_type(manila, name, driver_handles_share_servers):
    specs = {
        "driver_handles_share_servers": driver_handles_share_servers,
        "snapshot_support": "True",
        "create_share_from_snapshot_support": "True",
    }
    fields = {"share_type_access:is_public": True, "extra_specs": specs}
    return manila.create("/types", "share_type", name=name, **fields)["id"]


def share_group_type(manila, name, share_type_ids, specs):
    fields = {"is_public": True, "share_types": list(share_type_ids), "group_specs": specs}
    return manila.create("/share-group-types", "share_group_type", name=name, **fields)["id"]


def write_clouds_yaml(path, cloud):
    """An entry for each account, and for demo's other ways to log in."""
    accounts = ("admin", "demo", "reader", "other", "limited")
    clouds = {name: password_entry(cloud["authUrl"], cloud[name]) for name in accounts}
    clouds["short-lived"] = password_entry(cloud["shortLivedAuthUrl"], cloud["demo"])
    credential = {
        "auth_url": cloud["authUrl"] + "/v3",
        "application_credential_id": cloud["applicationCredential"]["id"],
        "application_credential_secret": cloud["applicationCredential"]["secret"],
    }
    clouds["application-credential"] = entry("v3applicationcredential", credential)
    with open(path, "w") as file:
        yaml.safe_dump({"clouds": clouds}, file, sort_keys=False)


def password_entry(auth_url, account):
    auth = {
        "auth_url": auth_url + "/v3", "username": account["userName"], "password": account["password"],
        "project_name": account["projectName"],
        "user_domain_name": account["domainName"], "project_domain_name": account["domainName"],
    }
    return entry("v3password", auth)


def entry(auth_type, auth):
    return {"auth_type": auth_type, "region_name": REGION, "identity_api_version": 3, "auth": auth}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keystone", required=True)
    parser.add_argument("--short-lived-keystone", required=True)
    parser.add_argument("--manila")
    urls = parser.parse_args()
    identity, cloud = fill_keystone(urls.keystone)
    cloud |= {"authUrl": urls.keystone, "shortLivedAuthUrl": urls.short_lived_keystone, "region": REGION}
    if urls.manila:
        identity.service("manila", "shared-file-system", urls.manila + "/v2")
        cloud["manila"] = fill_manila(urls.keystone, urls.manila + "/v2", cloud)
    cloud |= {"cloudsFile": os.path.abspath("clouds.yaml"), "python": sys.executable}
    write_clouds_yaml(cloud["cloudsFile"], cloud)
    print(json.dumps(cloud))


main()
