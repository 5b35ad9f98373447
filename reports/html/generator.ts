import type { RunResult } from "../../harness/core/run-result.ts";
import { integer, NO_VALUE, time } from "../quantities.ts";
import { html } from "./markup.ts";
import { bar, type Section, tableMarkup } from "./parts.ts";

/** How the harness itself fared, process by process. */
export function generator({ generator: { processes, believable, reasons } }: RunResult): Section {
  const rows = processes.map(
    (
      { cpuPercent, gcPercent, longestGcUs, loopDelayUs, madeStarts, droppedStarts, lateStarts, maxLateUs },
      at,
    ) =>
      html`<tr><th scope="row">${at + 1}</th><td class="figure">${cpuPercent.toFixed(0)} %${bar(cpuPercent / 100, cpuPercent > 95 ? "short" : "other")}</td><td class="figure">${gcPercent.toFixed(1)} % <small>longest ${time(longestGcUs)}</small></td><td class="figure">${
        loopDelayUs === null
          ? NO_VALUE
          : html`${time(loopDelayUs.p99)} <small>most ${time(loopDelayUs.max)}</small>`
      }</td><td class="figure">${integer(madeStarts)}</td><td class="figure"><span class="${droppedStarts > 0 ? "bad" : "plain"}">${integer(droppedStarts)}</span></td><td class="figure">${integer(lateStarts)}${lateStarts > 0 && html` <small>by up to ${time(maxLateUs)}</small>`}</td></tr>`,
  );
  const head = ["Process", "CPU, of a core", "Garbage", "Event loop late, p99", "Starts", "Dropped", "Late"];
  return {
    id: "harness",
    title: "The harness",
    short: "Harness",
    lead: believable
      ? "It was not the bottleneck: the figures can be believed."
      : "It was the bottleneck, so the figures cannot be believed.",
    body: [
      reasons.length > 0 &&
        html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`,
      tableMarkup("Processes of the harness", head, html`<tbody>${rows}</tbody>`),
    ],
  };
}
