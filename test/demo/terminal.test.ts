import assert from "node:assert/strict";
import { terminalPicture } from "../../demo/terminal";

describe("A picture of a terminal", () => {
  function textIn(picture: string): string[] {
    return [...picture.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, text = ""]) => text);
  }

  it("has every line, its spaces, and what XML would take for its own", () => {
    assert.deepEqual(textIn(terminalPicture("Preview", '  ~ name: "a" => "b"\n\n<none> & more\n\n')), [
      '  ~ name: "a" =&gt; "b"',
      "",
      "&lt;none&gt; &amp; more",
    ]);
  });

  it("has the colours and the bold type, over the end of a line, until they are put off", () => {
    const picture = terminalPicture(
      "Preview",
      "\u001B[38;5;3m~ one\ntwo\u001B[0m \u001B[1mthree\u001B[0m four",
    );
    assert.deepEqual(textIn(picture), [
      '<tspan class="c3">~ one</tspan>',
      '<tspan class="c3">two</tspan> <tspan class="bold">three</tspan> four',
    ]);
  });

  it("is readable on light and on dark backgrounds", () => {
    assert.match(terminalPicture("Preview", ""), /\.c3 \{[^]*prefers-color-scheme: dark[^]*\.c3 \{/);
  });
});
