import { optionalText } from "../openstack/reply";
import { commonShare, shareOf, shareWire } from "./wire";
import type { ShareWire } from "./wire";

const share = commonShare
  .extend({ consistency_group_id: optionalText, source_cgsnapshot_member_id: optionalText })
  .transform((wire) => ({
    ...shareOf(wire),
    consistencyGroupId: wire.consistency_group_id,
    sourceCgsnapshotMemberId: wire.source_cgsnapshot_member_id,
  }));

/** Shares beside consistency groups: microversions 2.4 to 2.30. */
export const consistencyGroups: ShareWire = shareWire("consistency_group_id", share);
