import { behaviours } from "../behaviours";
import type { TestedCloud } from "../behaviours/cloud";
import { userOf } from "../behaviours/user";
import { startLimit } from "./cloud";
import { projectOf } from "./connection";
import { sharedCloud } from "./sharedCloud";

async function realCloud(): Promise<TestedCloud> {
  const { authUrl, manila, demo, other, admin } = await sharedCloud();
  const { shareTypes, shareGroupTypes, shareNetworkId } = manila;
  return {
    member: await userOf({ configuration: projectOf(authUrl, demo) }),
    other: await userOf({ configuration: projectOf(authUrl, other) }),
    administrator: await userOf({ configuration: projectOf(authUrl, admin) }),
    defaultShareType: shareTypes.default,
    otherShareType: { id: shareTypes.ssd, name: "ssd" },
    onShareServers: {
      shareTypes: [shareTypes.share_servers],
      shareGroupType: shareGroupTypes.share_servers,
      shareNetworkId,
    },
    unschedulable: { shareGroupType: shareGroupTypes.unschedulable },
    // It is stopped after the last test of all.
    stop: () => Promise.resolve(),
  };
}

behaviours("a real Manila 23", realCloud, startLimit);
