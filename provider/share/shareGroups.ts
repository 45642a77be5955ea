import { optionalText } from "../openstack/reply";
import { commonShare, shareOf, shareWire } from "./wire";
import type { ShareWire } from "./wire";

const share = commonShare
  .extend({ share_group_id: optionalText, source_share_group_snapshot_member_id: optionalText })
  .transform((wire) => ({
    ...shareOf(wire),
    consistencyGroupId: wire.share_group_id,
    sourceCgsnapshotMemberId: wire.source_share_group_snapshot_member_id,
  }));

/** Shares beside share groups, from microversion 2.31 on. */
export const shareGroups: ShareWire = shareWire("share_group_id", share);
