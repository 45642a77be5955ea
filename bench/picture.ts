import { lives, place, type Width } from "./bars";
import { total } from "./calls";
import { type Contender, type Measurement, median, operations, ratio, select } from "./measurement";

/*
 * What is promised, for the most groups that were measured: how long everything takes beside the engine alone, and how
 * many calls. A block for each width, a row for each operation, a bar each for plain and ours.
 */

const WIDTH = 860;
const LABELS = 120;
const BAR = 11;
const ROW = 2 * BAR + 12;
const TOP = 72;
const BLOCK_HEAD = 50;
/** Room for the number at the end of the longest bar. */
const NUMBERS = 60;

const STYLE = `
  .background { fill: #ffffff }
  text { fill: #1f2328; font: 13px sans-serif }
  .title { font-size: 16px; font-weight: bold }
  .number { font-size: 11px }
  .plain { fill: #bf8700 }
  .ours { fill: #0969da }
  .floor { stroke: #59636e; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    .background { fill: #0d1117 }
    text { fill: #f0f6fc }
    .plain { fill: #d29922 }
    .ours { fill: #4493f8 }
    .floor { stroke: #9198a1 }
  }
`;

type Value = (contender: Contender, width: Width, operation: Measurement["operation"]) => number | undefined;

interface Panel {
  heading: string;
  left: number;
  right: number;
  value: Value;
  text: (value: number) => string;
  /** The value at which a line crosses all rows. */
  line?: number;
}

const drawn = ["plain", "ours"] as const;

/** Draws what was measured, as SVG. */
export function picture(measurements: readonly Measurement[]): string {
  const most = Math.max(...lives(measurements).map(({ groups }) => groups));
  const blocks = lives(measurements).filter(({ groups }) => groups === most);
  const blockHeight = BLOCK_HEAD + operations.length * ROW + 12;
  const height = TOP + blocks.length * blockHeight;
  const body = blocks.flatMap((width, index) =>
    block(width, TOP + index * blockHeight, panels(measurements), blocks),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>Time and API calls of plain and ours</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="background" width="${WIDTH}" height="${height}"/>`,
    ...legend(),
    ...body,
    "</svg>\n",
  ].join("\n");
}

function panels(all: readonly Measurement[]): Panel[] {
  const middle = LABELS + (WIDTH - LABELS) / 2;
  return [
    {
      heading: "time, × the engine alone",
      left: LABELS,
      right: middle - NUMBERS,
      value: (contender, width, operation) => ratio(all, { contender, ...width, operation }),
      text: (value) => `${value.toFixed(2)} ×`,
      line: 1,
    },
    {
      heading: "API calls",
      left: middle,
      right: WIDTH - NUMBERS,
      value: (contender, width, operation) =>
        median(select(all, { contender, ...width, operation }).map(({ calls }) => total(calls))),
      text: (value) => Math.round(value).toLocaleString("en"),
    },
  ];
}

function legend(): string[] {
  return [
    text(16, 26, "pulumi-manila beside a dynamic provider written the plain way", "title"),
    `<rect class="plain" x="16" y="40" width="12" height="12"/>`,
    text(34, 51, "plain"),
    `<rect class="ours" x="90" y="40" width="12" height="12"/>`,
    text(108, 51, "ours"),
    `<line class="floor" x1="160" y1="46" x2="184" y2="46"/>`,
    text(190, 51, "the engine alone, with a provider that does nothing"),
  ];
}

function block(width: Width, top: number, columns: readonly Panel[], blocks: readonly Width[]): string[] {
  const bottom = top + BLOCK_HEAD + operations.length * ROW;
  const labels = operations.map((operation, index) =>
    text(16, top + BLOCK_HEAD + index * ROW + BAR + 5, operation),
  );
  return [
    text(16, top + 16, place(width), "title"),
    ...labels,
    ...columns.flatMap((panel) => column(panel, width, top, bottom, longest(panel, blocks))),
  ];
}

function column(panel: Panel, width: Width, top: number, bottom: number, most: number): string[] {
  const scale = (panel.right - panel.left) / most;
  const bars = operations.flatMap((operation, row) =>
    drawn.flatMap((contender, index) => {
      const value = panel.value(contender, width, operation);
      const y = top + BLOCK_HEAD + row * ROW + index * BAR;
      return value === undefined ? [] : bar(panel, contender, y, value, value * scale);
    }),
  );
  const x = panel.left + (panel.line ?? 0) * scale;
  const line = `<line class="floor" x1="${round(x)}" y1="${top + BLOCK_HEAD - 4}" x2="${round(x)}" y2="${bottom - 6}"/>`;
  const heading = text(panel.left, top + 38, panel.heading);
  return [heading, ...bars, ...(panel.line === undefined ? [] : [line])];
}

function bar(
  { left, text: write }: Panel,
  contender: Contender,
  y: number,
  value: number,
  length: number,
): string[] {
  return [
    `<rect class="${contender}" x="${left}" y="${y}" width="${round(Math.max(length, 1))}" height="${BAR - 1}"/>`,
    text(left + Math.max(length, 1) + 5, y + BAR - 2, write(value), "number"),
  ];
}

/** One scale for all blocks, so that they can be compared. */
function longest({ value }: Panel, blocks: readonly Width[]): number {
  const values = blocks.flatMap((width) =>
    operations.flatMap((operation) => drawn.map((contender) => value(contender, width, operation) ?? 0)),
  );
  return Math.max(1, ...values);
}

function text(x: number, y: number, words: string, kind = "label"): string {
  return `<text class="${kind}" x="${round(x)}" y="${y}">${words}</text>`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
