/*
 * What a command has printed on a terminal, as a picture. It takes the few sequences that Pulumi uses: colours of the
 * palette of 256, bold, and their end.
 */

const FONT = 13;
const CHARACTER = 7.83;
const LINE = 18;
const PADDING = 16;

/** The first colours of the palette, each readable on the background of its scheme. */
const COLOURS = {
  light: ["#1f2328", "#cf222e", "#116329", "#7d4e00", "#0969da", "#8250df", "#1b7c83", "#57606a"],
  dark: ["#e6edf3", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4"],
};

interface Style {
  colour?: number;
  bold: boolean;
}

interface Span extends Style {
  text: string;
}

/** Draws lines with escape sequences, as SVG for light and dark backgrounds. */
export function terminalPicture(title: string, printed: string): string {
  const lines = spansOf(printed.trimEnd());
  const length = (line: Span[]): number => line.reduce((sum, { text }) => sum + text.length, 0);
  const width = Math.ceil(Math.max(...lines.map(length)) * CHARACTER) + 2 * PADDING;
  const height = lines.length * LINE + 2 * PADDING;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${stylesheet()}</style>`,
    `<rect class="background" width="${width}" height="${height}" rx="8"/>`,
    ...lines.map((line, index) => {
      const y = PADDING + index * LINE + FONT;
      return `<text x="${PADDING}" y="${y}" xml:space="preserve">${line.map(drawn).join("")}</text>`;
    }),
    "</svg>\n",
  ].join("\n");
}

/** The lines of a text, each in pieces of one style. A style goes on over the end of a line. */
function spansOf(printed: string): Span[][] {
  let style: Style = { bold: false };
  return printed.split("\n").map((line) =>
    // eslint-disable-next-line no-control-regex -- Escape is what the sequences begin with.
    line.split(/(\u001B\[[\d;]*m)/).flatMap((piece) => {
      // eslint-disable-next-line no-control-regex -- The same.
      const [, codes] = /^\u001B\[([\d;]*)m$/.exec(piece) ?? [];
      if (codes === undefined) {
        return piece === "" ? [] : [{ ...style, text: piece }];
      }
      style = styled(style, codes);
      return [];
    }),
  );
}

function styled(style: Style, codes: string): Style {
  const [, colour] = /38;5;(\d+)/.exec(codes) ?? [];
  if (colour !== undefined) {
    return { ...style, colour: Number(colour) % 8 };
  }
  if (codes === "1") {
    return { ...style, bold: true };
  }
  return codes === "" || codes === "0" ? { bold: false } : style;
}

function drawn({ colour, bold, text }: Span): string {
  const classes = [...(colour === undefined ? [] : [`c${colour}`]), ...(bold ? ["bold"] : [])];
  return classes.length === 0
    ? escaped(text)
    : `<tspan class="${classes.join(" ")}">${escaped(text)}</tspan>`;
}

function stylesheet(): string {
  const fills = (colours: string[]): string =>
    colours.map((fill, index) => `.c${index} { fill: ${fill} }`).join(" ");
  return `
  .background { fill: #f6f8fa }
  text { fill: #1f2328; font: ${FONT}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
  .bold { font-weight: bold }
  ${fills(COLOURS.light)}
  @media (prefers-color-scheme: dark) {
    .background { fill: #161b22 }
    text { fill: #e6edf3 }
    ${fills(COLOURS.dark)}
  }
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
