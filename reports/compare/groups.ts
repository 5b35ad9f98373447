import type { ComparedFigure, CompareReport } from "../../harness/core/compare-report.ts";
import { METRIC_NAMES, operationOfServerCpu } from "../../harness/core/metric-names.ts";
import { CPU_HEADING, CPU_LABELS } from "../cpu-rows.ts";
import { latencyLabel } from "../latency-rows.ts";
import { SLOPES } from "../memory-rows.ts";
import { HEADINGS, OPERATIONS, operationLabel } from "../payload-rows.ts";

/** A figure, and what it is called. */
export interface LabelledFigure {
  readonly label: string;
  /** Without its percentile: `insert to the frame`. */
  readonly about: string;
  readonly figure: ComparedFigure;
}

/** Figures of one kind. */
export interface FigureGroup {
  readonly heading: string;
  /** What they are about, in a word: `bytes`. */
  readonly short: string;
  readonly figures: readonly LabelledFigure[];
}

interface Kind {
  readonly heading: (figures: readonly ComparedFigure[]) => string;
  readonly short: string;
  readonly has: (metric: string) => boolean;
  /** What a figure of it is called. */
  readonly about: (figure: ComparedFigure) => string;
}

const OTHERS: Readonly<Record<string, string>> = {
  [METRIC_NAMES.mountBytes]: "its bytes",
  [METRIC_NAMES.mountLatency]: "to its last byte",
  [METRIC_NAMES.mountRequests]: "pages a second",
  [METRIC_NAMES.chromeHeap]: "heap of the page with most",
  [METRIC_NAMES.wireReceivedPerConnection]: "received",
  [METRIC_NAMES.wireSentPerConnection]: "sent",
  ...CPU_LABELS,
  ...Object.fromEntries(SLOPES.map(([label, name]) => [name, label])),
};

const sized = ({ title, operation = "" }: ComparedFigure): string => title ?? operationLabel(operation);
const other = ({ metric }: ComparedFigure): string => OTHERS[metric] ?? metric;

/** In the order in which they are told. The last one takes what no other has. */
const KINDS: readonly Kind[] = [
  {
    heading: (figures) =>
      figures.some(({ reading }) => reading === "common") ? HEADINGS.common : HEADINGS.mean,
    short: "bytes",
    has: (metric) => metric.startsWith("payload.") && !metric.includes(".deflated"),
    about: sized,
  },
  {
    heading: () => "Deflated with context take-over, for one who looks on",
    short: "deflated",
    has: (metric) => metric.startsWith("payload."),
    about: sized,
  },
  {
    heading: () => "Latency from when it was due",
    short: "latency",
    has: (metric) => metric.startsWith("latency."),
    about: ({ metric }) => latencyLabel(metric),
  },
  {
    heading: () => "A page over HTTP",
    short: "HTTP",
    has: (metric) => metric.startsWith("http."),
    about: other,
  },
  {
    heading: () => CPU_HEADING,
    short: "CPU",
    has: (name) => operationOfServerCpu(name) !== null,
    about: other,
  },
  {
    heading: () => "Memory of the server",
    short: "memory",
    has: (metric) => metric.startsWith("memory."),
    about: other,
  },
  { heading: () => "Chrome", short: "Chrome", has: (metric) => metric.startsWith("chrome."), about: other },
  {
    heading: () => "Traffic of one connection, headers included",
    short: "traffic",
    has: () => true,
    about: other,
  },
];

/** The figures of a report by what they are about, in the order in which reports of a run tell them; none is empty. */
export function groupsOf({ figures }: Pick<CompareReport, "figures">): FigureGroup[] {
  const kindOf = (figure: ComparedFigure) => KINDS.find(({ has }) => has(figure.metric));
  return KINDS.flatMap((kind) => {
    const own = figures
      .filter((figure) => kindOf(figure) === kind)
      .toSorted((a, b) => placeOf(a) - placeOf(b));
    if (own.length === 0) return [];
    const labelled = own.map((figure): LabelledFigure => {
      const about = kind.about(figure);
      const isPercentile = /^p\d+$/.test(figure.reading);
      return { label: isPercentile ? `${about}, ${figure.reading}` : about, about, figure };
    });
    return [{ heading: kind.heading(own), short: kind.short, figures: labelled }];
  });
}

/** Operations in the order of a run's report, the others behind them as they came. */
function placeOf({ operation = "" }: ComparedFigure): number {
  const at = OPERATIONS.indexOf(operation);
  return at === -1 ? OPERATIONS.length : at;
}
