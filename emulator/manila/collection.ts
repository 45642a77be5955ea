import { adminActions } from "./adminActions";
import { invalidFields, unwrap, type JsonObject } from "./body";
import { isVisible, type Status, type Table } from "./database";
import { badRequest, notFound } from "./faults";
import type { Words } from "./generation";
import { listed, nextLink, page } from "./lists";
import { serve, serveActions, type Call, type Operation, type Reply, type Scope } from "./operation";
import { search, type Columns, type Searched } from "./search";
import { storedText } from "./text";
import { preciseTime } from "./time";

interface Stored {
  id: string;
  projectId: string;
  name: string | null;
  description: string | null;
  status: Status;
  createdAt: number;
}

/** The columns both have. */
export const COLUMNS: Columns<Stored> = {
  id: ({ id }) => id,
  project_id: ({ projectId }) => projectId,
  name: ({ name }) => name,
  description: ({ description }) => description,
  status: ({ status }) => status,
  created_at: ({ createdAt }) => createdAt,
};

/** Groups or snapshots of them: what sets the two apart. */
export interface Collection<Row extends Stored> {
  words: Words;
  table: Table<Row>;
  /** What a list of them can be searched by. */
  searched: Searched<Row>;
  summary: (call: Call, row: Row) => object;
  detail: (call: Call, row: Row) => object;
  /** Makes one of what a request holds, and sets its creation going. */
  create: (call: Call, content: JsonObject) => Row;
  /** How a new one differs from what `detail` shows. */
  shownWhenNew?: object;
  /** Called once a new one has been shown. */
  created?: (row: Row) => void;
  /** Sets a deletion going. */
  remove: (call: Call, row: Row) => void;
  /** Takes one out of the database, whatever its status. */
  forceDelete: (row: Row) => void;
}

/** Serves all that groups and their snapshots have in common. */
export function serveCollection<Row extends Stored>(scope: Scope, collection: Collection<Row>): void {
  const { generation } = scope;
  const { words, table } = collection;
  const path = `/:projectId/${words.path}`;
  const serveAt = (method: "GET" | "POST" | "PUT" | "DELETE", url: string, handle: Operation["handle"]) => {
    const takesBody = method === "POST" || method === "PUT";
    serve(scope, method, url, { ...generation.offered, takesBody, handle });
  };
  serveAt("POST", path, (call) => create(collection, call));
  serveAt("GET", path, (call) => list(collection, call, collection.summary));
  serveAt("GET", `${path}/detail`, (call) => list(collection, call, collection.detail));
  serveAt("GET", `${path}/:id`, (call) =>
    shown(collection, 200, collection.detail(call, find(collection, call))),
  );
  serveAt("PUT", `${path}/:id`, (call) => update(collection, call));
  serveAt("DELETE", `${path}/:id`, (call) => {
    collection.remove(call, find(collection, call));
    return { status: 202 };
  });
  const actions = adminActions(generation, {
    find: ({ id }) => table.find(id),
    remove: collection.forceDelete,
  });
  serveActions(scope, words.actionMethods, `${path}/:id/action`, actions);
}

function create<Row extends Stored>(collection: Collection<Row>, call: Call): Reply {
  const content = contentOf(collection, call);
  const row = collection.create(call, content);
  const reply = shown(collection, 202, {
    ...collection.detail(call, row),
    ...collection.shownWhenNew,
    name: content.name ?? null,
    description: content.description ?? null,
    created_at: preciseTime(row.createdAt),
  });
  collection.created?.(row);
  return reply;
}

function list<Row extends Stored>(
  { words, table, searched }: Collection<Row>,
  call: Call,
  view: (call: Call, row: Row) => object,
): Reply {
  const found =
    call.generation.name === "shareGroups"
      ? search(call, table.select(), searched)
      : table.list(listed(call));
  const rows = page(found, call);
  const next = nextLink(call, words.linksKey, words.collection, rows, ({ id }) => id);
  return { status: 200, body: { [`${words.key}s`]: rows.map((row) => view(call, row)), ...next } };
}

function update<Row extends Stored>(collection: Collection<Row>, call: Call): Reply {
  const content = contentOf(collection, call);
  const invalid = invalidFields(call.generation, content, ["name", "description"]);
  if (invalid !== null) {
    throw badRequest(`The fields ${invalid} are invalid or not allowed to be updated.`);
  }
  const row = find(collection, call);
  const stored = Object.entries(content).map(([key, value]) => [key, storedText(value)] as const);
  Object.assign(row, Object.fromEntries(stored));
  return shown(collection, 200, { ...collection.detail(call, row), ...content });
}

function shown<Row extends Stored>({ words }: Collection<Row>, status: number, content: object): Reply {
  return { status, body: { [words.key]: content } };
}

function contentOf<Row extends Stored>({ words }: Collection<Row>, { body }: Call): JsonObject {
  const content = unwrap(body, words.key);
  if (content === undefined) {
    throw badRequest(words.notInBody);
  }
  return content;
}

function find<Row extends Stored>({ words, table }: Collection<Row>, { id, caller }: Call): Row {
  const row = table.find(id);
  if (row === undefined || !isVisible(caller, row)) {
    throw notFound(`${words.title} ${id} not found.`);
  }
  return row;
}
