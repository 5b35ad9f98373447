import { deflatedBytes, deflatedTakeoverBytes, payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find } from "./figure-rows.ts";
import { operationsOf, type ToldOperation } from "./payload-rows.ts";
import { count, integer } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { compressibility, hintsOf } from "./why-hints.ts";
import { anatomyLines, hintLines } from "./why-lines.ts";
import { visible, wrap } from "./wrap.ts";

/** The widest line, in characters: also where the terminal is wider. */
const WIDTH = 100;
/** Below this a terminal breaks lines by itself. */
const LEAST_WIDTH = 60;
/** What has a smaller share of an operation's bytes is not told by itself. */
const LEAST_SHARE = 0.02;

/**
 * Where the bytes of each operation went, in each mode: by the slot of the template, with most first, and what that suggests.
 * Lines are at most 100 characters wide, and without a style there is no control character in them.
 *
 * @param columns the width of the terminal, in characters; absent or 0: not known
 */
export function renderWhy(result: RunResult, style: Style = PLAIN, columns?: number): string {
  const width = Math.max(LEAST_WIDTH, Math.min(WIDTH, columns || WIDTH));
  const told = result.configuration.modes.flatMap((mode) =>
    operationsOf(result).flatMap((operation) => operationLines(result, mode, operation, style, width)),
  );
  const heading = style.bold("Where the bytes went");
  if (told.length === 0) return `${heading}\n\nNo frame of this run was taken apart.\n`;
  const about =
    "Of the user who looks on, and of answers to those who act. A slot is told by its way in the rendered tree, * for the " +
    "entries of a list.";
  return `${[heading, ...wrap(about, width), ...told].join("\n")}\n`;
}

function operationLines(
  { metrics }: RunResult,
  mode: string,
  { label, operation, caseName }: ToldOperation,
  style: Style,
  width: number,
): string[] {
  const anatomy = find(metrics, payloadBytes(operation, caseName), mode, "exact")?.anatomy;
  if (anatomy === undefined) return [];
  const deflated = (name: typeof deflatedBytes): number | undefined => {
    const metric = find(metrics, name(operation, caseName), mode, "exact");
    // Otherwise they are not of the same frames.
    return metric?.values.count === anatomy.samples ? metric.values.mean : undefined;
  };
  const [alone, deflatedMean] = [deflated(deflatedBytes), deflated(deflatedTakeoverBytes)];
  const sizes = [
    `${integer(anatomy.bytes / anatomy.samples)} bytes`,
    ...(anatomy.samples === 1 ? [] : [`mean of ${count(anatomy.samples, "frame")}`]),
    ...(alone === undefined || deflatedMean === undefined
      ? []
      : [
          `deflated ${integer(alone)}, in context ${integer(deflatedMean)}`,
          ...[compressibility(anatomy, deflatedMean) ?? []].flat(),
        ]),
  ].join(" · ");
  const name = `${visible(mode)} · ${label}`;
  const [first = "", ...others] = wrap(`${name}: ${sizes}`, width);
  return [
    "",
    first.startsWith(name) ? `${style.bold(name)}${first.slice(name.length)}` : first,
    ...others,
    ...anatomyLines(anatomy, { style, width, leastShare: LEAST_SHARE, rests: "of each" }),
    ...hintLines(hintsOf(operation, anatomy), { style, width }),
  ];
}
