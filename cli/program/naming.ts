/** Names that are given out once each. */
class Distinct {
  private readonly taken = new Set<string>();

  constructor(private readonly numbered: (name: string, number: number) => string) {}

  /** The name, or where that is taken, the first of its numbered forms that is free. */
  claim(name: string): string {
    let free = name;
    for (let number = 2; this.taken.has(free); number++) {
      free = this.numbered(name, number);
    }
    this.taken.add(free);
    return free;
  }
}

/** Names of resources in a program, of which a stack takes each but once for a kind. */
export class ResourceNames {
  private readonly names = new Distinct((name, number) => `${name}-${number}`);

  /** `kind` is what those without a name are called, such as `group`. */
  constructor(private readonly kind: string) {}

  /** What a resource is called on the cloud, as far as a program can say it. */
  of({ id, name = "" }: { id: string; name?: string }): string {
    const plain = name.replace(/[^\p{ID_Continue}.-]+/gu, "-").replace(/^-+|-+$/g, "");
    return this.names.claim(plain === "" ? `${this.kind}-${id.slice(0, 8)}` : plain);
  }
}

/** Identifiers of a program's constants. */
export class Identifiers {
  private readonly identifiers = new Distinct((identifier, number) => `${identifier}${number}`);

  /** Such as `shopDatabaseGroup`: with what it is at its end, none is one of the language's own words. */
  of(resourceName: string, what: string): string {
    const words = resourceName.match(/\p{ID_Continue}+/gu) ?? [];
    const [first = "", ...others] = words;
    const camelCase = lower(first) + others.map(upper).join("");
    const identifier = camelCase.endsWith(what) ? camelCase : camelCase + what;
    return this.identifiers.claim(/^\p{ID_Start}/u.test(identifier) ? identifier : `_${identifier}`);
  }
}

/** Words in capitals become small ones. */
function lower(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
