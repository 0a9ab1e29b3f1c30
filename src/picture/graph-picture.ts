import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { StateMachineDefinition } from "../language/asl.js";
import { type Graph, graphOf } from "./graph.js";
import { type GraphHead, graphToHtml } from "./graph-html.js";
import { graphToMermaid } from "./graph-mermaid.js";
import { type GraphProgress, progressOf } from "./graph-progress.js";
import { graphToText } from "./graph-text.js";
import { notebookDisplay } from "./notebook-display.js";
import { oneLine } from "./plain-text.js";

/** How a graph is laid out. */
export interface GraphOptions {
  /** From top to bottom; default: from left to right. */
  readonly portrait?: boolean;
}

/** A picture of a state machine, or of one of its executions. */
export class GraphPicture {
  readonly #graph: Graph;
  readonly #progress: GraphProgress | undefined;
  readonly #head: GraphHead;
  readonly #portrait: boolean;

  /**
   * @internal
   * @param events - of the execution; none for the machine alone
   */
  constructor(
    definition: StateMachineDefinition,
    head: GraphHead,
    options: GraphOptions,
    events?: readonly HistoryEvent[],
  ) {
    this.#graph = graphOf(definition);
    this.#progress = events === undefined ? undefined : progressOf(this.#graph, events);
    this.#head = head;
    this.#portrait = options.portrait ?? false;
  }

  /** For a terminal: a line for each state with its mark, its ways below it, branches further in. */
  toText(): string {
    return `${oneLine(this.#head.title)}\n${graphToText(this.#graph, this.#progress)}`;
  }

  /** A fragment of HTML that needs nothing from anywhere. */
  toHtml(): string {
    return graphToHtml(this.#graph, this.#progress, this.#head, this.#portrait);
  }

  /** A flowchart in Mermaid's language. */
  toMermaid(): string {
    return graphToMermaid(this.#graph, this.#progress, this.#portrait);
  }

  toString(): string {
    return this.toText();
  }

  /** @internal */
  [notebookDisplay](): Readonly<Record<string, string>> {
    return { "text/html": this.toHtml() };
  }
}
