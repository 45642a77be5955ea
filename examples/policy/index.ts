import { PolicyPack } from "@pulumi/policy";
import { groupsAreProtected } from "./groupsAreProtected";

new PolicyPack("manila", { policies: [groupsAreProtected] });
