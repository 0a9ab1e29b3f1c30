import { looksLikeIntrinsic, parseIntrinsicWith } from "../../../src/expression/intrinsic-parser.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { pathFeatures } from "./path-features.js";

/** The features of ASL that a definition uses, each as `<section>/<feature>`. */
export function featuresOf(definition: JsonObject): ReadonlySet<string> {
  const walk = new Walk(definition["QueryLanguage"] ?? "JSONPath");
  walk.scope(definition, "State machine");
  return walk.found;
}

/** Fields whose values are told apart: each is a feature of its own. */
const told = new Set([
  "QueryLanguage",
  "Mode",
  "ExecutionType",
  "InputType",
  "CSVHeaderLocation",
  "CSVDelimiter",
  "ManifestType",
  "Transformation",
  "OutputType",
  "JitterStrategy",
]);

const templates = new Set(["Parameters", "ResultSelector", "Assign", "ItemSelector", "Credentials", "BatchInput"]);
const jsonataTemplates = new Set(["Arguments", "Output", "Items"]);
const rules = new Set(["And", "Or", "Not"]);

class Walk {
  readonly found = new Set<string>();
  private readonly language: Json;
  private isJsonata = false;

  constructor(language: Json) {
    this.language = language;
  }

  scope({ States, StartAt: _, ProcessorConfig, ...rest }: JsonObject, section: string): void {
    this.fields(rest, section);
    if (ProcessorConfig !== undefined) this.fields(ProcessorConfig as JsonObject, "Map, `ProcessorConfig`");
    for (const state of Object.values((States ?? {}) as JsonObject)) this.state(state as JsonObject);
  }

  private state(state: JsonObject): void {
    const type = String(state["Type"]);
    const outer = this.isJsonata;
    this.isJsonata = (state["QueryLanguage"] ?? this.language) === "JSONata";
    this.stateFields(state, type);
    this.isJsonata = outer;
  }

  private stateFields(state: JsonObject, type: string): void {
    this.fields(state, type, (field, value) => {
      switch (field) {
        case "Choices":
          return this.all(value, (rule) => this.rule(rule, true));
        case "Retry":
          return this.all(value, (rule) => this.fields(rule, "Retry"));
        case "Catch":
          return this.all(value, (rule) => this.fields(rule, "Catch"));
        case "Branches":
          return this.all(value, (branch) => this.scope(branch, "Parallel, a branch"));
        case "ItemProcessor":
        case "Iterator":
          return this.scope(value as JsonObject, "Map, `ItemProcessor`");
        case "ItemReader":
          return this.reader(value as JsonObject);
        case "ItemBatcher":
          return this.fields(value as JsonObject, "Map, `ItemBatcher`");
        case "ResultWriter":
          return this.writer(value as JsonObject);
        case "Resource":
          return this.add("Task resources", resourceFeature(String(value)));
        case "Result":
          return;
        default:
          return this.field(field, value, type);
      }
    });
  }

  private all(list: Json, visit: (item: JsonObject) => void): void {
    for (const item of list as readonly JsonObject[]) visit(item);
  }

  private rule(rule: JsonObject, isWhole: boolean): void {
    const section = "Choice, a rule";
    for (const [field, value] of Object.entries(rule)) {
      this.add(section, field === "Comment" && !isWhole ? "`Comment` of a condition within another" : code(field));
      if (field === "And" || field === "Or") this.all(value, (one) => this.rule(one, false));
      else if (field === "Not") this.rule(value as JsonObject, false);
      if (!rules.has(field)) this.field(field, value, section);
    }
  }

  private reader({ Resource, ReaderConfig = {}, Parameters, Arguments, ...rest }: JsonObject): void {
    const section = "Map, `ItemReader`";
    this.add(section, code(String(Resource).replace(/^.*:(?=s3:)/, "")));
    this.fields(ReaderConfig as JsonObject, section);
    this.target("Parameters", Parameters, section);
    this.target("Arguments", Arguments, section);
    this.fields(rest, section);
  }

  private writer({ Resource, WriterConfig = {}, Parameters, Arguments, ...rest }: JsonObject): void {
    const section = "Map, `ResultWriter`";
    if (Resource !== undefined) this.add(section, code(String(Resource).replace(/^.*:(?=s3:)/, "")));
    this.fields(WriterConfig as JsonObject, section);
    this.target("Parameters", Parameters, section);
    this.target("Arguments", Arguments, section);
    this.fields(rest, section);
  }

  /** What is read or written: the fields of the request, with or without `.$`. */
  private target(name: string, given: Json | undefined, section: string): void {
    for (const field of Object.keys((given ?? {}) as JsonObject)) {
      this.add(section, code(`${name}.${field.replace(/\.\$$/, "")}`));
    }
    if (given !== undefined) this.field(name, given, section);
  }

  /** Notes every field of an object, and looks into each. */
  private fields(given: JsonObject, section: string, visit?: (field: string, value: Json) => void): void {
    for (const [field, value] of Object.entries(given)) {
      if (field === "Type") continue;
      this.add(section, told.has(field) ? code(`${field}: ${JSON.stringify(value)}`) : code(field));
      if (visit === undefined) this.field(field, value, section);
      else visit(field, value);
    }
  }

  /** What stands in a field: paths, templates, expressions. */
  private field(field: string, value: Json, section: string): void {
    if (value === null && field.endsWith("Path")) this.add("Paths", "`null`");
    if (templates.has(field)) this.template(value);
    if (jsonataTemplates.has(field) && !isObject(value))
      this.add("JSONata", `a value that is no object in ${code(field)}`);
    if (typeof value === "string" && (field.endsWith("Path") || field === "Variable")) this.text(value);
    this.expressions(value, `${code(field)} of ${section}`);
  }

  private template(value: Json): void {
    if (!isObject(value)) this.add("Payload templates", "a template that is no object");
    this.members(value, false);
  }

  private members(value: Json, isInList: boolean): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly Json[]) this.members(item, true);
    } else if (isObject(value)) {
      for (const [key, member] of Object.entries(value)) {
        if (key.endsWith(".$") && typeof member === "string") {
          this.add("Payload templates", isInList ? "`key.$` in an object of a list" : "`key.$`");
          this.text(member);
        } else this.members(member, isInList);
      }
    }
  }

  /** A path or a call, with the paths in it. */
  private text(text: string): void {
    const path = (found: string) => {
      for (const feature of pathFeatures(found)) this.add("Paths", feature);
      return { kind: "read" } as const;
    };
    if (!looksLikeIntrinsic(text)) {
      path(text);
      return;
    }
    parseIntrinsicWith(text.trimEnd(), path);
    for (const [name] of text.replace(/'(?:\\.|[^'\\])*'/g, "''").matchAll(/States\.\w+/g)) {
      this.add("Intrinsic functions", code(name));
    }
  }

  private expressions(value: Json, place: string): void {
    if (!this.isJsonata) return;
    if (typeof value === "string" && value.startsWith("{%") && value.endsWith("%}")) {
      this.add("JSONata", "an expression");
      this.add("JSONata, where an expression stands", place);
      for (const feature of expressionFeatures(value)) this.add("JSONata", feature);
    } else if (typeof value === "object" && value !== null) {
      for (const member of Object.values(value)) this.expressions(member as Json, place);
    }
  }

  private add(section: string, feature: string): void {
    this.found.add(`${section}/${feature}`);
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The services have a table of their own; here the patterns are told apart. */
function resourceFeature(resource: string): string {
  if (/^\$\{/.test(resource)) return "a placeholder of a template";
  if (resource.includes(":activity:")) return "an activity";
  const integration = /^arn:[^:]*:states:[^:]*:[^:]*:(.+)$/.exec(resource.replace(/\$\{[^}]*\}/g, "x"))?.[1];
  if (integration === undefined)
    return resource.includes(":lambda:") ? "a Lambda function" : `another: ${code(resource)}`;
  const pattern = /\.(sync:2|sync|waitForTaskToken)$/.exec(integration)?.[1];
  const kind = integration.startsWith("aws-sdk:") ? "an AWS SDK integration" : "an optimized integration";
  return pattern === undefined ? kind : `${kind}, ${code(`.${pattern}`)}`;
}

const ownFunctions = /\$(partition|range|hash|random|uuid|parse)\s*\(/g;

/** What an expression reads, and the functions that Step Functions adds. */
function expressionFeatures(text: string): readonly string[] {
  const roots = [...text.matchAll(/\$states\.(input|result|errorOutput|context)\b/g)].map(([name]) => code(name));
  return [...roots, ...[...text.matchAll(ownFunctions)].map(([, name]) => code(`$${name}`))];
}
