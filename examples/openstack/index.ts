import * as openstack from "@pulumi/openstack";
import * as manila from "pulumi-manila";

const CIDR = "192.0.2.0/24";

const network = new openstack.networking.Network("storage");
const subnet = new openstack.networking.Subnet("storage", { networkId: network.id, cidr: CIDR });

// Where the group's share servers are attached.
const shareNetwork = new openstack.sharedfilesystem.ShareNetwork("storage", {
  neutronNetId: network.id,
  neutronSubnetId: subnet.id,
});

const database = new manila.ConsistencyGroup("database", {
  description: "The database of the shop",
  shareTypes: ["with-share-servers"],
  shareNetworkId: shareNetwork.id,
});

const tables = new manila.Share("tables", {
  shareProtocol: "NFS",
  size: 10,
  consistencyGroupId: database.id,
});

// Whoever is in the subnet may mount it.
new openstack.sharedfilesystem.ShareAccess("tables", {
  shareId: tables.id,
  accessType: "ip",
  accessTo: CIDR,
  accessLevel: "rw",
});

export const path = tables.exportLocations[0];
