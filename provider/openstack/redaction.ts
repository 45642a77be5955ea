const MASK = "***";

/** Blots out secrets wherever they turn up in a text: a server may echo what it was sent. */
export class Redaction {
  private readonly secrets = new Set<string>();

  constructor(secrets: readonly string[] = []) {
    secrets.forEach((secret) => {
      this.add(secret);
    });
  }

  add(secret: string): void {
    if (secret !== "") {
      this.secrets.add(secret);
      // As it stands inside JSON, inside a URL and inside a query.
      this.secrets.add(JSON.stringify(secret).slice(1, -1));
      this.secrets.add(encodeURIComponent(secret));
      this.secrets.add(new URLSearchParams([["", secret]]).toString().slice(1));
    }
  }

  apply(text: string): string {
    // The longest first, lest a secret that contains another one is left in part.
    const longestFirst = [...this.secrets].sort((one, other) => other.length - one.length);
    return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  }
}
