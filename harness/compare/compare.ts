import { COMPARE_RULES, COMPARE_VERSION, type CompareReport, turnName } from "../core/compare-report.ts";
import { comparedOf, differences } from "../gate/comparable.ts";
import { deflatedBy } from "../gate/exact-entries.ts";
import { EXACT_UP_TO, exactP } from "../gate/mann-whitney.ts";
import { machineOf } from "../gate/noisy-entries.ts";
import { areInTurn } from "../gate/turns.ts";
import { compareFigures } from "./figures.ts";
import type { Variant } from "./variant.ts";

/** At least two variants. */
export type Variants = readonly [Variant, Variant, ...Variant[]];

/**
 * Compares variants of one scenario.
 *
 * @param order how the runs were made, where `bench compare` made them
 */
export function compareVariants(variants: Variants, order?: CompareReport["order"]): CompareReport {
  const [{ samples }] = variants;
  const { scenario, seed, environment, configuration } = samples[0].run;
  const { target: _, modes: __, steps: ___, ...settings } = configuration;
  const whyNot = isOneMachine(variants) ? null : "measured on different machines";
  const figures = compareFigures(variants, whyNot);
  const made = {
    variants: variants.map((variant) => ({
      name: variant.name,
      runs: variant.samples.length,
      startedAt: variant.samples.map(({ run }) => run.startedAt),
    })),
    ...(order === undefined ? {} : { order }),
  };
  return {
    compareVersion: COMPARE_VERSION,
    scenario,
    seed,
    environment,
    configuration: settings,
    ...made,
    figures,
    notes: [
      ...leftOutNotes(made),
      ...crossedNotes(variants),
      ...notesOn(variants, whyNot),
      ...powerNotes(made, figures),
    ],
  };
}

const isOneMachine = (variants: Variants): boolean =>
  new Set(variants.flatMap(({ samples }) => samples.map(({ run }) => JSON.stringify(machineOf(run))))).size <=
  1;

function leftOutNotes({ variants, order }: Pick<CompareReport, "variants" | "order">): string[] {
  const places = (order?.leftOut ?? []).flatMap((at) => order?.turns[at] ?? []);
  return [...new Set(places)].map((place) => {
    const many = places.filter((other) => other === place).length;
    const what = many === 1 ? "1 run" : `${many} runs`;
    return `${what} of ${turnName({ variants, ...(order === undefined ? {} : { order }) }, place)} ${many === 1 ? "was" : "were"} void again and again, and left out: the machine did something else meanwhile, or the load is too much for it.`;
  });
}

/** What was not as it should be in runs that are compared all the same. */
function crossedNotes(variants: Variants): string[] {
  return variants.flatMap(({ name, samples }) => {
    const failed = samples.filter(({ run }) => run.verdict === "failed");
    const crossed = failed.flatMap(({ run, mode }) =>
      run.thresholds
        .filter((one) => !one.passed && one.level === "error" && (one.mode ?? mode) === mode)
        .map((one) => `${one.name} ${one.expression}`),
    );
    if (crossed.length === 0) return [];
    return [
      `${failed.length} of ${samples.length} runs of ${name} crossed a threshold: ${[...new Set(crossed)].join("; ")}`,
    ];
  });
}

/** Whether so many repeats can show anything at all among so many comparisons: p cannot be below what the most extreme order has. */
function powerNotes(
  { variants }: Pick<CompareReport, "variants">,
  figures: CompareReport["figures"],
): string[] {
  const tests = figures.flatMap(({ contrasts }) => contrasts.filter(({ p }) => p !== null)).length;
  const fewest = Math.min(...variants.map(({ runs }) => runs));
  const canShow = (repeats: number) => exactP(0, repeats, repeats) * tests < COMPARE_RULES.alpha;
  if (tests === 0 || fewest > EXACT_UP_TO || canShow(fewest)) return [];
  let takes = fewest + 1;
  while (!canShow(takes)) takes += 1;
  return [
    `${fewest} repeats cannot show any difference among ${tests} comparisons of what is noisy, however large it is: it takes ${takes} of each.`,
  ];
}

function notesOn(variants: Variants, whyNot: string | null): string[] {
  const [first, ...others] = variants;
  const apart = others.filter((other) => !areInTurn(startsOf(first), startsOf(other)));
  const fewest = Math.min(...variants.map(({ samples }) => samples.length));
  const zlibs = new Set(
    variants.flatMap(({ samples }) => samples.map(({ run }) => JSON.stringify(deflatedBy(run)))),
  );
  return [
    ...others.flatMap(({ name, samples: [{ run }] }) => {
      const differing = differences(comparedOf(first.samples[0].run), comparedOf(run));
      return differing.length === 0 ? [] : [`${first.name} and ${name}: ${differing.join("; ")}`];
    }),
    ...(whyNot === null ? [] : ["They were measured on different machines: only what is exact is compared."]),
    ...(apart.length === 0
      ? []
      : [
          `${apart.map(({ name }) => name).join(", ")} and ${first.name} were not measured in turn: what changed in the machine in between counts as a difference.`,
        ]),
    ...(zlibs.size <= 1 ? [] : ["They were deflated by different versions of zlib or Node."]),
    ...(fewest >= 4
      ? []
      : [
          `${fewest === 1 ? "One repeat" : `${fewest} repeats`} of a variant: what is noisy is told without an interval, and no winner is named. That takes 4 repeats of each, and 9 where many figures are compared.`,
        ]),
  ];
}

const startsOf = ({ samples }: Variant): string[] => samples.map(({ run }) => run.startedAt);
