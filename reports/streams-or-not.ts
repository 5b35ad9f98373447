import { METRIC_NAMES, payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";
import { find } from "./figure-rows.ts";
import { commonest, operationsOf } from "./payload-rows.ts";
import { integer, memory } from "./quantities.ts";
import type { Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What is said of a list in assigns beside a stream. */
const PAIR = ["stream", "stateful"] as const;

/** What it answers. */
export const QUESTION = "Streams, or a list in assigns? In bytes that one viewer receives";

/** One answer: in which respect, and what. */
export interface Answer {
  readonly label: string;
  readonly text: string;
}

/**
 * Streams, or a list in assigns? What a run that has both modes says of it, as far as it is no noise: which operations take fewer
 * bytes, and what a connection costs in memory. None of a run that has not both, or whose
 * figures are not to be believed.
 */
export function streamsOrNot(result: RunResult): Answer[] {
  const { configuration, metrics, verdict, checks } = result;
  // What wrong pages cost is no figure, and a part of a run is no comparison.
  if (checks.failed > 0 || verdict === "void" || verdict === "interrupted") return [];
  if (!PAIR.every((mode) => configuration.modes.includes(mode))) return [];
  const measuresCases = configuration.steps.some((step) => caseOf(step) !== undefined);
  const sizes = operationsOf(result).flatMap(({ label, operation, caseName }) => {
    const [stream, stateful] = PAIR.map((mode) => {
      const metric = find(metrics, payloadBytes(operation, caseName), mode, "exact");
      return measuresCases ? commonest(metric?.sizes) : metric?.values.mean;
    });
    // Means are told without fractions.
    return stream === undefined || stateful === undefined
      ? []
      : [{ label, stream: Math.round(stream), stateful: Math.round(stateful) }];
  });
  const fewer = sizes.filter(({ stream, stateful }) => stream < stateful);
  const more = sizes.filter(({ stream, stateful }) => stream > stateful);
  const same = sizes.filter(({ stream, stateful }) => stream === stateful);
  const [inStream, inAssigns] = PAIR.map(
    (mode) => find(metrics, METRIC_NAMES.serverMemoryPerConnection, mode, "slope")?.values.perUnit,
  );
  return [
    ...(fewer.length === 0
      ? []
      : [
          {
            label: "stream sends less",
            text: fewer.map(({ label, stream, stateful }) => against(label, stream, stateful)).join("; "),
          },
        ]),
    ...(more.length === 0
      ? []
      : [
          {
            label: "stateful sends less",
            text: more.map(({ label, stream, stateful }) => against(label, stateful, stream)).join("; "),
          },
        ]),
    ...(same.length === 0
      ? []
      : [{ label: "both send the same", text: same.map(({ label }) => label).join("; ") }]),
    ...(inStream === undefined || inAssigns === undefined
      ? []
      : [
          {
            label: "memory, a connection",
            text: `stream ${memory(inStream)}, stateful ${memory(inAssigns)}`,
          },
        ]),
  ];
}

/** Of one operation: `delete: 105, not 3,532`. */
const against = (label: string, less: number, more: number): string =>
  `${label}: ${integer(less)}, not ${integer(more)}`;

/** What to do where times are to be compared, which one run cannot; null where none was measured, or on a server of others. */
export function forTimes({ scenario, metrics, configuration }: RunResult): string | null {
  const isTimed = metrics.some(({ name }) => name.startsWith("latency."));
  if (!isTimed || configuration.target !== undefined) return null;
  return `Times of one run do not tell: bench compare ${scenario} --mode stream,stateful`;
}

/** The same for a terminal; no lines where there is nothing to say. */
export function streamsOrNotLines(result: RunResult, style: Style, width: number): string[] {
  const answers = streamsOrNot(result);
  if (answers.length === 0) return [];
  const times = forTimes(result);
  const labels = Math.max(...answers.map(({ label }) => label.length));
  const indent = " ".repeat(labels + 4);
  return [
    style.bold(QUESTION),
    ...answers.flatMap(({ label, text }) =>
      wrap(text, width - indent.length).map((line, at) =>
        at === 0 ? `  ${label.padEnd(labels)}  ${line}` : `${indent}${line}`,
      ),
    ),
    ...(times === null ? [] : wrap(times, width - 2).map((line) => style.dim(`  ${line}`))),
  ];
}
