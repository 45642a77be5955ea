import type { RealCloud } from "../../../acceptance/cloud";
import type { Recorder, Sent } from "../recorder";

/** Where demo's groups are. */
export const GROUPS = "/v2/demo/share-groups";
/** Where demo's snapshots of groups are. */
export const SNAPSHOTS = "/v2/demo/share-group-snapshots";
/** Where demo's shares are. */
export const SHARES = "/v2/demo/shares";
/** An id that nothing has. */
export const NOWHERE = "99999999-9999-4999-8999-999999999999";
/** What share groups need up to 2.54. */
export const EXPERIMENTAL = { "X-OpenStack-Manila-API-Experimental": "True" };

/** What all scenes work with. */
export interface Stage {
  recorder: Recorder;
  manila: RealCloud["manila"];
}

/** The body of a request about a group. */
export const group = (content: object = {}): Sent => ({ body: { share_group: content } });

/** The body of a request about a snapshot. */
export const snapshot = (content: object = {}): Sent => ({ body: { share_group_snapshot: content } });

/** An administrator's action. */
export const action = (name: string, content: unknown): Sent => ({
  who: "admin:admin",
  body: { [name]: content },
});

/** The same path in the administrator's project. */
export const asAdmin = (path: string) => path.replace("/v2/demo/", "/v2/admin/");
