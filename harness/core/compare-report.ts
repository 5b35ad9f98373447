import { z } from "zod";
import { NOISY_READINGS } from "./baseline.ts";
import { UsageError } from "./errors.ts";
import { UNITS } from "./metric.ts";
import { configurationSchema, environmentSchema } from "./run-result.ts";
import { schemaProblems } from "./schema-problems.ts";

/** The version of {@link compareReportSchema}. Goes up when an older reader would misread a newer file, or cannot read it. */
export const COMPARE_VERSION = 1;

const natural = z.int().nonnegative();

/**
 * What is read of a metric where variants are compared: of sizes their mean, or of a case the most frequent one (`common`); of
 * others what a baseline reads, or how many there are each second (`rate`).
 */
export const COMPARED_READINGS = ["mean", "common", "rate", ...NOISY_READINGS] as const;

/** One of {@link COMPARED_READINGS}. */
export type ComparedReading = (typeof COMPARED_READINGS)[number];

/** One variant's figure: the median of its repeats, in the unit of the figure; null where none has it. */
export const estimateSchema = z.object({
  value: z.number().nullable(),
  /** Of how many repeats, and the least and the most of them. */
  repeats: natural,
  least: z.number().nullable(),
  most: z.number().nullable(),
});

/** See {@link estimateSchema}. */
export type Estimate = z.infer<typeof estimateSchema>;

/**
 * Two variants, by their places: `second` in terms of `first`. As a `ratio`, second / first, or where a value is not above 0 as
 * a `difference`, second - first. `low` and `high` are the 95 % confidence interval of the estimate, null where there is none.
 */
export const contrastSchema = z.object({
  first: natural,
  second: natural,
  scale: z.enum(["ratio", "difference"]),
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** By Mann and Whitney, two-sided, and by Holm for all pairs of the report. Null where it was not tested. */
  p: z.number().nullable(),
  adjustedP: z.number().nullable(),
});

/** See {@link contrastSchema}. */
export type Contrast = z.infer<typeof contrastSchema>;

/**
 * What came of a figure:
 *
 * - `best`: one variant is better than every other
 * - `shared`: a few are, and between these no difference was shown
 * - `same`: it is exact, and the same in all
 * - `undecided`: tested, and no difference to the variant with the best estimate was shown
 * - `untested`: there is not enough to test it by
 */
export const COMPARE_OUTCOMES = ["best", "shared", "same", "undecided", "untested"] as const;

/** One figure of all variants. */
export const comparedFigureSchema = z.object({
  /** As in the result: `payload.insert.bytes`. */
  metric: z.string().min(1),
  operation: z.string().exactOptional(),
  /** What a case of the operation is called. */
  title: z.string().exactOptional(),
  reading: z.enum(COMPARED_READINGS),
  unit: z.enum(UNITS),
  better: z.enum(["lower", "higher"]),
  /** Whether all repeats of a variant have one and the same value: then nothing is tested. */
  exact: z.boolean(),
  outcome: z.enum(COMPARE_OUTCOMES),
  /** Why it is untested; empty otherwise. */
  why: z.string(),
  /** The places of the variants that none was shown to be better than. Empty where it is untested. */
  best: z.array(natural),
  /** Of one that is best alone the place of the next best one. */
  next: natural.exactOptional(),
  /** In the order of the variants. */
  estimates: z.array(estimateSchema),
  /** Every pair of which both have the figure, `first` before `second`. */
  contrasts: z.array(contrastSchema),
});

/** See {@link comparedFigureSchema}. */
export type ComparedFigure = z.infer<typeof comparedFigureSchema>;

/** What is compared: a mode, a target, a value of a parameter, or files. */
export const comparedVariantSchema = z.object({
  name: z.string().min(1),
  runs: z.int().positive(),
  /** ISO 8601, UTC: when each of them began. */
  startedAt: z.array(z.iso.datetime()),
});

/** Variants of one scenario beside each other: what `bench compare` writes, and what its reports are rendered from. */
export const compareReportSchema = z.object({
  compareVersion: z.literal(COMPARE_VERSION),
  scenario: z.string().min(1),
  /** What was run, and on what, of the first run; notes say where others differ. */
  seed: natural,
  environment: environmentSchema,
  configuration: configurationSchema.omit({ target: true, modes: true, steps: true }),
  variants: z.array(comparedVariantSchema).min(2),
  /**
   * Where `bench compare` made the runs: what their order was drawn from, and the order, by places of what was run, which are those
   * of the variants unless each run had several modes; and the places in the order of runs that were void again and again.
   */
  order: z
    .object({ seed: natural, turns: z.array(natural), leftOut: z.array(natural).exactOptional() })
    .exactOptional(),
  figures: z.array(comparedFigureSchema),
  /** What one has to know of it, a sentence each. */
  notes: z.array(z.string()),
});

/** See {@link compareReportSchema}. */
export type CompareReport = z.infer<typeof compareReportSchema>;

/** What was run at a place of the order is called: by the variant, unless each run had several of them. */
export function turnName(
  { variants, order }: Pick<CompareReport, "variants" | "order">,
  place: number,
): string {
  const settings = new Set(order?.turns).size;
  return (settings === variants.length ? variants[place]?.name : undefined) ?? `target ${place + 1}`;
}

/** The report as text, with a line feed at the end. @throws ZodError where it is none, which is a defect of this program */
export function serializeCompareReport(report: CompareReport): string {
  return `${JSON.stringify(compareReportSchema.parse(report), undefined, 2)}\n`;
}

/**
 * Reads what {@link serializeCompareReport} wrote.
 *
 * @param path where it was read from, for the error
 * @throws UsageError `not-a-comparison`, one line
 */
export function parseCompareReport(json: string, path: string): CompareReport {
  const refuse = (why: string, cause: unknown) =>
    new UsageError(`${path} is not a comparison: ${why}. Make it anew by \`bench compare\`.`, {
      code: "not-a-comparison",
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw refuse("it is not JSON", error);
  }
  const parsed = compareReportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refuse(schemaProblems(parsed.error).join("; "), parsed.error);
}

/** How sure intervals are, and which p is taken for a difference. */
export const COMPARE_RULES = { confidence: 0.95, alpha: 0.05 } as const;
