import type { Client } from "../../provider/client";
import { isId } from "../../provider/names";

interface Named {
  id: string;
  name: string;
}

/** The names, by ids, of the share types and share group types that a program can give by their names. */
export async function typeNames({
  shareTypes,
  shareGroupTypes,
  generation,
}: Client): Promise<Map<string, string>> {
  const ofShares = await shareTypes.list();
  const ofGroups = generation === "shareGroups" ? await shareGroupTypes.list() : [];
  return new Map([...unambiguous(ofShares), ...unambiguous(ofGroups)]);
}

function unambiguous(types: Named[]): [string, string][] {
  return types
    .filter(({ name }) => !isId(name) && types.filter((other) => other.name === name).length === 1)
    .map(({ id, name }) => [id, name]);
}
