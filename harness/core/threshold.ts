import { UsageError } from "./errors.ts";

/** What a threshold compares with. `==` and `===` are one, as in k6. */
export const OPERATORS = ["<=", "<", ">=", ">", "===", "==", "!="] as const;

/** One of {@link OPERATORS}. */
export type Operator = (typeof OPERATORS)[number];

/** `error` makes the run fail (exit code 99); `warn` is said and no more. */
export const THRESHOLD_LEVELS = ["error", "warn"] as const;

/** One of {@link THRESHOLD_LEVELS}. */
export type ThresholdLevel = (typeof THRESHOLD_LEVELS)[number];

/** The figure of a metric that is compared. `percentile` is of 0 to 100. */
export type Aggregate =
  | { readonly kind: "avg" | "min" | "max" | "med" | "count" | "rate" | "value" }
  | { readonly kind: "percentile"; readonly percentile: number };

/** A condition on one metric, parsed from k6's syntax. */
export interface Threshold {
  /** The metric's name: `latency.insert.frame`. */
  readonly metric: string;
  /** The one mode that it holds for. Absent: for each mode of the run. */
  readonly mode?: string;
  readonly aggregate: Aggregate;
  readonly operator: Operator;
  /** In bytes, in percent, as a number of things; for times in milliseconds, as in k6. */
  readonly expected: number;
  readonly level: ThresholdLevel;
  /** Whether the run ends as soon as it is crossed, as in k6. Absent: it is judged at the end. */
  readonly abortOnFail?: true;
  /** As it was written, without spaces: `p(99)<50`. */
  readonly expression: string;
}

const EXPRESSION =
  /^(avg|min|max|med|count|rate|value|p\((\d+(?:\.\d+)?)\))(<=|>=|===|==|!=|<|>)(-?\d+(?:\.\d+)?)$/;
const SELECTOR = /^([a-z][\w]*(?:\.[\w]+)*)(?:\{mode:([\w-]+)\})?$/;

/**
 * Parses one condition in k6's syntax (`metrics/thresholds_parser.go` of grafana/k6).
 *
 * @param selector a metric's name, with `{mode:stream}` behind it where it holds for one mode only
 * @param expression `max<=420`, `p(99)<50`, `avg`, `min`, `med`, `count`, `rate`, `value`
 * @param place where it stands, for the error: `scenario quickstart`, `--threshold`
 * @throws UsageError `invalid-threshold`
 */
export function parseThreshold(
  selector: string,
  expression: string,
  level: ThresholdLevel,
  place: string,
): Threshold {
  const threshold = tryThreshold(selector, expression, level);
  if (typeof threshold !== "string") return threshold;
  throw new UsageError(`${place}: threshold ${threshold}`, { code: "invalid-threshold" });
}

/** As {@link parseThreshold}, but gives what is wrong with it as a string, for those who gather problems. */
export function tryThreshold(
  selector: string,
  expression: string,
  level: ThresholdLevel,
): Threshold | string {
  const refuse = (why: string) => `"${selector}: ${expression}": ${why}`;
  const selected = SELECTOR.exec(selector.replaceAll(/\s/g, ""));
  if (!selected?.[1]) {
    return refuse("the metric is written as payload.insert.bytes or payload.insert.bytes{mode:stream}");
  }
  const compact = expression.replaceAll(/\s/g, "");
  const parts = EXPRESSION.exec(compact);
  if (!parts?.[1] || !parts[3] || !parts[4]) {
    return refuse(
      "expected an aggregate (avg, min, max, med, p(N), count, rate, value), an operator " +
        "(<, <=, >, >=, ==, !=) and a number, as in max<=420 or p(99)<50",
    );
  }
  const percentile = parts[2] === undefined ? undefined : Number(parts[2]);
  if (percentile !== undefined && percentile > 100) return refuse("a percentile lies between 0 and 100");
  return {
    metric: selected[1],
    ...(selected[2] === undefined ? {} : { mode: selected[2] }),
    aggregate:
      percentile === undefined
        ? { kind: parts[1] as Exclude<Aggregate["kind"], "percentile"> }
        : { kind: "percentile", percentile },
    operator: parts[3] as Operator,
    expected: Number(parts[4]),
    level,
    expression: compact,
  };
}
