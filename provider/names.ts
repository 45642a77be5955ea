import { uuid } from "./inputs";
import { ResourceError } from "./lifecycle";
import type { Manila } from "./openstack/manila";

interface Named {
  id: string;
  name: string;
}

/** What is known by name on a cloud, asked for once in a process, and again where a name is not among it. */
export class Names<Type extends Named> {
  private readonly lists = new WeakMap<Manila, Promise<Type[]>>();

  /** `noun` is what they are, such as `share type`. */
  constructor(
    private readonly noun: string,
    private readonly list: (manila: Manila) => Promise<Type[]>,
  ) {}

  /** All of them, as they were when they were asked for first. */
  async all(manila: Manila): Promise<Type[]> {
    return await (this.lists.get(manila) ?? this.ask(manila));
  }

  /**
   * The ids of those that are given by name.
   *
   * @param known ids by names that need not be asked for
   */
  async idsOf(
    wanted: readonly string[],
    known: Record<string, string>,
    connect: () => Promise<Manila>,
  ): Promise<Record<string, string>> {
    const told = new Map(Object.entries(known));
    const names = wanted.filter((each) => !isId(each));
    const ids = names.map(async (name): Promise<[string, string]> => [
      name,
      told.get(name) ?? (await this.idOf(name, await connect())),
    ]);
    return Object.fromEntries(await Promise.all(ids));
  }

  private async idOf(name: string, manila: Manila): Promise<string> {
    const named = (types: Type[]): Type[] => types.filter((type) => type.name === name);
    const [first] = named(await this.all(manila));
    // It may have been made since.
    const all = first === undefined ? await this.ask(manila) : await this.all(manila);
    const [found, ...others] = named(all);
    if (found === undefined) {
      throw new ResourceError(
        `There is no ${this.noun} "${name}" for project ${manila.projectId}. There are: ${described(all)}. Check the ` +
          "name, or give the id.",
      );
    }
    if (others.length > 0) {
      throw new ResourceError(
        `There are several ${this.noun}s "${name}": ${described([found, ...others])}. Give the id of one of them.`,
      );
    }
    return found.id;
  }

  private async ask(manila: Manila): Promise<Type[]> {
    const asking = this.list(manila);
    this.lists.set(manila, asking);
    // A failure may pass, and the next resource may try again.
    asking.catch(() => this.lists.delete(manila));
    return await asking;
  }
}

/** Whether an id is given, and not a name. */
export function isId(idOrName: string): boolean {
  return uuid.safeParse(idOrName).success;
}

function described(types: Named[]): string {
  return types.length === 0 ? "none" : types.map(({ id, name }) => `"${name}" (${id})`).join(", ");
}
