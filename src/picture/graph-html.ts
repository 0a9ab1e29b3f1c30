import { type DrawnEdge, type DrawnState, type Graph, toldEdges } from "./graph.js";
import { type GraphProgress, type StateStatus, statuses } from "./graph-progress.js";
import { type Html, html } from "./html.js";
import { shortened } from "./plain-text.js";

/** What is told above a graph. */
export interface GraphHead {
  readonly title: string;
  /** The page of the console. */
  readonly href: string | undefined;
}

const style = html`<style>
.sfn-ds-graph{font:13px/1.35 system-ui,sans-serif;color:#1f2328;background:#fff;padding:8px;overflow-x:auto}
.sfn-ds-graph bdi{overflow-wrap:anywhere}
.sfn-ds-row{display:flex;align-items:flex-start;gap:6px;flex-wrap:wrap}
.sfn-ds-portrait .sfn-ds-row{flex-direction:column;flex-wrap:nowrap}
.sfn-ds-state{border:1px solid #8c959f;border-radius:6px;padding:5px 9px;background:#fff;max-width:22em}
.sfn-ds-box{max-width:none;background:#f6f8fa;flex-basis:auto}
.sfn-ds-state>b,.sfn-ds-state>span{display:block}
.sfn-ds-about{color:#59636e;font-size:12px}
.sfn-ds-state ul{margin:3px 0 0;padding:0;list-style:none;font-size:12px}
.sfn-ds-arrow{padding-top:1.2em;color:#59636e}
.sfn-ds-arrow::before{content:"→"}
.sfn-ds-portrait .sfn-ds-arrow{padding:0 0 0 1.5em}
.sfn-ds-portrait .sfn-ds-arrow::before{content:"↓"}
.sfn-ds-branches{display:flex;flex-direction:column;gap:6px;margin-top:5px}
.sfn-ds-portrait .sfn-ds-branches{flex-direction:row;align-items:flex-start}
.sfn-ds-branch{border:1px dashed #8c959f;border-radius:6px;padding:5px}
.sfn-ds-legend{display:flex;flex-wrap:wrap;gap:6px;margin:6px 0}
.sfn-ds-legend span{border:1px solid #8c959f;border-radius:6px;padding:1px 7px;font-size:12px}
.sfn-ds-running{background:#ddf4ff!important;border-color:#0969da!important}
.sfn-ds-succeeded{background:#dafbe1!important;border-color:#1a7f37!important}
.sfn-ds-failed{background:#ffebe9!important;border-color:#cf222e!important}
.sfn-ds-caught{background:#fff1e5!important;border-color:#bc4c00!important}
.sfn-ds-cancelled{background:#eaeef2!important;border-color:#59636e!important}
</style>`;

/** The graph as a fragment of HTML that needs nothing from anywhere. */
export function graphToHtml(
  graph: Graph,
  progress: GraphProgress | undefined,
  head: GraphHead,
  portrait: boolean,
): string {
  const parts: Html[] = [];
  for (const item of graph) {
    switch (item.kind) {
      case "state":
        parts.push(stateToHtml(item.state, progress));
        break;
      case "open":
        parts.push(
          html`<div class="sfn-ds-branch"><div class="sfn-ds-about">${item.label}</div><div class="sfn-ds-row">`,
        );
        break;
      case "close":
        parts.push(html`</div></div>`);
        break;
      default:
        parts.push(html`</div></div>${arrowAfter(item.state)}`);
    }
  }
  const direction = portrait ? "sfn-ds-graph sfn-ds-portrait" : "sfn-ds-graph";
  const link =
    head.href === undefined
      ? undefined
      : html` <a target="_blank" rel="noopener noreferrer" href="${head.href}">Inspect in AWS Step Functions</a>`;
  return html`<div class="${direction}">${style}
<div><b><bdi>${head.title}</bdi></b>${link}</div>
${progress === undefined ? undefined : legend()}
<div class="sfn-ds-row">
${parts}
</div></div>
`.toString();
}

function stateToHtml(state: DrawnState, progress: GraphProgress | undefined): Html {
  const { name, type, about, isContainer, isEnd, following } = state;
  const found = progress?.get(name);
  const status = found === undefined ? "" : ` sfn-ds-${found.status}`;
  const classes = `sfn-ds-state${isContainer ? " sfn-ds-box" : ""}${status}`;
  const times = found === undefined || found.times < 2 ? "" : ` ×${found.times}`;
  const word = found === undefined ? undefined : html`<span class="sfn-ds-about">${statusText(found.status)}</span>`;
  const ways = toldEdges(state).map((edge) => html`<li>${wayToHtml(edge)}</li>`);
  const end = isEnd && following !== undefined ? html`<li>■ end</li>` : undefined;
  const list = ways.length === 0 && end === undefined ? undefined : html`<ul>${ways}${end}</ul>`;
  const box = html`<div class="${classes}"><b><bdi>${name}</bdi>${times}</b><span class="sfn-ds-about">${type} ${shortened(about)}</span>${word}${list}`;
  return isContainer ? html`${box}<div class="sfn-ds-branches">` : html`${box}</div>${arrowAfter(state)}`;
}

function wayToHtml({ label, target, isBack }: DrawnEdge): Html {
  return html`<bdi>${shortened(label)}</bdi> ${isBack ? "↩" : "→"} <bdi>${target}</bdi>`;
}

/** Between a state and the one after it, where a way leads there. */
function arrowAfter({ edges, following }: DrawnState): Html {
  const leads = edges.some(({ target }) => target === following);
  return leads
    ? html`<span class="sfn-ds-arrow"></span>
`
    : html`
`;
}

/** Not by its colour alone. */
function statusText(status: StateStatus): string {
  return `${statuses[status].mark} ${statuses[status].word}`;
}

function legend(): Html {
  const kinds = (Object.keys(statuses) as StateStatus[]).map(
    (status) => html`<span class="sfn-ds-${status}">${statusText(status)}</span>`,
  );
  return html`<div class="sfn-ds-legend">${kinds}<span>not entered</span></div>`;
}
