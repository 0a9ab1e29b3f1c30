import { context } from "../../src/expression/context.js";
import type { Placeholder } from "../../src/expression/placeholder.js";
import type { Segment } from "../../src/expression/tree.js";
import type { Meaning, Value } from "./meaning.js";
import { authoredIn, constant, type Fields, type Reads, valuesIn } from "./random-reads.js";
import type { Place, Shape } from "./random-workflow.js";

type Made = Placeholder<{ readonly by: string; readonly at: string }>;
type FieldsOf = (made: Made | undefined) => Fields;

interface Shaped {
  readonly options: Record<string, unknown>;
  readonly meaning: Meaning;
  /** Places in the output that the step has made itself. */
  readonly paths: readonly (readonly Segment[])[];
}

/** The options of a Pass or Task, and what its author means by them. */
export function shaped(
  kind: "pass" | "task",
  shape: Shape,
  name: string,
  fields: { readonly [P in Place]: Fields },
  reads: Reads,
): Shaped {
  const entered: Fields = {
    by: constant(name),
    at: { authored: context.state.enteredTime, meaning: { from: "entered" } },
  };
  const parameters: Fields = { ...entered, ...fields.parameters };
  const makes = kind === "task" || !shape.hasOutput ? (kind === "task" ? "parameters" : shape.makes) : "input";
  const result = { by: name, c: 1 };
  const parts: Part[] = [inputPath(shape, name, reads)];
  if (makes === "parameters") parts.push(option("parameters", parameters));
  if (makes === "result") parts.push({ options: { result }, meaning: { result } });
  if (kind === "task" && !shape.hasOutput && shape.selector !== "none") {
    parts.push(ofResult("resultSelector", "selector", "result", shape.selector, fields.selector));
  }
  parts.push(assigned(kind, shape, name, fields.assign, makes === "parameters"));
  if (shape.hasOutput) {
    const isTask = kind === "task";
    parts.push(
      isTask
        ? ofResult("output", "output", "result", "function", fields.output)
        : option("output", { ...entered, ...fields.output }),
    );
  }
  const hasAt = shape.hasOutput || makes === "parameters";
  const outcome = shape.hasOutput ? { part: none, paths: membersAt([], true) } : putWhere(shape, name, reads, hasAt);
  const isOfInput = makes === "input" && !shape.hasOutput && shape.inputPath === undefined;
  const paths =
    makes === "input" && !shape.hasOutput
      ? outcome.paths.filter((path) => path.length < 2 && path[0] !== "by")
      : outcome.paths;
  const all = [...parts, outcome.part];
  return {
    options: Object.assign({}, ...all.map((part) => part.options)) as Record<string, unknown>,
    meaning: Object.assign({}, ...all.map((part) => part.meaning)) as Meaning,
    paths: isOfInput ? [] : paths,
  };
}

interface Part {
  readonly options: object;
  readonly meaning: Meaning;
}

const none: Part = { options: {}, meaning: {} };

function option(name: "parameters" | "output", fields: Fields): Part {
  return { options: { [name]: authoredIn(fields) }, meaning: { [name]: valuesIn(fields) } };
}

/** An option that reads what came before it: by a function, or by texts. */
function ofResult(
  name: string,
  meaning: "selector" | "output",
  from: "result" | "made",
  by: "function" | "text",
  more: Fields,
): Part {
  const fields: FieldsOf = (made) => ({
    by: { authored: made?.by, meaning: { from, path: ["by"] } },
    at: { authored: made?.at, meaning: { from, path: ["at"] } },
    ...more,
  });
  const texts = { "by.$": "$.by", "at.$": "$['at']", ...authoredIn(more) };
  return {
    options: { [name]: by === "text" ? texts : (made: Made) => authoredIn(fields(made)) },
    meaning: { [meaning]: valuesIn(fields(undefined)) },
  };
}

function assigned(kind: "pass" | "task", { assigns }: Shape, name: string, more: Fields, hasAt: boolean): Part {
  if (assigns === "nothing") return none;
  const key = `v_${name}`;
  const made: Value = { from: "made", path: ["at"] };
  if (assigns === "text" && (kind === "task" || hasAt)) {
    return {
      options: { assign: { [`${key}.$`]: "$.at", ...authoredIn(more) } },
      meaning: { assign: { [key]: made, ...valuesIn(more) } },
    };
  }
  if (kind === "task") {
    return {
      options: { assign: (selected: Made) => ({ [key]: selected.at, ...authoredIn(more) }) },
      meaning: { assign: { [key]: made, ...valuesIn(more) } },
    };
  }
  return {
    options: { assign: { [key]: context.state.enteredTime, ...authoredIn(more) } },
    meaning: { assign: { [key]: { from: "entered" }, ...valuesIn(more) } },
  };
}

function inputPath({ inputPath: given }: Shape, name: string, reads: Reads): Part {
  switch (given) {
    case undefined:
      return none;
    case null:
      return { options: { inputPath: null }, meaning: { inputPath: null } };
    case "execution":
    case "output": {
      const of = given === "output" ? given : "input";
      const value = reads.value({ any: 3, of, place: "parameters" }, name, `${name} InputPath`);
      return value === undefined
        ? none
        : { options: { inputPath: value.authored }, meaning: { inputPath: value.meaning } };
    }
    default:
      return {
        options: { inputPath: given },
        meaning: { inputPath: { from: "here", path: given === "$" ? [] : [given.slice(2)] } },
      };
  }
}

/** Where the result is put, and what of that is given on. */
function putWhere(
  { resultPath, outputPath }: Shape,
  name: string,
  reads: Reads,
  hasAt: boolean,
): { readonly part: Part; readonly paths: Shaped["paths"] } {
  const put = resultPath === undefined ? {} : { resultPath };
  const key = typeof resultPath === "string" ? [resultPath.slice(2)] : [];
  const made = resultPath === null ? [] : membersAt(key, hasAt);
  const given = (path: readonly Segment[]): Part => ({
    options: { ...put, outputPath: ["$", ...path].join(".") },
    meaning: { ...put, outputPath: { from: "made", path } },
  });
  switch (outputPath) {
    case undefined:
      return { part: { options: put, meaning: put }, paths: made };
    case null:
      return { part: { options: { ...put, outputPath }, meaning: { ...put, outputPath } }, paths: [] };
    case "execution": {
      const value = reads.input(name);
      if (value === undefined) return { part: { options: put, meaning: put }, paths: made };
      const options = { ...put, outputPath: value.authored };
      return { part: { options, meaning: { ...put, outputPath: value.meaning } }, paths: [[], ["id"]] };
    }
    case "at":
      return hasAt && resultPath !== null
        ? { part: given([...key, "at"]), paths: [[]] }
        : { part: given([]), paths: made };
    default:
      return { part: given(key), paths: resultPath === null ? [] : membersAt([], hasAt) };
  }
}

function membersAt(key: readonly Segment[], hasAt: boolean): Shaped["paths"] {
  return [key, [...key, "by"], ...(hasAt ? [[...key, "at"]] : [])];
}
