import { cloudOf } from "../../demo/byHand";
import type { Emulator, RequestRecord } from "../../emulator";
import { ConsistencyGroupApi } from "../../provider/consistencyGroup/api";
import { ConsistencyGroupSnapshotApi } from "../../provider/consistencyGroupSnapshot/api";
import { ShareApi } from "../../provider/share/api";

/** A group, snapshot or share on the server. */
export interface OnServer {
  id: string;
  name?: string;
}

/** All that the project has on the server. */
export async function onServer(emulator: Emulator): Promise<OnServer[]> {
  const manila = await cloudOf({ environment: () => emulator.environment("member") }).manila();
  const apis = [
    new ConsistencyGroupApi(manila),
    new ConsistencyGroupSnapshotApi(manila),
    new ShareApi(manila),
  ];
  return (await Promise.all(apis.map((api): Promise<OnServer[]> => api.list()))).flat();
}

/** What of it is neither in a state of these ids, nor named in what was told. */
export async function lostOn(emulator: Emulator, recorded: string[], told = ""): Promise<OnServer[]> {
  return (await onServer(emulator)).filter(({ id }) => !recorded.includes(id) && !told.includes(id));
}

/** Whether a request asks for something new. */
export function isCreation({ method, kind }: RequestRecord): boolean {
  return method === "POST" && kind.startsWith("POST /v2/") && !kind.endsWith("/action");
}
