import * as pulumi from "@pulumi/pulumi";
import * as manila from "pulumi-manila";

const config = new pulumi.Config();

// The database's tables, logs and configuration: shares of this group are snapshotted at the exact same instant.
const database = new manila.ConsistencyGroup("database", {
  name: config.get("databaseName") ?? "database",
  description: "Tables, logs and configuration of the shop",
  shareTypes: config.getObject<string[]>("shareTypes"),
});

const uploads = new manila.ConsistencyGroup("uploads", {
  description: "Pictures that customers upload",
});

export const databaseId = database.id;
export const databaseStatus = database.status;
export const uploadsId = uploads.id;
