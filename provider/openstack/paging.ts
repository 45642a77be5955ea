/** How far to go back where a list has moved: more than are likely to vanish between two requests. */
const STEP_BACK = 100;

/**
 * All items of a list, page by page. How long a page may be is the server's setting, and the links to the next one lead
 * nowhere; so pages are asked for by offset, up to the end of the list. Each begins with the last item of the one
 * before: if it has none that is known, items have vanished meanwhile and others have moved up, so it goes back to find
 * them. An item that appears or vanishes meanwhile may or may not be among the items; one that stays always is, and
 * once, as long as fewer appear between two requests than a page holds.
 *
 * @param page the items from an offset on, in an order that stays; a server may give all of them whatever the offset
 */
export async function allPages<Item extends { id: string }>(
  page: (offset: number) => Promise<Item[]>,
): Promise<Item[]> {
  const found = new Map<string, Item>();
  let last: string | undefined;
  for (let offset = 0; ;) {
    const items = await page(offset);
    if (offset > 0 && !items.some(({ id }) => found.has(id))) {
      offset = Math.max(0, offset - STEP_BACK);
      // From here on a page may bring nothing new and not be the last one.
      last = undefined;
      continue;
    }
    const before = found.size;
    items.forEach((item) => found.set(item.id, item));
    const end = items.at(-1)?.id;
    if (items.length < 2 || (found.size === before && end === last)) {
      return [...found.values()];
    }
    last = end;
    offset += items.length - 1;
  }
}

/** The query that asks for a page; the first one needs none. */
export function offsetQuery(offset: number): Record<string, string> {
  return offset === 0 ? {} : { offset: String(offset) };
}
