import type { JsonObject } from "../../src/language/json.js";
import { type Edge, type PlacedScope, type PlacedState, place, sizes } from "./layout.js";
import type { ToldFlow } from "./told-flow.js";

const style = `<style>
  text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1f2328; }
  .code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
  .small { font-size: 11px; fill: #656d76; }
  .name { font-weight: 600; }
  .paper { fill: #ffffff; }
  .box { fill: #f6f8fa; stroke: #8c959f; }
  .frame { fill: none; stroke: #8c959f; stroke-dasharray: 5 4; }
  .way { fill: none; stroke: #656d76; stroke-width: 1.5; }
  .data { fill: #0550ae; }
  .carried { fill: #a8550a; }
  .carry { fill: none; stroke: #bf6a1f; stroke-width: 1.5; stroke-dasharray: 2 3; stroke-linejoin: round; }
  .tip { fill: #656d76; }
  .carrytip { fill: #bf6a1f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .small { fill: #9198a1; }
    .paper { fill: #0d1117; }
    .box { fill: #161b22; stroke: #6e7681; }
    .frame { stroke: #6e7681; }
    .way { stroke: #9198a1; }
    .data { fill: #79c0ff; }
    .carried { fill: #ffa657; }
    .carry { stroke: #ffa657; }
    .tip { fill: #9198a1; }
    .carrytip { fill: #ffa657; }
  }
</style>`;

/** How far from a box's left side the way into and out of it is. */
const anchor = 24;

/** Marks a line that the compiler adds to a state, or that reads what it added. */
const mark = "\u0001";

/** Draws states as boxes, the data that flows into each, what each reads, and the variables that the compiler sets. */
export function draw(title: string, told: ToldFlow): string {
  const lines = linesOf(told);
  const scope = place(told.definition, (name) => lines.get(name) ?? []);
  const carries = told.travelled.filter(({ by }) => by === "variable");
  const hasLeft = scope.edges.some(({ way }) => way !== "down");
  const margin = { left: hasLeft ? 40 : 20, top: 40, right: 20 + carries.length * 12, bottom: 16 };
  const width = Math.max(scope.width, widestLabel(told)) + margin.left + margin.right;
  const height = scope.height + margin.top + margin.bottom;
  const where = new Map<string, Box>();
  const drawn = drawScope(scope, margin.left, margin.top, told, where);
  const ways = carries.map(({ text, path }, lane) => carry(text.slice(1), String(stateOf(path)), lane, told, where));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    style,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    ...ways, // below boxes and texts
    ...drawn,
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

interface Box {
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The middle of a line of the box, by its text. */
  line(part: string): number;
}

/** The state that a place in a definition lies in. */
function stateOf(path: readonly (string | number)[]): string | number | undefined {
  return path[path.lastIndexOf("States") + 1];
}

/** What stands in each box: what the state reads, then what it sets. */
function linesOf({ travelled, definition }: ToldFlow): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  const add = (name: string, line: string): void => {
    const known = lines.get(name) ?? [];
    if (!known.includes(line)) lines.set(name, [...known, line]);
  };
  const carried = new Set(travelled.flatMap(({ by, text }) => (by === "variable" ? [text.slice(1)] : [])));
  for (const { path, text, by } of travelled) {
    if (path.includes("Assign")) continue;
    add(String(stateOf(path)), `${by === "variable" ? mark : ""}${wordOf(path)} ← ${text}`);
  }
  for (const [name, state] of statesOf(definition)) {
    const catchers = (state["Catch"] ?? []) as JsonObject[];
    for (const { Assign: assign } of [state, ...catchers]) {
      for (const [key, value] of Object.entries((assign ?? {}) as Record<string, unknown>)) {
        const variable = key.replace(/\.\$$/, "");
        add(name, `${carried.has(variable) ? mark : ""}Assign $${variable} = ${value}`);
      }
    }
  }
  return lines;
}

/** The last word of a place that says what is read there. */
function wordOf(path: readonly (string | number)[]): string {
  if (path.includes("Choices")) return "if";
  return path.includes("ItemSelector") ? `ItemSelector ${path.at(-1)}` : String(path.at(-1));
}

function statesOf(scope: JsonObject): readonly (readonly [name: string, state: JsonObject])[] {
  return Object.entries((scope["States"] ?? {}) as Record<string, JsonObject>).flatMap(([name, state]) => {
    const inner = [...((state["Branches"] ?? []) as JsonObject[]), (state["ItemProcessor"] ?? {}) as JsonObject];
    return [[name, state] as const, ...inner.flatMap(statesOf)];
  });
}

function drawScope(scope: PlacedScope, x: number, y: number, told: ToldFlow, where: Map<string, Box>): string[] {
  return [
    ...scope.edges.map((edge) => drawEdge(edge, x, y)),
    ...scope.states.flatMap((state) => drawState(state, x + state.x, y + state.y, told, where)),
  ];
}

function drawState(state: PlacedState, x: number, y: number, told: ToldFlow, where: Map<string, Box>): string[] {
  const { name, width, height, lines, inner } = state;
  const middle = (index: number): number => y + sizes.head + 8 + index * sizes.line;
  where.set(name, {
    right: x + width,
    top: y,
    bottom: y + height,
    line: (part) =>
      middle(
        Math.max(
          0,
          lines.findIndex((line) => line.includes(part)),
        ),
      ) - 2,
  });
  const data = told.entered.get(name);
  const label = data === undefined ? [] : [text(x + anchor + 10, y - 10, `$ = ${data}`, "code data")];
  let innerX = x + sizes.pad;
  const innerY = y + height - sizes.pad;
  const scopes = inner.flatMap((scope) => {
    const drawn = drawScope(scope, innerX, innerY - Math.max(...inner.map((one) => one.height)), told, where);
    innerX += scope.width + sizes.pad;
    return drawn;
  });
  return [
    `<rect class="${inner.length === 0 ? "box" : "frame"}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    text(x + 12, y + 20, name, "name"),
    `<text class="small" x="${x + width - 12}" y="${y + 20}" text-anchor="end">${kindOf(state)}</text>`,
    ...lines.map((line, index) => {
      const isCarried = line.startsWith(mark);
      return text(x + 12, middle(index) + 2, line.replace(mark, ""), isCarried ? "code carried" : "code");
    }),
    ...label,
    ...scopes,
  ];
}

function kindOf({ state }: PlacedState): string {
  const { ItemProcessor: processor } = state as { readonly ItemProcessor?: { readonly ProcessorConfig?: JsonObject } };
  return processor?.ProcessorConfig?.["Mode"] === "DISTRIBUTED" ? "distributed Map" : String(state["Type"]);
}

function drawEdge({ from, to, kind, way: course }: Edge, x: number, y: number): string {
  const [x1, y1] = [x + from.x + anchor, y + from.y + from.height];
  const [x2, y2] = [x + to.x + anchor, y + to.y];
  if (course !== "down") {
    const [begin, end] = [y + from.y + from.height / 2, y2 + to.height / 2];
    const side = x + Math.min(from.x, to.x) - 34;
    const way = `M${x + from.x},${begin} C${side},${begin} ${side},${end} ${x + to.x - 5},${end}`;
    return `<path class="way" d="${way}"/>${tip(x + to.x, end, "right", "tip")}`;
  }
  // Sideways above the label of the state that it leads to.
  const way = `M${x1},${y1}${x1 === x2 ? "" : ` V${y1 + 12} H${x2}`} V${y2 - 5}`;
  const word = kind === "catch" ? text(x2 + 10, y1 + 14, "catch", "small") : "";
  return `<path class="way" d="${way}"${kind === "catch" ? ' stroke-dasharray="6 4"' : ""}/>${word}${tip(x2, y2, "down", "tip")}`;
}

/** From the state that sets a variable to one that reads it. */
function carry(name: string, reader: string, lane: number, told: ToldFlow, where: ReadonlyMap<string, Box>): string {
  const setter = statesOf(told.definition).find(([, state]) =>
    JSON.stringify([state["Assign"], state["Catch"]]).includes(`"${name}.$"`),
  );
  const from = where.get(setter?.[0] ?? "");
  const to = where.get(reader);
  if (from === undefined || to === undefined) return "";
  const [y1, y2] = [from.line(`Assign $${name} `), to.line(`← $${name}`)];
  // Around all that stands between the two, each on a line of its own.
  const between = [...where.values()].filter(({ top, bottom }) => bottom > y1 && top < y2);
  const side = Math.max(...between.map(({ right }) => right)) + 16 + lane * 12;
  const way = `M${from.right},${y1} H${side} V${y2} H${to.right + 5}`;
  return `<path class="carry" d="${way}"/>${tip(to.right, y2, "left", "carrytip")}`;
}

function tip(x: number, y: number, to: "down" | "left" | "right", name: string): string {
  const points = {
    down: `${x},${y} ${x - 4},${y - 8} ${x + 4},${y - 8}`,
    left: `${x},${y} ${x + 8},${y - 4} ${x + 8},${y + 4}`,
    right: `${x},${y} ${x - 8},${y - 4} ${x - 8},${y + 4}`,
  };
  return `<polygon class="${name}" points="${points[to]}"/>`;
}

function text(x: number, y: number, words: string, name: string): string {
  return `<text class="${name}" x="${x}" y="${y}">${escaped(words)}</text>`;
}

/** The room that the labels over the boxes need; a character of the code font is 7.3 pixels wide. */
function widestLabel({ entered }: ToldFlow): number {
  return Math.max(...[...entered.values()].map((label) => anchor + 10 + (label.length + 4) * 7.3));
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
