import { unwrap, type JsonObject } from "./body";
import type { Cloud } from "./cloud";
import type { ShareNetwork } from "./database";
import { badRequest, conflict, forbidden, notFound, unprocessable } from "./faults";
import { lastOf, page } from "./lists";
import { serve, type Call, type Reply, type Scope } from "./operation";
import { storedText } from "./text";

/** Serves `/share-networks`. As on the real server, the id alone finds a network, whatever its project. */
export function shareNetworks(scope: Scope, cloud: Cloud): void {
  const path = "/:projectId/share-networks";
  const shown = (call: Call, network: ShareNetwork): Reply => ({
    status: 200,
    body: { share_network: detail(call, network) },
  });
  serve(scope, "POST", path, {
    takesBody: true,
    handle: (call) => shown(call, create(cloud, call)),
  });
  serve(scope, "GET", path, { handle: (call) => list(cloud, call, summary) });
  serve(scope, "GET", `${path}/detail`, { handle: (call) => list(cloud, call, detail) });
  serve(scope, "GET", `${path}/:id`, { handle: (call) => shown(call, find(cloud, call)) });
  serve(scope, "PUT", `${path}/:id`, { takesBody: true, handle: (call) => shown(call, update(cloud, call)) });
  serve(scope, "DELETE", `${path}/:id`, { handle: (call) => remove(cloud, call) });
}

function create({ database, clock, newId }: Cloud, call: Call): ShareNetwork {
  const network = {
    id: newId(),
    subnetId: newId(),
    projectId: call.caller.projectId,
    name: null,
    description: null,
    createdAt: clock(),
    updatedAt: null,
    neutronNetId: null,
    neutronSubnetId: null,
    novaNetId: null,
    ...fieldsOf(contentOf(call)),
  };
  if (network.novaNetId !== null && (network.neutronNetId ?? network.neutronSubnetId) !== null) {
    throw badRequest(
      "Neutron net data and Nova net data are mutually exclusive. Only one of these are allowed at a time.",
    );
  }
  return database.shareNetworks.add(network);
}

function update(cloud: Cloud, call: Call): ShareNetwork {
  const fields = fieldsOf(contentOf(call));
  return Object.assign(find(cloud, call), fields, { updatedAt: cloud.clock() });
}

function fieldsOf(content: JsonObject): Partial<ShareNetwork> {
  return {
    ...("name" in content && { name: storedText(content.name) }),
    ...("description" in content && { description: storedText(content.description) }),
    ...("neutron_net_id" in content && { neutronNetId: storedText(content.neutron_net_id) }),
    ...("neutron_subnet_id" in content && { neutronSubnetId: storedText(content.neutron_subnet_id) }),
    ...("nova_net_id" in content && { novaNetId: storedText(content.nova_net_id) }),
  };
}

function list({ database }: Cloud, call: Call, view: (call: Call, network: ShareNetwork) => object): Reply {
  const { caller, query } = call;
  const projectId = lastOf(query, "project_id") ?? caller.projectId;
  const all = query.has("all_tenants");
  if (!caller.isAdmin && (all || projectId !== caller.projectId)) {
    throw forbidden("Policy doesn't allow share_network:get_all_share_networks to be performed.");
  }
  const name = lastOf(query, "name");
  const networks = database.shareNetworks.list(
    (network) => (all || network.projectId === projectId) && (name === undefined || network.name === name),
  );
  return {
    status: 200,
    body: { share_networks: page(networks, call).map((network) => view(call, network)) },
  };
}

function remove(cloud: Cloud, call: Call): Reply {
  const { database } = cloud;
  const { title } = call.generation.group;
  const { id } = find(cloud, call);
  const uses = {
    "share(s)": database.shares.list(({ shareNetworkId }) => shareNetworkId === id).length,
    [`${title.toLowerCase()}(s)`]: database.groups.list(({ shareNetworkId }) => shareNetworkId === id).length,
  };
  for (const [what, count] of Object.entries(uses)) {
    if (count > 0) {
      throw conflict(`Can not delete share network ${id}, it has ${count} ${what}.`);
    }
  }
  database.shareNetworks.remove(id);
  return { status: 202 };
}

function summary(_call: Call, { id, name }: ShareNetwork): object {
  return { id, name };
}

function detail(call: Call, network: ShareNetwork): object {
  const { version } = call;
  return {
    id: network.id,
    name: network.name,
    project_id: network.projectId,
    description: network.description,
    ...times(call, network),
    ...(version.atMost("2.25") && { nova_net_id: network.novaNetId }),
    ...(version.atLeast("2.51") ? { share_network_subnets: [subnet(call, network)] } : net(call, network)),
    ...(version.atLeast("2.63") && { status: "active", security_service_update_support: true }),
    ...(version.atLeast("2.70") && { network_allocation_update_support: true }),
  };
}

function times({ generation }: Call, { createdAt, updatedAt }: ShareNetwork): object {
  return {
    created_at: generation.storedTime(createdAt),
    updated_at: updatedAt === null ? null : generation.storedTime(updatedAt),
  };
}

/** Where a network is. Since 2.51 it can be in several places, of which there is one here. */
function net({ version }: Call, network: ShareNetwork): object {
  return {
    neutron_net_id: network.neutronNetId,
    neutron_subnet_id: network.neutronSubnetId,
    network_type: null,
    segmentation_id: null,
    cidr: null,
    ip_version: null,
    ...(version.atLeast("2.18") && { gateway: null }),
    ...(version.atLeast("2.20") && { mtu: null }),
  };
}

function subnet(call: Call, network: ShareNetwork): object {
  const own = { id: network.subnetId, availability_zone: null, ...times(call, network) };
  return { ...own, ...net(call, network), ...(call.version.atLeast("2.78") && { metadata: {} }) };
}

function contentOf({ body }: Call): JsonObject {
  const content = unwrap(body, "share_network");
  if (content === undefined) {
    throw unprocessable();
  }
  return content;
}

function find({ database }: Cloud, { id }: Call): ShareNetwork {
  const network = database.shareNetworks.find(id);
  if (network === undefined) {
    throw notFound(`Share network ${id} could not be found.`);
  }
  return network;
}
