import { connect, isMissing } from "../../provider/client";
import type { Client, ConsistencyGroup } from "../../provider/client";
import { isId } from "../../provider/names";
import { UsageError } from "../command";
import { programText } from "./text";
import { typeNames } from "./typeNames";

/** What the program says besides the groups. */
export interface ProgramOptions {
  /** Whether it has the shares in the groups, too. */
  withShares: boolean;
  /** Whether it gives types by their ids. */
  typesById: boolean;
}

/** The program for groups of these ids, or for all of the project. */
export async function programOf(
  ids: string[] | "all",
  { withShares, typesById }: ProgramOptions,
): Promise<string> {
  const distinct = ids === "all" ? ids : distinctIds(ids);
  const manila = await connect();
  const groups =
    distinct === "all"
      ? await allGroups(manila)
      : await Promise.all(distinct.map((id) => existing(manila, id)));
  const declared = groups.map(async (group) => ({
    group,
    shares: withShares ? await manila.shares.detail({ consistencyGroupId: group.id }) : [],
  }));
  return programText(await Promise.all(declared), typesById ? new Map() : await typeNames(manila));
}

function distinctIds(ids: string[]): string[] {
  const strange = ids.find((id) => !isId(id));
  if (strange !== undefined) {
    throw new UsageError(`"${strange}" is not the id of a group.`);
  }
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

async function existing({ consistencyGroups, projectId }: Client, id: string): Promise<ConsistencyGroup> {
  try {
    return await consistencyGroups.get(id);
  } catch (error) {
    throw isMissing(error, id)
      ? new Error(`There is no consistency group ${id} in project ${projectId}.`, { cause: error })
      : error;
  }
}

/** In the order of their names, so that the same groups make the same text. */
async function allGroups({ consistencyGroups, projectId }: Client): Promise<ConsistencyGroup[]> {
  const groups = await consistencyGroups.detail();
  if (groups.length === 0) {
    throw new Error(`There is no consistency group in project ${projectId}.`);
  }
  const order = ({ name = "", id }: ConsistencyGroup): string => `${name}\n${id}`;
  return groups.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
