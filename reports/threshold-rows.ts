import type { RunResult, ThresholdVerdict } from "../harness/core/run-result.ts";
import { NO_VALUE } from "./quantities.ts";

/** A threshold as a report tells it. */
export interface ThresholdRow {
  readonly word: "passed" | "warned" | "failed";
  readonly mark: "good" | "warn" | "bad";
  /** `payload.insert.bytes{mode:stream}` */
  readonly name: string;
  /** `max<=900` */
  readonly expression: string;
  /** The value with its unit. */
  readonly actual: string;
  /** Why there is none; empty where there is one. */
  readonly why: string;
}

/** The thresholds of a run, in their order. */
export function thresholdRows({ thresholds }: Pick<RunResult, "thresholds">): ThresholdRow[] {
  return thresholds.map((one) => ({
    ...outcomeOf(one),
    name: one.mode === undefined ? one.name : `${one.name}{mode:${one.mode}}`,
    expression: one.expression,
    actual: one.actual === null ? NO_VALUE : figure(one.actual, one.unit),
    why: one.explanation ?? "",
  }));
}

function outcomeOf({ passed, level }: ThresholdVerdict): Pick<ThresholdRow, "word" | "mark"> {
  if (passed) return { word: "passed", mark: "good" };
  return level === "warn" ? { word: "warned", mark: "warn" } : { word: "failed", mark: "bad" };
}

function figure(value: number, unit: ThresholdVerdict["unit"]): string {
  const rounded = value.toLocaleString("en-US", { maximumFractionDigits: 3 });
  switch (unit) {
    case "ms":
      return `${rounded} ms`;
    case "percent":
      return `${rounded} %`;
    case "bytes":
      return `${rounded} bytes`;
    case "count":
    case null:
      return rounded;
    default:
      return unit satisfies never;
  }
}
