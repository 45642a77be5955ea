import assert from "node:assert/strict";
import { z } from "zod";
import type { Client } from "../../../provider/client";
import type { Resource, Stack } from "../../engine/stack";
import { everything, manilaOf, openstack, openstackSdk } from "./operator";
import { RealServers } from "./realServers";

/** What openstacksdk knows of a group: all but its host and source. */
const FIELDS_OF_SDK = [
  "id",
  "name",
  "description",
  "status",
  "created_at",
  "project_id",
  "share_types",
  "share_network_id",
  "share_group_type_id",
  "availability_zone",
  "consistent_snapshot_support",
];

const READ_WITH_SDK = `
import json, openstack
manila = openstack.connect().shared_file_system
groups = [manila.get_share_group(group.id) for group in manila.share_groups()]
print(json.dumps([{field: group[field] for field in ${JSON.stringify(FIELDS_OF_SDK)}} for group in groups]))`;

const listedGroup = z
  .object({ ID: z.string(), Name: z.string(), Status: z.string(), Description: z.string().nullable() })
  .transform((row) => ({ id: row.ID, name: row.Name, description: row.Description, status: row.Status }));

/** A group as OpenStack's clients show it; its share types are a set. */
const shownGroup = z.looseObject({
  id: z.string(),
  share_types: z.array(z.string()).transform((types) => types.sort()),
});

/** A program that declares one group. */
function declaring(args: object = {}): string {
  return `new manila.ConsistencyGroup("database", ${JSON.stringify(args)});`;
}

/** A group's outputs under Manila's own names, with a null for each that is absent. */
function asShown({ id, outputs }: Resource): z.infer<typeof shownGroup> {
  return shownGroup.parse({
    id,
    name: outputs.name,
    description: outputs.description ?? null,
    status: outputs.status,
    created_at: outputs.createdAt,
    project_id: outputs.projectId,
    host: outputs.host,
    share_types: outputs.shareTypes,
    share_network_id: outputs.shareNetworkId ?? null,
    source_share_group_snapshot_id: outputs.sourceCgsnapshotId ?? null,
    share_group_type_id: outputs.shareGroupTypeId,
    availability_zone: outputs.availabilityZone,
    consistent_snapshot_support: outputs.consistentSnapshotSupport,
  });
}

function withFields(group: object, fields: string[]): object {
  return Object.fromEntries(Object.entries(group).filter(([field]) => fields.includes(field)));
}

function byId<Group extends { id?: string }>(groups: Group[]): Group[] {
  return groups.sort(({ id: one = "" }, { id: other = "" }) => (one < other ? -1 : 1));
}

describe("A consistency group on the real engine and a real Manila", function () {
  this.timeout("5m");
  const servers = new RealServers();

  /** The groups of demo's project, for changes made by hand. */
  async function byHand(): Promise<Client["consistencyGroups"]> {
    return (await manilaOf(servers.cloud, servers.cloud.demo)).consistencyGroups;
  }

  /** The id of the one group in the stack's state, which must be all that there is on the servers. */
  async function onlyId(stack: Stack): Promise<string> {
    const { id = "" } = await stack.group();
    assert.deepEqual(await everything(servers.cloud), [id]);
    return id;
  }

  /** A group of the default type, one of named types, and one with share servers. */
  function declaringThree(): string {
    const served = {
      shareTypes: ["share_servers"],
      shareGroupType: "share_servers",
      shareNetworkId: servers.cloud.manila.shareNetworkId,
    };
    const typed = {
      description: "Tables and logs",
      shareTypes: ["ssd", "default"],
      shareGroupType: "inconsistent",
      requireConsistentSnapshots: false,
      availabilityZone: "nova",
    };
    return `
      new manila.ConsistencyGroup("plain");
      new manila.ConsistencyGroup("typed", ${JSON.stringify(typed)});
      new manila.ConsistencyGroup("served", ${JSON.stringify(served)});`;
  }

  /** The three have the types that they were declared with. */
  async function assertAsDeclared(stack: Stack): Promise<void> {
    const { shareTypes, shareGroupTypes, shareNetworkId } = servers.cloud.manila;
    const [plain, typed, served] = await Promise.all(
      ["plain", "typed", "served"].map(async (name) => (await stack.resource(name)).outputs),
    );
    assert.deepEqual(
      [plain?.shareGroupTypeId, plain?.shareTypes, plain?.availabilityZone, plain?.consistentSnapshotSupport],
      [shareGroupTypes.default, [shareTypes.default], "nova", "pool"],
    );
    assert.deepEqual(
      [typed?.shareGroupTypeId, typed?.shareTypes, typed?.description],
      [shareGroupTypes.inconsistent, [shareTypes.default, shareTypes.ssd].sort(), "Tables and logs"],
    );
    assert.deepEqual(
      [served?.shareGroupTypeId, served?.shareTypes, served?.shareNetworkId],
      [shareGroupTypes.share_servers, [shareTypes.share_servers], shareNetworkId],
    );
  }

  /** OpenStack's own clients see these groups, and no others. */
  async function assertSeenByOthers(groups: z.infer<typeof shownGroup>[]): Promise<void> {
    const { cloud } = servers;
    const seen = (fields: string[]): object[] => groups.map((group) => withFields(group, fields));
    const listed = z.array(listedGroup).parse(await openstack(cloud, "share", "group", "list"));
    assert.deepEqual(byId(listed), seen(["id", "name", "description", "status"]));
    for (const group of groups) {
      const shown = await openstack(cloud, "share", "group", "show", group.id);
      assert.deepEqual(shownGroup.parse(shown), group);
    }
    const known = z.array(shownGroup).parse(await openstackSdk(cloud, READ_WITH_SDK));
    assert.deepEqual(byId(known), seen(FIELDS_OF_SDK));
  }

  it("is of default types, of named ones or on a share network, and to OpenStack's clients what it says", async () => {
    const stack = await servers.stack(declaringThree());
    await stack.up();
    await assertAsDeclared(stack);
    await assertSeenByOthers(byId((await stack.groups()).map(asShown)));
    assert.deepEqual(await stack.preview(), []);
  });

  it("is renamed in place, and then as quiet as before", async () => {
    const stack = await servers.stack(declaring({ description: "Tables and logs" }));
    await stack.up();
    const id = await onlyId(stack);
    await stack.write(declaring({ name: "shop", description: "Tables and logs" }));
    assert.deepEqual(await stack.preview(), ["update database"]);
    await stack.up();
    const { name, description } = await (await byHand()).get(await onlyId(stack));
    assert.deepEqual([await onlyId(stack), name, description], [id, "shop", "Tables and logs"]);
    assert.deepEqual(await stack.preview(), []);
  });

  it("is replaced for other share types and for another group type, however these are called", async () => {
    const { ssd } = servers.cloud.manila.shareTypes;
    const stack = await servers.stack(declaring());
    await stack.up();
    const first = await onlyId(stack);
    await stack.write(declaring({ shareTypes: ["ssd"] }));
    assert.deepEqual(await stack.preview(), ["replace database"]);
    await stack.up();
    const second = await onlyId(stack);
    await stack.write(declaring({ shareTypes: [ssd] }));
    assert.deepEqual(await stack.preview(), [], "an id in place of the name is no change");
    const inconsistent = { shareGroupType: "inconsistent", requireConsistentSnapshots: false };
    await stack.write(declaring({ shareTypes: [ssd], ...inconsistent }));
    assert.deepEqual(await stack.preview(), ["replace database"]);
    await stack.up();
    assert.equal(new Set([first, second, await onlyId(stack)]).size, 3);
  });

  it("shows what was changed by hand after a refresh, and repairs it", async () => {
    const stack = await servers.stack(declaring({ description: "Tables and logs" }));
    await stack.up();
    const id = await onlyId(stack);
    await (await byHand()).update(id, { name: "mine", description: null });
    await stack.refresh();
    const preview = await stack.succeed("preview", "--diff");
    assert.match(preview, /~ name\s*: "mine" => "database"/);
    assert.match(preview, /\+ description\s*: "Tables and logs"/);
    assert.doesNotMatch(preview, /shareTypes|shareGroupType|availabilityZone|region/);
    await stack.up();
    const repaired = await (await byHand()).get(id);
    assert.deepEqual([repaired.name, repaired.description], ["database", "Tables and logs"]);
  });

  it("is made again when somebody has deleted it", async () => {
    const stack = await servers.stack(declaring());
    await stack.up();
    const id = await onlyId(stack);
    const groups = await byHand();
    await groups.delete(id);
    await groups.waitUntilGone(id);
    await stack.refresh();
    assert.deepEqual(await stack.preview(), ["create database"]);
    await stack.up();
    assert.notEqual(await onlyId(stack), id);
  });

  it("is looked up by a reader, who may make none", async () => {
    const stack = await servers.stack(declaring({ description: "Tables and logs" }));
    await stack.up();
    const id = await onlyId(stack);
    const lookUp = `exports.found = manila.ConsistencyGroup.get("shared", "${id}").description;`;
    const reader = await servers.stack(lookUp, "reader");
    await reader.up();
    assert.equal((await reader.succeed("stack", "output", "found")).trim(), "Tables and logs");
    await reader.write(declaring());
    const output = await reader.fail("up", "--yes", "--skip-preview");
    assert.match(output, /answered 403 forbidden: .*changes need the role member \(a reader may only look\)/);
    assert.equal(await onlyId(stack), id);
  });

  it("is taken over by its id, and never made", async () => {
    const groups = await byHand();
    const { id } = await groups.create({ name: "by hand", description: "Tables and logs" });
    const { createdAt } = await groups.waitUntilAvailable(id);
    const stack = await servers.stack(declaring({ importId: id, description: "Tables and logs" }));
    await stack.up();
    assert.equal(await onlyId(stack), id);
    const adopted = await groups.get(id);
    assert.deepEqual([adopted.name, adopted.createdAt], ["database", createdAt]);
    await stack.write(declaring({ description: "Tables and logs" }));
    assert.deepEqual(await stack.preview(), [], "the input can go once it has done its work");
  });
});
