import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { count } from "../../../reports/quantities.ts";
import { type Baseline, serializeBaseline } from "../../core/baseline.ts";
import { messageOf, UsageError } from "../../core/errors.ts";

/**
 * Writes a baseline, and the folders that it is in.
 *
 * @throws UsageError `cannot-write-baseline`
 */
export function writeBaseline(path: string, baseline: Baseline): void {
  const text = serializeBaseline(baseline);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new UsageError(`the baseline cannot be written to ${path}: ${messageOf(cause)}`, {
      code: "cannot-write-baseline",
      cause,
    });
  }
}

/** What is in a baseline, in one line. */
export function baselineLine({ runs, exact, noisy }: Baseline): string {
  const gated = exact.filter(({ repeats }) => repeats !== "nothing").length;
  const left = exact.length - gated;
  const readings = noisy?.metrics.length ?? 0;
  return [
    `${count(gated, "exact metric")} of ${count(runs, "run")}`,
    ...(left === 0 ? [] : [`${left} that do not repeat and are not gated`]),
    ...(readings === 0 ? [] : [`${count(readings, "noisy reading")}`]),
  ].join(", ");
}
