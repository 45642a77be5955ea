import assert from "node:assert/strict";
import fc from "fast-check";
import { Redaction } from "../../../provider/openstack/redaction";

/** No mask is a secret: it could not be told from one. */
const secret = fc
  .string({ minLength: 3, maxLength: 40, unit: "binary" })
  .filter((text) => !text.includes("*"));

/** The ways in which a secret turns up in what servers send. */
const forms = [
  (text: string) => text,
  (text: string) => JSON.stringify(text),
  (text: string) => encodeURIComponent(text),
  (text: string) => new URLSearchParams({ secret: text }).toString(),
] as const;

describe("Redaction", () => {
  it("leaves none of the secrets in a text, as they are, in JSON or in a URL", () => {
    const words = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), words, (secrets, texts) => {
        const redaction = new Redaction(secrets);
        const all = secrets.flatMap((each) => forms.map((form) => form(each)));
        const masked = redaction.apply([...texts, ...all, ...texts].join(" "));
        for (const each of secrets) {
          assert.equal(masked.includes(each), false);
          assert.equal(masked.includes(JSON.stringify(each).slice(1, -1)), false);
          assert.equal(masked.includes(encodeURIComponent(each)), false);
          assert.equal(masked.includes(new URLSearchParams({ "": each }).toString().slice(1)), false);
        }
      }),
    );
  });

  it("leaves the rest of a text as it was", () => {
    const redaction = new Redaction(["s3cret"]);
    assert.equal(redaction.apply("user member, password s3cret."), "user member, password ***.");
    assert.equal(redaction.apply("no secret at all"), "no secret at all");
  });

  it("masks a secret that contains another one as a whole", () => {
    for (const secrets of [
      ["abc", "abcdef"],
      ["abcdef", "abc"],
    ]) {
      assert.equal(new Redaction(secrets).apply("abcdef abc"), "*** ***");
    }
  });

  it("masks secrets that are added later, wherever they are", () => {
    const redaction = new Redaction();
    assert.equal(redaction.apply("token t0ken"), "token t0ken");
    redaction.add("t0ken");
    assert.equal(redaction.apply("t0ken and t0ken"), "*** and ***");
  });

  it("does not take the empty text for a secret", () => {
    assert.equal(new Redaction([""]).apply("text"), "text");
  });

  it("does not take a secret for a pattern", () => {
    assert.equal(new Redaction(["a.c", "$&"]).apply("abc a.c $&"), "abc *** ***");
  });
});
